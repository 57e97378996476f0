package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/pipeline"
	"rapporteur/ingest/site"
	"rapporteur/ingest/union"
	"rapporteur/search/store"

	"go.yaml.in/yaml/v3"
)

// siteList is what is to be ingested: one folder, or several that become one site.
type siteList struct {
	name, url string
	members   []memberFolder
	several   bool
	decisions union.Decisions
}

// memberFolder is the folder of a site, with the key that its pages' paths begin with where there are several.
type memberFolder struct{ key, folder string }

// sitesFile is a file that lists sites.
type sitesFile struct {
	Name      string      `yaml:"name"`
	URL       string      `yaml:"url"`
	Sites     []yaml.Node `yaml:"sites"` // folders, or name and folder
	Same      []string    `yaml:"same"`
	Different []string    `yaml:"different"`
}

// sitesKeys are those of a sitesFile.
var sitesKeys = []string{"name", "url", "sites", "same", "different"}

// listSites reads what stands behind "ingest" and "serve": one folder, several folders, or a file that lists them.
func listSites(args []string) (*siteList, error) {
	if len(args) > 1 {
		l := &siteList{several: true}
		for _, folder := range args {
			if info, err := os.Stat(folder); err == nil && !info.IsDir() {
				return nil, fmt.Errorf("%s is a file: give folders, or one file that lists them under sites", folder)
			}
			l.add("", folder)
		}
		return l, nil
	}
	info, err := os.Stat(args[0])
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return &siteList{members: []memberFolder{{"", args[0]}}}, nil
	}
	return readSitesFile(args[0])
}

// readSitesFile reads a file that lists sites; folders are named from where it lies.
func readSitesFile(name string) (*siteList, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var f sitesFile
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return nil, fmt.Errorf("%s: it is no list of sites: %w", name, err)
	}
	if err := root.Decode(&f); err != nil {
		for _, document := range root.Content {
			for i := 0; i+1 < len(document.Content); i += 2 {
				key, value := document.Content[i], document.Content[i+1]
				if slices.Contains([]string{"sites", "same", "different"}, key.Value) && value.Kind != yaml.SequenceNode {
					return nil, fmt.Errorf("%s:%d: %s is no list: write each of its entries as a line that begins with \"- \"",
						name, key.Line, key.Value)
				}
			}
		}
		return nil, fmt.Errorf("%s: it is no list of sites: %w", name, err)
	}
	if len(f.Sites) == 0 {
		return nil, fmt.Errorf("%s is a file: give the folder of a site, or a file that has folders under sites", name)
	}
	if len(root.Content) > 0 {
		for i, key := range root.Content[0].Content {
			if i%2 == 0 && !slices.Contains(sitesKeys, key.Value) {
				return nil, fmt.Errorf("%s:%d: there is no key %q: use %s", name, key.Line, key.Value, strings.Join(sitesKeys, ", "))
			}
		}
	}
	l := &siteList{name: f.Name, url: f.URL, several: true, decisions: union.Decisions{Same: f.Same, Different: f.Different}}
	for i := range f.Sites {
		node := &f.Sites[i]
		var one struct{ Name, Folder string }
		if err := node.Decode(&one.Folder); err != nil {
			if err := node.Decode(&one); err != nil {
				return nil, fmt.Errorf("%s:%d: a site is a folder, or name and folder: %w", name, node.Line, err)
			}
		}
		if one.Folder == "" {
			return nil, fmt.Errorf("%s:%d: the site has no folder", name, node.Line)
		}
		if rest, ok := strings.CutPrefix(one.Folder, "~/"); ok {
			home, err := os.UserHomeDir()
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, node.Line, err)
			}
			one.Folder = filepath.Join(home, rest)
		}
		if !filepath.IsAbs(one.Folder) {
			one.Folder = filepath.Join(filepath.Dir(name), one.Folder)
		}
		l.add(one.Name, one.Folder)
	}
	return l, nil
}

// add adds a site, with a key of its own.
func (l *siteList) add(name, folder string) {
	if name == "" {
		name = folderName(folder)
	}
	wished := fold.Slug(name)
	key := wished
	for n := 2; l.has(key); n++ {
		key = fmt.Sprintf("%s-%d", wished, n)
	}
	l.members = append(l.members, memberFolder{key, folder})
}

func (l *siteList) has(key string) bool {
	for _, m := range l.members {
		if m.key == key {
			return true
		}
	}
	return false
}

// origin says what a generation would be made from: the sites' files, what is decided of them, and this program.
func (l *siteList) origin(ctx context.Context, a *app) (store.Origin, error) {
	if !l.several {
		return a.originOf(ctx, l.members[0].folder)
	}
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %q %q\n", l.name, l.url, l.decisions.Same, l.decisions.Different)
	all := store.Origin{}
	for _, m := range l.members {
		one, err := a.originOf(ctx, m.folder)
		if ctx.Err() != nil {
			return all, ctx.Err()
		}
		fmt.Fprintf(h, "%q %q %v\n", m.key, one.Source, err)
		if err == nil {
			all.Program = one.Program
		}
	}
	all.Source = hex.EncodeToString(h.Sum(nil))
	return all, nil
}

// read reads the sites. Of several, one that cannot be read is told of, and does not stop the others.
func (l *siteList) read(ctx context.Context, opts pipeline.Options) (*ingest.Site, error) {
	if !l.several {
		read, err := readFolder(ctx, l.members[0].folder, opts)
		if err != nil {
			return nil, fmt.Errorf("ingest %s: %w", l.members[0].folder, withSkips(err, read))
		}
		return read, nil
	}
	opts.Memory = nil // it is of one site
	var sources []union.Source
	var names []string
	var faults []error
	for _, m := range l.members {
		one := opts
		one.CacheDir = filepath.Join(opts.CacheDir, m.key)
		read, err := readFolder(ctx, m.folder, one)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			os.RemoveAll(one.CacheDir) // it may know somebody whom a decision that cannot be read now erases
			err = fmt.Errorf("%s: %w", m.folder, withSkips(err, read))
			faults = append(faults, err)
		} else {
			names = append(names, read.Name)
		}
		sources = append(sources, union.Source{Key: m.key, Site: read, Fault: err})
	}
	if len(faults) == len(sources) {
		return nil, fmt.Errorf("ingest: none of the sites can be read: %w", errors.Join(faults...))
	}
	name := l.name
	if name == "" {
		name = strings.Join(names, ", ")
	}
	return union.Join(name, l.url, sources, l.decisions), nil
}

// readFolder reads the folder of one site.
func readFolder(ctx context.Context, folder string, opts pipeline.Options) (*ingest.Site, error) {
	if err := isFolder(folder); err != nil {
		return nil, err
	}
	fsys, err := site.Dir(folder)
	if err != nil {
		return nil, err
	}
	read, err := pipeline.Run(ctx, fsys, opts)
	if err == nil && read.Name == "" {
		read.Name = folderName(folder)
	}
	return read, err
}

// keepCaches removes the caches of sites that were not read now: they may know what is not to be known any more.
func (l *siteList) keepCaches(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // there is none
	}
	for _, e := range entries {
		stays := !e.IsDir() && !l.several || e.IsDir() && l.several && l.has(e.Name())
		if stays {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			return fmt.Errorf("remove the cache of a site that is not read any more: %w", err)
		}
	}
	return nil
}
