package main

import (
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows how far a long command is, on standard error, and only where a person watches.
type progress struct {
	a     *app
	mu    sync.Mutex
	stage string
	bar   *progressbar.ProgressBar
}

// report may be called from several goroutines. A total of 0 is not known yet.
func (p *progress) report(stage string, done, total int) {
	if !p.a.errTerm.live {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if stage != p.stage {
		p.clear()
		p.stage = stage
		p.bar = progressbar.NewOptions(max(total, 1),
			progressbar.OptionSetWriter(p.a.err),
			progressbar.OptionSetDescription(stage),
			progressbar.OptionSetWidth(min(30, p.a.errTerm.width/3)),
			progressbar.OptionShowCount(),
			progressbar.OptionThrottle(80*time.Millisecond),
			progressbar.OptionClearOnFinish(),
		)
	}
	p.bar.ChangeMax(max(total, 1))
	p.bar.Set(done) // an error here is one of drawing, which costs nothing
}

// done clears the line.
func (p *progress) done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
}

func (p *progress) clear() {
	if p.bar != nil {
		p.bar.Clear()
		p.bar, p.stage = nil, ""
	}
}
