package publish

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/restic/chunker"
)

// Where files are cut: between 4 and 128 kB, at 16 kB on average, where a rolling Rabin hash of the last 64 bytes says so. All
// publishers must cut alike, or they find nothing of each other's.
const (
	minChunk    = 4 << 10
	maxChunk    = 128 << 10
	averageBits = 14
	polynomial  = chunker.Pol(0x3DA3358B4DC173) // irreducible, of degree 53
	maxListing  = 256 << 20
)

// Compression is at its default level: the same bytes give the same object, whose name does not depend on it.
var (
	encoder, _ = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	decoder, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxListing))
)

func pack(data []byte) []byte { return encoder.EncodeAll(data, nil) }

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// hashIn is the hash in an object's name.
func hashIn(name string) string {
	hash, _, _ := strings.Cut(name, "-")
	return hash
}

// cutFile gives the chunks of a file in their order; data is good until visit returns.
func cutFile(name string, visit func(data []byte) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	c := chunker.NewWithBoundaries(f, polynomial, minChunk, maxChunk)
	c.SetAverageBits(averageBits)
	buffer := make([]byte, 0, maxChunk)
	for {
		chunk, err := c.Next(buffer[:0])
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		if err := visit(chunk.Data); err != nil {
			return err
		}
	}
}

// getObject gets the plain bytes of an object, at most so many, and holds them against its name. dictionary is what it was packed with,
// nil if with nothing.
func getObject(ctx context.Context, s Store, name string, most int, dictionary []byte) ([]byte, error) {
	packed, err := s.Get(ctx, name)
	if err != nil {
		return nil, err
	}
	var data []byte
	if dictionary == nil {
		data, err = decoder.DecodeAll(packed, nil)
	} else {
		data, err = unpackWith(packed, dictionary)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if len(data) > most {
		return nil, fmt.Errorf("%w: it has %d bytes", ErrDamaged, len(data))
	}
	if hashOf(data) != hashIn(name) {
		return nil, fmt.Errorf("%w: its bytes do not have the hash in its name", ErrDamaged)
	}
	return data, nil
}
