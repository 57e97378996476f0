package pipeline

import (
	"context"
	"encoding/json"
	"fmt"

	"rapporteur/ingest"
	"rapporteur/ingest/extract"
)

// Others draft pages on other machines, each as this program does.
type Others interface {
	// Free can be received from when there is room for one more page: whoever has received must call Do.
	Free() <-chan struct{}
	// Do returns what Drafter.Draft makes of the JSON of a page, or nil if the page is to be drafted here.
	Do(ctx context.Context, page []byte) []byte
}

// mostAbroad is how many pages may be with others at the same time.
const mostAbroad = 256

// Drafter drafts pages that other machines give out. It is safe for parallel use.
type Drafter struct{ drafting drafting }

// NewDrafter loads the models.
func NewDrafter() (*Drafter, error) {
	extractor, err := extract.New()
	if err != nil {
		return nil, fmt.Errorf("prepare extraction: %w", err)
	}
	return &Drafter{drafting{make: extractor.Draft}}, nil
}

// Draft makes of the JSON of a page the JSON of its draft, without the page.
func (d *Drafter) Draft(text []byte) ([]byte, error) {
	page := new(ingest.Page)
	if err := json.Unmarshal(text, page); err != nil {
		return nil, fmt.Errorf("it is no page: %w", err)
	}
	r, err := d.drafting.here(page)
	if err != nil {
		return nil, err
	}
	return draftJSON(r)
}

// drafting makes drafts, here or on other machines.
type drafting struct {
	make   func(*ingest.Page) *ingest.Record
	others Others        // may be nil
	places chan struct{} // where there are others: holds one for each page that is being drafted here
}

// drafting is how pages are drafted, and how many are asked for at a time.
func (o Options) drafting(extractor *extract.Extractor) (*drafting, Options) {
	d := &drafting{make: extractor.Draft, others: o.Others}
	if o.Others != nil {
		d.places = make(chan struct{}, o.Workers)
		o.Workers += mostAbroad
	}
	return d, o
}

// draft returns the draft of a page, and its JSON. Text is that of the page.
func (d *drafting) draft(ctx context.Context, page *ingest.Page, text []byte) (r *ingest.Record, data []byte, err error) {
	if d.others != nil {
		select {
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		case <-d.others.Free():
			data := d.others.Do(ctx, text)
			if r := readDraft(data, page); r != nil {
				return r, data, nil
			}
			select {
			case <-ctx.Done():
				return nil, nil, ctx.Err()
			case d.places <- struct{}{}:
			}
		case d.places <- struct{}{}:
		}
		defer func() { <-d.places }()
	}
	if r, err = d.here(page); err != nil {
		return nil, nil, err
	}
	data, err = draftJSON(r)
	return r, data, err
}

// draftFault says that a page could not be drafted because of a fault of the program.
type draftFault struct{ cause any }

func (f *draftFault) Error() string { return fmt.Sprint(f.cause) }

// here drafts a page on this machine. The error is a *draftFault.
func (d *drafting) here(page *ingest.Page) (r *ingest.Record, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			r, err = nil, &draftFault{cause}
		}
	}()
	return d.make(page), nil
}

// draftJSON is a draft as it is kept: without its page, which is read anew.
func draftJSON(r *ingest.Record) ([]byte, error) {
	bare := *r
	bare.Page = &ingest.Page{Genre: r.Genre}
	data, err := json.Marshal(bare)
	if err != nil {
		return nil, fmt.Errorf("keep the draft of %s: %w", r.Path, err)
	}
	return data, nil
}

// readDraft is the draft of a page that its JSON says, nil if that cannot be read.
func readDraft(data []byte, page *ingest.Page) *ingest.Record {
	r := new(ingest.Record)
	if err := json.Unmarshal(data, r); err != nil || r.Page == nil {
		return nil
	}
	page.Genre = r.Genre
	r.Page = page
	return r
}
