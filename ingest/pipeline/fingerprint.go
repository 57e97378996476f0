package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"rapporteur/ingest/site"
)

// settings are the endings of files, beside pages, that say something about a site: settings and data. Files whose name
// begins with a dot count too.
var settings = []string{".yml", ".yaml", ".toml", ".json", ".csv", ".js", ".mjs", ".cjs", ".ts", ".py", ".xml"}

// Fingerprint is a SHA-256, in hex, over the paths and contents of all files that reading the site may look at: while it
// is the same, Run gives the same. It may take in more than Run looks at, never less.
func Fingerprint(ctx context.Context, fsys fs.FS) (string, error) {
	h, told := sha256.New(), append(site.Endings(), settings...)
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && name == ".":
			return err
		case err != nil: // a folder that cannot be read is a skip of the site
			fmt.Fprintf(h, "%q: %v\n", name, err)
			return fs.SkipDir
		case d.IsDir():
			if name != "." && strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" {
				return fs.SkipDir
			}
			return nil
		}
		if link := d.Type()&fs.ModeSymlink != 0; !link && d.Name()[0] != '.' && !slices.Contains(told, strings.ToLower(path.Ext(name))) {
			return nil
		}
		fmt.Fprintf(h, "%q %s\n", name, contents(fsys, name))
		return nil
	})
	if logo := site.LogoOf(fsys); logo != "" {
		fmt.Fprintf(h, "%q %s\n", logo, contents(fsys, logo))
	}
	if err != nil {
		return "", fmt.Errorf("hash the site's files: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// contents is the hash of a file, or why it has none.
func contents(fsys fs.FS, name string) string {
	f, err := fsys.Open(name)
	if err != nil {
		return err.Error()
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return err.Error()
	}
	return hex.EncodeToString(h.Sum(nil))
}
