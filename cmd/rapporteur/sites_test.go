package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// A file of sites that is none says where, and what it wants there.
func TestSitesFileSaysWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"name: Network\nsites:\n  weir: ../weir\n":   "sites.yaml:2: sites is no list",
		"sites: [weir, quay]\nsame: Ilse Inkpen\n":   "sites.yaml:2: same is no list",
		"sites: [weir, quay]\nsaem: [Ilse Inkpen]\n": `sites.yaml:2: there is no key "saem"`,
		"sites: [weir, {name: Quay}]\n":              "sites.yaml:1: the site has no folder",
		"sites: [weir\n":                             "sites.yaml: it is no list of sites",
		"name: Network\n":                            "give the folder of a site",
	} {
		name := filepath.Join(t.TempDir(), "sites.yaml")
		writeFile(t, name, text)
		if _, err := readSitesFile(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}
