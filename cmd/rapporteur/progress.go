package main

import (
	"fmt"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows how far a long command is, on standard error, where a person watches, and with --verbose how long each
// stage took.
type progress struct {
	a     *app
	mu    sync.Mutex
	stage string
	began time.Time // the stage
	bar   *progressbar.ProgressBar
}

// report may be called from several goroutines. A total of 0 is not known yet.
func (p *progress) report(stage string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if stage != p.stage {
		p.told()
		p.stage, p.began = stage, time.Now()
		if !p.a.errTerm.live {
			return
		}
		if total <= 1 { // how far it is cannot be told: it turns for as long as it takes
			p.bar = progressbar.NewOptions(-1,
				progressbar.OptionSetWriter(p.a.bar),
				progressbar.OptionSetDescription(stage),
				progressbar.OptionSpinnerType(14),
				progressbar.OptionSetSpinnerChangeInterval(0), // it would turn on when it is done
				progressbar.OptionSetElapsedTime(true),
				progressbar.OptionClearOnFinish(),
			)
			go p.turn(p.bar)
			return
		}
		p.bar = progressbar.NewOptions(total,
			progressbar.OptionSetWriter(p.a.bar),
			progressbar.OptionSetDescription(stage),
			progressbar.OptionSetWidth(min(30, p.a.errTerm.width/3)),
			progressbar.OptionShowCount(),
			progressbar.OptionThrottle(80*time.Millisecond),
			progressbar.OptionClearOnFinish(),
		)
	}
	if p.bar == nil || total <= 1 {
		return
	}
	p.bar.ChangeMax(total)
	p.bar.Set(done) // an error here is one of drawing, which costs nothing
}

// turnEvery is how often a bar moves that cannot tell how far it is.
const turnEvery = 150 * time.Millisecond

// turn moves a bar until another takes its place, or none.
func (p *progress) turn(bar *progressbar.ProgressBar) {
	for {
		time.Sleep(turnEvery)
		p.mu.Lock()
		if p.bar != bar {
			p.mu.Unlock()
			return
		}
		bar.Add(1) // an error here is one of drawing, which costs nothing
		p.mu.Unlock()
	}
}

// done clears the line, and tells of the last stage.
func (p *progress) done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.told()
	p.stage = ""
}

// told ends a stage: it clears the line, and with --verbose says how long the stage took.
func (p *progress) told() {
	if p.bar != nil {
		p.bar.Clear()
		p.bar = nil
	}
	if p.a.verbose && p.stage != "" {
		fmt.Fprintf(p.a.err, "%-16s %7.2f s\n", p.stage, time.Since(p.began).Seconds())
	}
}
