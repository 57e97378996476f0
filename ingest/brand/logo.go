package brand

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// SVG is the media type of drawings.
const SVG = "image/svg+xml"

// Logo is the picture of a site.
type Logo struct {
	Type string `json:"type"` // media type
	Body []byte `json:"body"` // MaxLogo bytes at most
}

// readLogo reads a picture, whose kind its bytes say, whatever it is called.
func readLogo(fsys fs.FS, path string) (*Logo, error) {
	f, err := fsys.Open(path)
	if err != nil {
		var where *fs.PathError
		if errors.As(err, &where) {
			err = where.Err
		}
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return nil, errors.New("this is a folder, not a picture")
	} else if info.Size() > MaxLogo {
		return nil, fmt.Errorf("the file has %d bytes; %d are allowed, for every visitor loads it", info.Size(), MaxLogo)
	}
	body, err := io.ReadAll(io.LimitReader(f, MaxLogo+1))
	if err != nil {
		return nil, err
	}
	switch {
	case len(body) > MaxLogo:
		return nil, fmt.Errorf("the file has more than the %d bytes that are allowed", MaxLogo)
	case bytes.HasPrefix(body, []byte("\x89PNG\r\n\x1a\n")):
		return &Logo{"image/png", body}, nil
	case len(body) > 12 && string(body[:4]) == "RIFF" && string(body[8:12]) == "WEBP":
		return &Logo{"image/webp", body}, nil
	}
	if err := drawingOnly(body); err != nil {
		return nil, err
	}
	return &Logo{SVG, body}, nil
}

var errNoPicture = errors.New("this is no picture of a kind that is shown: SVG, PNG or WebP")

// drawingOnly refuses what is no SVG, or one that is more than a drawing: with scripts, pages within it, or files from elsewhere.
func drawingOnly(body []byte) error {
	d := xml.NewDecoder(bytes.NewReader(body))
	root := true
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && !root {
			return nil
		}
		if err != nil {
			if root {
				return errNoPicture
			}
			return fmt.Errorf("the SVG cannot be read: %w", err)
		}
		switch t := token.(type) {
		case xml.Directive:
			if bytes.Contains(t, []byte("ENTITY")) {
				return errors.New("the SVG defines entities, and so is not shown: save it as a plain SVG")
			}
		case xml.StartElement:
			name := strings.ToLower(t.Name.Local)
			if root && name != "svg" {
				return errNoPicture
			}
			root = false
			switch name {
			case "script", "foreignobject", "iframe", "object", "embed":
				return fmt.Errorf("the SVG holds <%s>, and so is not shown: save it as a plain SVG", t.Name.Local)
			}
			for _, a := range t.Attr {
				attribute, value := strings.ToLower(a.Name.Local), strings.ToLower(strings.TrimSpace(a.Value))
				if strings.HasPrefix(attribute, "on") {
					return fmt.Errorf("the SVG holds a script (%s), and so is not shown: save it as a plain SVG", a.Name.Local)
				}
				if (attribute == "href" || attribute == "src") && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "data:image/") {
					return fmt.Errorf("the SVG leads to %.60q, and so is not shown: save it as a plain SVG", a.Value)
				}
			}
		}
	}
}
