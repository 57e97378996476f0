package graph

import (
	"rapporteur/ingest"
)

// Reader answers questions on a snapshot. It is safe for parallel use until it is closed. The file must not be cut
// short while it is open (generations never are; deleting it does no harm).
type Reader struct{ *snapshot }

// Open maps the snapshot in dir and checks it against its sums: ErrDamaged if it is not as it was written, or was
// written by another version of rapporteur.
func Open(dir string) (*Reader, error) {
	s, err := openSnapshot(dir)
	if err != nil {
		return nil, err
	}
	return &Reader{s}, nil
}

// Close frees the mapping. No question may be under way.
func (r *Reader) Close() error { return r.snapshot.close() }

// Size returns how many values and quads the snapshot has.
func (r *Reader) Size() (values, quads int) { return r.dict.n, r.n }

func (r *Reader) iri(id uint32) ingest.IRI { return ingest.IRI(r.text(id)) }
