package main

import (
	"runtime/debug"
	"testing"
)

func TestBillOf(t *testing.T) {
	b := billOf(&debug.BuildInfo{GoVersion: "go1.26.1", Deps: []*debug.Module{
		{Path: "example.org/a", Version: "v1.2.3+incompatible", Sum: "h1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="},
		{Path: "example.org/b", Version: "v1.0.0", Replace: &debug.Module{Path: "example.org/c", Version: "v2.0.0"}},
	}})
	if len(b.Components) != 3 {
		t.Fatalf("%d components", len(b.Components))
	}
	if goes := b.Components[0]; goes.Version != "1.26.1" || goes.URL != "pkg:golang/std@1.26.1" {
		t.Errorf("Go is %+v", goes)
	}
	if a := b.Components[1]; a.URL != "pkg:golang/example.org/a@v1.2.3%2Bincompatible" ||
		a.Hashes[0].Content != "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f" {
		t.Errorf("a module is %+v", a)
	}
	if c := b.Components[2]; c.Name != "example.org/c" || c.Version != "v2.0.0" {
		t.Errorf("a replaced module is %+v", c)
	}
}
