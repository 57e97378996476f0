package publish_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapporteur/ingest/storetest"
	"rapporteur/search/publish"
)

// A publisher that is cut off from all nodes says so, and readers go on with what they have.
func TestStoreAway(t *testing.T) {
	cluster := storetest.Start(t, 1, "")
	where := "nats://" + cluster.Hosts() + "/away"
	one, first := edition(t, 1, "")
	s, reader := open(t, where), filepath.Join(t.TempDir(), "data")
	mustPublish(t, s, one)
	f := follow(s, reader)
	if _, err := f.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	cluster.Kill(0)
	short, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, err := publish.Publish(short, s, one, publish.Options{Anew: true})
	if err == nil || !strings.Contains(err.Error(), "NATS cannot be reached") {
		t.Errorf("publishing without a store: %v", err)
	}
	if _, err := f.Step(short); err == nil || currentID(t, reader) != first.ID {
		t.Errorf("following without a store: %v", err)
	}
	cluster.Restart(0)
	if _, err := f.Step(t.Context()); err != nil {
		t.Errorf("the store is back: %v", err)
	}
}

// A store that is full refuses, and what is published stays.
func TestStoreFull(t *testing.T) {
	cluster := storetest.Start(t, 1, "")
	where := "nats://" + cluster.Hosts() + "/small"
	one, first := edition(t, 1, "")
	two, _ := edition(t, 2, "")
	s, reader := open(t, where), t.TempDir()
	mustPublish(t, s, one)
	storetest.Bound(t, cluster, "OBJ_rapporteur-small", 64<<10)
	began := time.Now()
	_, err := publish.Publish(t.Context(), s, two, publish.Options{Anew: true})
	if err == nil || !strings.Contains(err.Error(), "maximum bytes exceeded") {
		t.Errorf("a full store: %v", err)
	}
	if time.Since(began) > 20*time.Second {
		t.Errorf("it took %v to say that the store is full", time.Since(began))
	}
	if _, err := follow(s, reader).Step(t.Context()); err != nil || currentID(t, reader) != first.ID {
		t.Errorf("what is published cannot be read any more: %v", err)
	}
}
