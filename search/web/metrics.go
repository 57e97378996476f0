package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// meters count what the server does. Labels are routes, never addresses: their number is fixed.
type meters struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	inFlight prometheus.Gauge
	swaps    prometheus.Counter
}

func newMeters(fresh Freshness) *meters {
	m := &meters{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "rapporteur_http_requests_total",
			Help: "Requests answered.",
		}, []string{"route", "method", "code"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "rapporteur_http_request_seconds",
			Help:    "Time to answer a request.",
			Buckets: []float64{.001, .0025, .005, .01, .02, .03, .05, .1, .25, 1, 5},
		}, []string{"route"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "rapporteur_http_requests_in_flight",
			Help: "Requests being answered.",
		}),
		swaps: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "rapporteur_generation_swaps_total",
			Help: "Times the server moved to a new generation.",
		}),
	}
	m.registry.MustRegister(m.requests, m.seconds, m.inFlight, m.swaps,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if fresh != nil {
		m.registry.MustRegister(
			prometheus.NewGaugeFunc(prometheus.GaugeOpts{
				Name: "rapporteur_generation_published_timestamp_seconds",
				Help: "When what is served was published; 0 as long as the store was not reached.",
			}, func() float64 { return unix(fresh().Published) }),
			prometheus.NewGaugeFunc(prometheus.GaugeOpts{
				Name: "rapporteur_store_checked_timestamp_seconds",
				Help: "When the server last was at what the store says.",
			}, func() float64 { return unix(fresh().Checked) }),
			prometheus.NewCounterFunc(prometheus.CounterOpts{
				Name: "rapporteur_store_failures_total",
				Help: "Looks at the store that failed.",
			}, func() float64 { return float64(fresh().Failures) }))
	}
	return m
}

// unix is a time in seconds since 1970; 0 if there is none.
func unix(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.Unix())
}

func (m *meters) observe(route, method string, code int, took time.Duration) {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
	default:
		method = "other" // the caller's own words are no label
	}
	m.requests.WithLabelValues(route, method, strconv.Itoa(code)).Inc()
	m.seconds.WithLabelValues(route).Observe(took.Seconds())
}

func (m *meters) handler() http.Handler {
	export := promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		export.ServeHTTP(w, r)
	})
}
