package publish

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"rapporteur/ingest/nodes"
)

// jetStream is a store in NATS: objects in an object store, the pointer in a key-value bucket, both named after the site. The
// publisher makes them, with as many replicas as it is told to.
type jetStream struct {
	site     string
	replicas int // 0 if nothing is said
	conn     *nats.Conn
	js       jetstream.JetStream

	mu      sync.Mutex // guards the rest, which is nil until it was reached
	objects jetstream.ObjectStore
	pointer jetstream.KeyValue
}

const (
	bucketPrefix = "rapporteur-"
	pointerKey   = "pointer"
	partPrefix   = "part:" // begins what List calls the parts of objects that were never finished
)

func openNATS(where string) (Store, error) {
	a, err := nodes.Parse(where)
	if err != nil {
		return nil, err
	}
	if a.Name == "" {
		return nil, fmt.Errorf("%s names no site: write nats://HOST/NAME", nodes.Redacted(where))
	}
	conn, js, err := a.Connect()
	if err != nil {
		return nil, err
	}
	return &jetStream{site: a.Name, replicas: a.Replicas, conn: conn, js: js}, nil
}

func (s *jetStream) Close() error {
	s.conn.Close()
	return nil
}

// do does something with the buckets, again where that may help. If none are there, they are made, or there is ErrNothing.
func (s *jetStream) do(ctx context.Context, create bool, do func(ctx context.Context) error) error {
	began := time.Now()
	passes := func(err error) bool {
		return nodes.Passing(err) && (s.conn.IsConnected() || time.Since(began) < unreached)
	}
	err := persist(ctx, passes, func(ctx context.Context) error {
		if err := s.reach(ctx, create); err != nil {
			return err
		}
		return do(ctx)
	})
	if !s.conn.IsConnected() && err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("NATS cannot be reached: %w", errors.Join(s.conn.LastError(), err))
	}
	return err
}

func (s *jetStream) reach(ctx context.Context, create bool) (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.objects != nil && s.pointer != nil {
		return nil
	}
	bucket := bucketPrefix + s.site
	s.objects, err = s.js.ObjectStore(ctx, bucket)
	if err == nil {
		s.pointer, err = s.js.KeyValue(ctx, bucket)
	}
	switch {
	case err == nil && (s.replicas == 0 || !create):
		return nil
	case err != nil && !errors.Is(err, jetstream.ErrBucketNotFound):
		return err
	case !create:
		return ErrNothing
	}
	what := "generations of " + s.site + " that rapporteur publishes"
	s.objects, err = s.js.CreateOrUpdateObjectStore(ctx, jetstream.ObjectStoreConfig{Bucket: bucket, Description: what, Replicas: s.replicas})
	if err != nil {
		return fmt.Errorf("make the bucket %s: %w", bucket, err)
	}
	s.pointer, err = s.js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: bucket, Description: what, Replicas: s.replicas})
	if err != nil {
		return fmt.Errorf("make the bucket %s: %w", bucket, err)
	}
	return nil
}

func (s *jetStream) Put(ctx context.Context, name string, data []byte) error {
	return s.do(ctx, true, func(ctx context.Context) error {
		_, err := s.objects.Put(ctx, jetstream.ObjectMeta{Name: name}, bytes.NewReader(data))
		return err
	})
}

func (s *jetStream) Get(ctx context.Context, name string) (data []byte, err error) {
	err = s.do(ctx, false, func(ctx context.Context) error {
		data, err = s.objects.GetBytes(ctx, name)
		if errors.Is(err, jetstream.ErrObjectNotFound) {
			return fs.ErrNotExist
		}
		return err
	})
	if errors.Is(err, jetstream.ErrDigestMismatch) {
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return data, err
}

// List names the objects, and the parts that no object has: a publisher that was killed leaves them.
func (s *jetStream) List(ctx context.Context) (names []string, err error) {
	err = s.do(ctx, true, func(ctx context.Context) error {
		names = nil
		known := map[string]bool{}
		infos, err := s.objects.List(ctx, jetstream.ListObjectsShowDeleted())
		if err != nil && !errors.Is(err, jetstream.ErrNoObjectsFound) {
			return err
		}
		for _, o := range infos {
			known[o.NUID] = true
			names = append(names, o.Name)
		}
		stream, err := s.js.Stream(ctx, "OBJ_"+bucketPrefix+s.site)
		if err != nil {
			return err
		}
		info, err := stream.Info(ctx, jetstream.WithSubjectFilter(s.subject("C", ">")))
		if err != nil {
			return err
		}
		for subject := range info.State.Subjects {
			if part := subject[strings.LastIndexByte(subject, '.')+1:]; !known[part] {
				names = append(names, partPrefix+part)
			}
		}
		slices.Sort(names)
		return nil
	})
	return names, err
}

// subject is that of the messages of parts (C) or of what is said of objects (M).
func (s *jetStream) subject(what, of string) string {
	return "$O." + bucketPrefix + s.site + "." + what + "." + of
}

// Delete takes an object away, and the mark too that NATS keeps in its place.
func (s *jetStream) Delete(ctx context.Context, name string) error {
	return s.do(ctx, true, func(ctx context.Context) error {
		subject := s.subject("M", base64.URLEncoding.EncodeToString([]byte(name)))
		if part, ok := strings.CutPrefix(name, partPrefix); ok {
			subject = s.subject("C", part)
		} else if err := s.objects.Delete(ctx, name); err != nil && !errors.Is(err, jetstream.ErrObjectNotFound) {
			return err
		}
		stream, err := s.js.Stream(ctx, "OBJ_"+bucketPrefix+s.site)
		if err != nil {
			return err
		}
		return stream.Purge(ctx, jetstream.WithPurgeSubject(subject))
	})
}

func (s *jetStream) Pointer(ctx context.Context) (data []byte, revision string, err error) {
	err = s.do(ctx, false, func(ctx context.Context) error {
		entry, err := s.pointer.Get(ctx, pointerKey)
		if err != nil {
			return err
		}
		data, revision = entry.Value(), strconv.FormatUint(entry.Revision(), 10)
		return nil
	})
	if errors.Is(err, jetstream.ErrKeyNotFound) || errors.Is(err, ErrNothing) {
		return nil, "", nil
	}
	return data, revision, err
}

func (s *jetStream) Swap(ctx context.Context, data []byte, revision string) error {
	last := uint64(0)
	if revision != "" {
		var err error
		if last, err = strconv.ParseUint(revision, 10, 64); err != nil {
			return err
		}
	}
	lost := false // the answer to an attempt before
	return s.do(ctx, true, func(ctx context.Context) error {
		_, err := s.pointer.Update(ctx, pointerKey, data, last)
		if errors.Is(err, jetstream.ErrKeyRevisionMismatch) { // replicated streams have a code of their own for it
			if lost { // was it this one that moved it?
				if now, getErr := s.pointer.Get(ctx, pointerKey); getErr == nil && bytes.Equal(now.Value(), data) {
					return nil
				}
			}
			return ErrConflict
		}
		lost = lost || err != nil
		return err
	})
}

// natsSites names the sites of a cluster.
func natsSites(ctx context.Context, where string) (names []string, err error) {
	a, err := nodes.Parse(where)
	if err != nil {
		return nil, err
	}
	if a.Name != "" {
		return nil, fmt.Errorf("%s names one site: write it without the name", nodes.Redacted(where))
	}
	conn, js, err := a.Connect()
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	err = persist(ctx, nodes.Passing, func(ctx context.Context) error {
		names = nil
		lister := js.KeyValueStoreNames(ctx)
		for bucket := range lister.Name() {
			if site, ok := strings.CutPrefix(bucket, bucketPrefix); ok {
				names = append(names, site)
			}
		}
		return lister.Error()
	})
	slices.Sort(names)
	return names, err
}
