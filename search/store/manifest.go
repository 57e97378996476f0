package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"rapporteur/ingest"
	"rapporteur/ingest/brand"
	"rapporteur/ingest/kinds"
)

// Format is the version of everything in a generation's folder. It grows whenever a file in there changes its shape.
const Format = 9

// ErrNoGeneration says that a data folder holds nothing to read yet.
var ErrNoGeneration = errors.New("no site has been ingested yet: run \"rapporteur ingest SITE\" first")

// ErrFormat says that a generation was written by another version of the program.
var ErrFormat = errors.New("written by another version of rapporteur")

// ErrDamaged says that a file of a generation is not what was written.
var ErrDamaged = errors.New("damaged generation")

// Manifest describes a generation: what it was made from, what it holds, and the hash of every file of it.
type Manifest struct {
	Format  int                 `json:"format"`
	ID      string              `json:"id"` // 16 hexadecimal digits, made from format, origin and records
	Origin  Origin              `json:"origin"`
	Name    string              `json:"name"`            // of the site
	URL     string              `json:"url,omitempty"`   // of the live site
	Sites   []ingest.MemberSite `json:"sites,omitempty"` // that it is made of, if of several
	Counts  Counts              `json:"counts"`
	Skips   []ingest.Skip       `json:"skips"`
	Account []ingest.Gap        `json:"account,omitempty"` // what of the folder was not understood, the worst first
	Notes   []string            `json:"notes,omitempty"`
	Brand   *brand.Brand        `json:"brand,omitempty"` // how its pages look; nil if it does not say
	Lang    string              `json:"lang,omitempty"`  // of most of its pages
	// Erasing is the digest of the decisions under which it was made, where some erase people: generations made under other
	// decisions may still know them.
	Erasing string `json:"erasing,omitempty"`
	Files   []File `json:"files"` // in order of Path
	Sum     string `json:"sum"`   // SHA-256 of all the rest, in hex
}

// Origin says what a generation was made from: while both are the same, another build would give the same.
type Origin struct {
	Source  string `json:"source,omitempty"`  // SHA-256 over the site's files, in hex
	Program string `json:"program,omitempty"` // SHA-256 of the program, in hex
}

// Counts are the numbers of what a generation holds.
type Counts struct {
	Pages           int `json:"pages"`
	People          int `json:"people"`
	Organisations   int `json:"organisations"`
	Countries       int `json:"countries"`
	Topics          int `json:"topics"`
	Recommendations int `json:"recommendations"`
}

// File is a file of a generation, with slashes in its path.
type File struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

const manifestName = "manifest.json"

func newManifest(site *ingest.Site, origin Origin, records []Digest) (*Manifest, error) {
	id, err := generationID(site, origin, records)
	if err != nil {
		return nil, err
	}
	return &Manifest{
		Format: Format, ID: id, Origin: origin, Name: site.Name, URL: site.URL,
		Sites: site.Sites, Counts: count(site), Skips: site.Skips, Account: site.Account, Notes: site.Notes, Brand: site.Brand, Lang: site.Lang,
		Erasing: site.Erasing,
	}, nil
}

// generationID hashes the format, the origin, the records' digests and the rest of the site, so that the same input has
// the same ID, and what one ID names is up to date for one origin.
func generationID(site *ingest.Site, origin Origin, records []Digest) (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%d %s %s\n", Format, origin.Program, origin.Source)
	for _, d := range records {
		h.Write(d[:])
	}
	rest := *site
	rest.Records = nil
	if err := json.NewEncoder(h).Encode(rest); err != nil {
		return "", fmt.Errorf("hash the site: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)[:8]), nil
}

func count(site *ingest.Site) Counts {
	c := Counts{Pages: len(site.Records)}
	for _, e := range site.Entities {
		switch e.Kind {
		case kinds.Person:
			c.People++
		case kinds.Organisation:
			c.Organisations++
		case kinds.Country:
			c.Countries++
		case kinds.Topic:
			c.Topics++
		}
	}
	for _, r := range site.Records {
		c.Recommendations += len(r.Recommendations)
	}
	return c
}

// Write lists the files of dir in the manifest, and puts the manifest beside them.
func (m *Manifest) Write(dir string) error {
	var err error
	if m.Files, err = list(dir); err != nil {
		return err
	}
	if m.Sum, err = m.sum(); err != nil {
		return err
	}
	data, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return fmt.Errorf("encode the manifest: %w", err)
	}
	return os.WriteFile(filepath.Join(dir, manifestName), append(data, '\n'), 0o644)
}

// ManifestBytes are those of the manifest of the generation in a folder.
func ManifestBytes(dir string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, manifestName)) }

// sum digests what the manifest says, once it was written and read: names of files need be no text, and then are read as others.
func (m *Manifest) sum() (string, error) {
	data, err := json.Marshal(m)
	var read Manifest
	if err == nil {
		err = json.Unmarshal(data, &read)
	}
	read.Sum = ""
	if err == nil {
		data, err = json.Marshal(read)
	}
	if err != nil {
		return "", fmt.Errorf("encode the manifest: %w", err)
	}
	return fmt.Sprintf("%x", sha256.Sum256(data)), nil
}

// readManifest reads the manifest of the generation in dir. It refuses another format with the command that mends it.
func readManifest(dir string) (*Manifest, error) {
	data, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return nil, fmt.Errorf("read the manifest: %w", err)
	}
	var m Manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, filepath.Join(dir, manifestName), err)
	}
	if m.Format != Format {
		return nil, fmt.Errorf("%w: %s has format %d, this one reads %d: run \"rapporteur ingest SITE\" again", ErrFormat, dir,
			m.Format, Format)
	}
	if sum, err := m.sum(); err != nil || sum != m.Sum {
		return nil, fmt.Errorf("%w: %s says something else than was written: run \"rapporteur ingest SITE\" again", ErrDamaged,
			filepath.Join(dir, manifestName))
	}
	return &m, nil
}

// Verify compares the files of dir with the manifest: none missing, none more, all with the same bytes. Unless it is to
// be thorough, it takes files that are older than the manifest, which was written last, for what they were then.
func (m *Manifest) Verify(dir string, thorough bool) error {
	info, err := os.Stat(filepath.Join(dir, manifestName))
	if err != nil {
		return fmt.Errorf("verify %s: %w", dir, err)
	}
	want := make(map[string]File, len(m.Files))
	for _, f := range m.Files {
		want[f.Path] = f
	}
	var damage []error
	err = walkFiles(dir, func(name, path string, d fs.DirEntry) error {
		w, ok := want[path]
		delete(want, path)
		found, err := d.Info()
		if err != nil {
			return err
		}
		switch {
		case !ok:
			damage = append(damage, fmt.Errorf("%s was not there when it was built", path))
		case found.Size() != w.Size:
			damage = append(damage, fmt.Errorf("%s has %d bytes, was written with %d", path, found.Size(), w.Size))
		case thorough || !found.ModTime().Before(info.ModTime()):
			f, err := hashFile(name)
			if err != nil {
				return err
			}
			if f.SHA256 != w.SHA256 {
				damage = append(damage, fmt.Errorf("%s has other bytes than were written", path))
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("verify %s: %w", dir, err)
	}
	for _, f := range m.Files {
		if _, missing := want[f.Path]; missing {
			damage = append(damage, fmt.Errorf("%s is missing", f.Path))
		}
	}
	if damage != nil {
		return fmt.Errorf("%w in %s: run \"rapporteur ingest SITE\" again:\n%w", ErrDamaged, dir, errors.Join(damage...))
	}
	return nil
}

// list hashes all files below dir but the manifest, in order of their paths.
func list(dir string) ([]File, error) {
	var files []File
	err := walkFiles(dir, func(name, path string, _ fs.DirEntry) error {
		f, err := hashFile(name)
		f.Path = path
		files = append(files, f)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("hash the files of %s: %w", dir, err)
	}
	return files, nil
}

// walkFiles visits all files below dir but the manifest; path is from dir, with slashes.
func walkFiles(dir string, visit func(name, path string, d fs.DirEntry) error) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		path, err := filepath.Rel(dir, name)
		if err != nil || path == manifestName {
			return err
		}
		return visit(name, filepath.ToSlash(path), d)
	})
}

func hashFile(name string) (File, error) {
	f, err := os.Open(name)
	if err != nil {
		return File{}, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return File{Size: n, SHA256: hex.EncodeToString(h.Sum(nil))}, err
}
