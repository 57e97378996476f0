package model

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"
)

func made(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	h := Header{Features: map[string][]string{"names": {"shape", "word"}}, Tables: "t", Material: "m"}
	if err := Write(&b, h, map[string][]byte{"weights": []byte("some weights, some weights"),
		"tables/forenames.txt": []byte("Runa\nSorin\n")}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRoundTrip(t *testing.T) {
	b := made(t)
	if !bytes.Equal(b, made(t)) {
		t.Error("the same parts are stored as other bytes")
	}
	f, err := Read(b)
	if err != nil {
		t.Fatal(err)
	}
	if p, err := f.Part("weights"); err != nil || string(p) != "some weights, some weights" {
		t.Errorf("the part is %q, %v", p, err)
	}
	if p := Below(f.All(), "tables/"); len(p) != 1 || string(p["forenames.txt"]) != "Runa\nSorin\n" {
		t.Errorf("the tables are %q", p)
	}
	if _, err := f.Part("wings"); !errors.Is(err, ErrRefused) {
		t.Errorf("a part that is not there: %v", err)
	}
}

// Whichever byte of the file is another one, it is refused.
func TestDamage(t *testing.T) {
	b := made(t)
	for i := range b {
		broken := bytes.Clone(b)
		broken[i] ^= 0x20
		if _, err := Read(broken); !errors.Is(err, ErrRefused) {
			t.Fatalf("byte %d of %d is another one: %v", i, len(b), err)
		}
	}
	for n := range b {
		if _, err := Read(b[:n]); !errors.Is(err, ErrRefused) {
			t.Fatalf("the first %d of %d bytes: %v", n, len(b), err)
		}
	}
	if _, err := Read(append(bytes.Clone(b), 0)); !errors.Is(err, ErrRefused) {
		t.Errorf("a byte too many: %v", err)
	}
}

func TestCheck(t *testing.T) {
	f, err := Read(made(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Check("names", []string{"word", "shape"}); err != nil {
		t.Error(err)
	}
	err = f.Check("names", []string{"word", "genre"})
	if !errors.Is(err, ErrRefused) {
		t.Fatalf("other features: %v", err)
	}
	for _, said := range []string{"genre", "shape", Remedy, "names"} {
		if !strings.Contains(err.Error(), said) {
			t.Errorf("%v does not say %q", err, said)
		}
	}
	if strings.Contains(err.Error(), "word") {
		t.Errorf("%v names a feature that both have", err)
	}
}

func TestOtherFormat(t *testing.T) {
	b := made(t)
	head := bytes.Replace(b[len(magic)+4+sha256.Size:], []byte(`"format":2`), []byte(`"format":1`), 1)
	n := binary.LittleEndian.Uint32(b[len(magic):])
	sum := sha256.Sum256(head[:n])
	other := slices.Concat(b[:len(magic)+4], sum[:], head)
	if _, err := Read(other); !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "format 1") {
		t.Errorf("a file of another format: %v", err)
	}
}

// What this program carries can be read.
func TestEmbedded(t *testing.T) {
	f, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Parts) < 3 || f.Tables == "" || f.Material == "" {
		t.Errorf("the header is %+v", f.Header)
	}
}
