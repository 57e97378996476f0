package site

import (
	"encoding/json"
	"io/fs"
)

// exportManifest is what a static export writes beside its files.
const exportManifest = "rapporteur.json"

// exported are the files that a static export has put into the site's own folder: they say again what the pages say.
func exported(fsys fs.FS) map[string]bool {
	b, err := fs.ReadFile(fsys, exportManifest)
	if err != nil {
		return nil
	}
	var manifest struct {
		Files map[string]string   `json:"files"`
		Pages map[string][]string `json:"pages"`
	}
	if json.Unmarshal(b, &manifest) != nil || manifest.Files == nil || manifest.Pages == nil {
		return nil // somebody's own file
	}
	out := map[string]bool{exportManifest: true}
	for name := range manifest.Files {
		out[name] = true
	}
	return out
}
