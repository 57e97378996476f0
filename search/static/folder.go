package static

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// manifestName is the list of an export's files. formatVersion is of its form.
const (
	manifestName  = "rapporteur.json"
	formatVersion = 1
)

// manifest lists the files of an export.
type manifest struct {
	Format int                 `json:"format"`
	Files  map[string]string   `json:"files"` // name: SHA-256 in hex
	Pages  map[string][]string `json:"pages"` // path of a page: its files
}

// Files are the files of the export in the folder dir, its manifest among them, as its manifest lists them, in order of name, each with dir
// before it. The error says that there is no manifest, or none that can be read.
func Files(dir string) ([]string, error) {
	b, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return nil, fmt.Errorf("list the files of an export: %w", err)
	}
	var m manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("list the files of an export: %s: %w", manifestName, err)
	}
	if len(m.Files) == 0 {
		return nil, fmt.Errorf("list the files of an export: %s names none", manifestName)
	}
	names := []string{manifestName}
	for name := range m.Files {
		names = append(names, name)
	}
	slices.Sort(names)
	for i, name := range names {
		names[i] = filepath.Join(dir, filepath.FromSlash(name))
	}
	return names, nil
}

// folder is where an export goes. Nothing is read or written outside of it, whatever links it holds.
type folder struct {
	root *os.Root
	generator
	manifest manifest
	before   manifest
	made     map[string]bool // folders that exist
	names    map[string]bool // taken, in lower case: some file systems fold them
	report   Report

	writing sync.WaitGroup
	writers chan struct{} // as many as write at the same time
	mu      sync.Mutex    // guards manifest.Files, made, report and failed while files are being written
	failed  error
}

// writers is how many files are written at the same time: the most part is waiting for the file system.
const writers = 8

func openFolder(dir string) (*folder, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	f := &folder{root: root, manifest: manifest{formatVersion, map[string]string{}, map[string][]string{}}, made: map[string]bool{},
		names: map[string]bool{}, writers: make(chan struct{}, writers)}
	f.generator = f.generatedBy()
	b, err := root.ReadFile(manifestName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, errors.Join(err, root.Close())
	default:
		if err := json.Unmarshal(b, &f.before); err != nil {
			return nil, errors.Join(fmt.Errorf("%s: %w; remove it, and the files of the earlier export with it", manifestName, err), root.Close())
		}
	}
	return f, nil
}

func (f *folder) close() {
	f.writing.Wait()
	f.root.Close()
}

// longestName is how many bytes of a slug a file's name keeps.
const longestName = 120

// name makes a file name of a slug, that no other of its section has: letters, digits, "-", "_" and "." stay.
func (f *folder) name(section, slug string) string {
	safe := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' || r == '.' {
			return r
		}
		return '-'
	}, strings.ToValidUTF8(slug, "-"))
	safe = strings.TrimLeft(safe, ".-_")
	if len(safe) > longestName {
		sum := sha256.Sum256([]byte(slug))
		safe = strings.ToValidUTF8(safe[:longestName], "") + "-" + hex.EncodeToString(sum[:4])
	}
	if safe == "" {
		safe = "page"
	}
	free := safe
	for n := 2; f.names[strings.ToLower(section+"/"+free)]; n++ {
		free = safe + "-" + strconv.Itoa(n)
	}
	f.names[strings.ToLower(section+"/"+free)] = true
	return free
}

// note says in the manifest which files are of a page.
func (f *folder) note(page string, files ...string) { f.manifest.Pages[page] = files }

// put writes a file, unless it is there with these bytes already. It does not wait: what fails, finish tells.
func (f *folder) put(name string, data []byte) error {
	sum := sha256.Sum256(data)
	f.mu.Lock()
	f.manifest.Files[name] = hex.EncodeToString(sum[:])
	f.mu.Unlock()
	f.writers <- struct{}{}
	f.writing.Go(func() {
		err := f.write(name, data)
		<-f.writers
		if err != nil {
			f.mu.Lock()
			if f.failed == nil {
				f.failed = err
			}
			f.mu.Unlock()
		}
	})
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.failed
}

func (f *folder) write(name string, data []byte) error {
	old, err := f.root.ReadFile(name)
	same := err == nil && bytes.Equal(old, data)
	if !same {
		if err := f.makeFolder(path.Dir(name)); err != nil {
			return err
		}
		// A reader, such as a site generator that is watching, never meets half a file.
		const building = ".building"
		if err := f.root.WriteFile(name+building, data, 0o644); err != nil {
			return err
		}
		if err := f.root.Rename(name+building, name); err != nil {
			return err
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.report.Files++
	if !same {
		f.report.Written++
	}
	return nil
}

func (f *folder) makeFolder(dir string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if dir == "." || f.made[dir] {
		return nil
	}
	f.made[dir] = true
	return f.root.MkdirAll(dir, 0o755)
}

// finish removes what only the earlier export had, and writes the manifest.
func (f *folder) finish() (Report, error) {
	f.writing.Wait()
	if f.failed != nil {
		return f.report, f.failed
	}
	for name := range f.before.Files {
		if _, ok := f.manifest.Files[name]; ok {
			continue
		}
		switch err := f.root.Remove(name); {
		case err == nil:
			f.report.Removed++
		case !errors.Is(err, fs.ErrNotExist):
			return f.report, fmt.Errorf("remove what an earlier export wrote: %w", err)
		}
	}
	b, err := json.MarshalIndent(f.manifest, "", " ")
	if err != nil {
		return f.report, err
	}
	return f.report, f.write(manifestName, append(b, '\n'))
}
