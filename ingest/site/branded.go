package site

import (
	"fmt"
	"io/fs"

	"rapporteur/ingest"
	"rapporteur/ingest/brand"
	"rapporteur/ingest/curation"
)

// branded reads how the pages of the site are to look, without people who are to be erased, and reports what of it is wrong.
func (f *Folder) branded(fsys fs.FS, eraser *curation.Eraser) {
	if f.Curation == nil {
		return
	}
	var faults []brand.Fault
	f.Brand, faults = brand.Read(f.Curation.Brand, fsys)
	for _, wrong := range faults {
		if wrong.Mended {
			f.Notes = append(f.Notes, fmt.Sprintf("%s:%d: %s", curation.FileName, wrong.Line, wrong.Cause))
		} else {
			f.Skips = append(f.Skips, ingest.Skip{Path: curation.FileName, Line: wrong.Line, Cause: wrong.Cause, Part: true})
		}
	}
	if b := f.Brand; b != nil && eraser != nil {
		b.Name, _ = eraser.Text(b.Name)
		b.Tagline, _ = eraser.Text(b.Tagline)
		for i, p := range b.Footer {
			b.Footer[i].Text, _ = eraser.Text(p.Text)
			if _, named := eraser.Text(p.Href); named {
				b.Footer[i].Href = ""
			}
		}
		if b.Logo != nil && b.Logo.Type == brand.SVG {
			if _, named := eraser.Text(string(b.Logo.Body)); named {
				b.Logo = nil
				f.Skips = append(f.Skips, ingest.Skip{Path: curation.FileName, Line: f.Curation.Brand.Line, Part: true,
					Cause: "brand.logo: the picture names somebody who is to be erased, and so is not shown"})
			}
		}
	}
}

// LogoOf is the path of the picture that the site's rapporteur.yaml names as its logo, empty if it names none.
func LogoOf(fsys fs.FS) string {
	decisions, err := curated(fsys)
	if err != nil || decisions == nil {
		return "" // the report of reading the site says why
	}
	return brand.LogoOf(decisions.Brand)
}
