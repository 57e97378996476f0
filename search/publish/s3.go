package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"rapporteur/ingest/nodes"
)

// bucket is a store below a prefix of an S3 bucket, which has to be there. Objects are small, so that each is put by one
// request; the pointer is put on the condition that it still has the ETag that was read.
type bucket struct {
	client *minio.Client
	name   string
	prefix string // "" or ending in "/"
}

// openS3 opens s3://BUCKET/PREFIX?endpoint=http://HOST:PORT&region=REGION. Keys are read where Amazon's own programs read them.
func openS3(where string) (Store, error) {
	u, err := url.Parse(where)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", nodes.Redacted(where), err)
	}
	options := u.Query()
	for key := range options {
		if key != "endpoint" && key != "region" {
			return nil, fmt.Errorf("%s: there is no option %q; there are endpoint and region", nodes.Redacted(where), key)
		}
	}
	if u.Host == "" || u.User != nil {
		return nil, fmt.Errorf("%s: write s3://BUCKET/PREFIX, and the keys into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
			nodes.Redacted(where))
	}
	endpoint := &url.URL{Scheme: "https", Host: "s3.amazonaws.com"}
	given := options.Get("endpoint")
	if given == "" {
		given = os.Getenv("AWS_ENDPOINT_URL")
	}
	if given != "" {
		if endpoint, err = url.Parse(given); err != nil || endpoint.Host == "" || endpoint.Scheme != "http" && endpoint.Scheme != "https" {
			return nil, fmt.Errorf("endpoint %q: write http://HOST:PORT or https://HOST", given)
		}
	}
	keys := credentials.NewChainCredentials([]credentials.Provider{&credentials.EnvAWS{}, &credentials.FileAWSCredentials{}})
	client, err := minio.New(endpoint.Host, &minio.Options{
		Creds: keys, Secure: endpoint.Scheme == "https", Region: options.Get("region"), MaxRetries: 4,
	})
	if err != nil {
		return nil, err
	}
	b := &bucket{client: client, name: u.Host, prefix: strings.Trim(u.Path, "/")}
	if b.prefix != "" {
		b.prefix += "/"
	}
	return b, nil
}

func (b *bucket) object(name string) string { return b.prefix + "objects/" + name }
func (b *bucket) pointer() string           { return b.prefix + pointerFile }

func (b *bucket) Close() error { return nil }

// code is what S3 calls an error.
func code(err error) string { return minio.ToErrorResponse(err).Code }

// do does something, again where that may help.
func (b *bucket) do(ctx context.Context, do func(ctx context.Context) error) error {
	// The client itself asks again after what may pass; here it is the limit of time that counts.
	err := persist(ctx, func(err error) bool { return errors.Is(err, context.DeadlineExceeded) }, do)
	if code(err) == "NoSuchBucket" {
		return fmt.Errorf("there is no bucket %q: make it first: %w", b.name, err)
	}
	return err
}

func (b *bucket) put(ctx context.Context, key string, data []byte, options minio.PutObjectOptions) error {
	options.ContentType, options.DisableMultipart = "application/octet-stream", true
	_, err := b.client.PutObject(ctx, b.name, key, bytes.NewReader(data), int64(len(data)), options)
	return err
}

func (b *bucket) get(ctx context.Context, key string) (data []byte, etag string, err error) {
	err = b.do(ctx, func(ctx context.Context) error {
		o, err := b.client.GetObject(ctx, b.name, key, minio.GetObjectOptions{})
		if err != nil {
			return err
		}
		defer o.Close()
		if data, err = io.ReadAll(io.LimitReader(o, maxListing)); err != nil {
			if code(err) == "NoSuchKey" {
				return fs.ErrNotExist
			}
			return err
		}
		info, err := o.Stat()
		etag = info.ETag
		return err
	})
	return data, etag, err
}

func (b *bucket) Put(ctx context.Context, name string, data []byte) error {
	return b.do(ctx, func(ctx context.Context) error {
		return b.put(ctx, b.object(name), data, minio.PutObjectOptions{})
	})
}

func (b *bucket) Get(ctx context.Context, name string) ([]byte, error) {
	data, _, err := b.get(ctx, b.object(name))
	return data, err
}

func (b *bucket) List(ctx context.Context) (names []string, err error) {
	prefix := b.object("")
	for o := range b.client.ListObjects(ctx, b.name, minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
		if o.Err != nil {
			return nil, o.Err
		}
		names = append(names, strings.TrimPrefix(o.Key, prefix))
	}
	return names, nil
}

func (b *bucket) Delete(ctx context.Context, name string) error {
	return b.do(ctx, func(ctx context.Context) error {
		err := b.client.RemoveObject(ctx, b.name, b.object(name), minio.RemoveObjectOptions{})
		if code(err) == "NoSuchKey" {
			return nil
		}
		return err
	})
}

func (b *bucket) Pointer(ctx context.Context) (data []byte, revision string, err error) {
	data, etag, err := b.get(ctx, b.pointer())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", nil
	}
	return data, etag, err
}

func (b *bucket) Swap(ctx context.Context, data []byte, revision string) error {
	var options minio.PutObjectOptions
	if revision == "" {
		options.SetMatchETagExcept("*")
	} else {
		options.SetMatchETag(revision)
	}
	err := b.put(ctx, b.pointer(), data, options)
	switch code(err) {
	case "PreconditionFailed", "ConditionalRequestConflict":
		// The client may have asked again after an answer that was lost.
		if now, _, getErr := b.Pointer(ctx); getErr == nil && bytes.Equal(now, data) {
			return nil
		}
		return ErrConflict
	}
	return err
}

// s3Sites names the sites below a prefix.
func s3Sites(ctx context.Context, where string) (names []string, err error) {
	s, err := openS3(where)
	if err != nil {
		return nil, err
	}
	b := s.(*bucket)
	for o := range b.client.ListObjects(ctx, b.name, minio.ListObjectsOptions{Prefix: b.prefix}) {
		if o.Err != nil {
			return nil, o.Err
		}
		name, isFolder := strings.CutSuffix(strings.TrimPrefix(o.Key, b.prefix), "/")
		if !isFolder || !nodes.GoodName.MatchString(name) {
			continue
		}
		site := *b
		site.prefix += name + "/"
		if _, revision, err := site.Pointer(ctx); err == nil && revision != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}
