package main

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// bill is a bill of materials in CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json).
type bill struct {
	Format     string      `json:"bomFormat"`
	Version    string      `json:"specVersion"`
	Revision   int         `json:"version"`
	Metadata   billMeta    `json:"metadata"`
	Components []component `json:"components"`
}

type billMeta struct {
	Component component `json:"component"`
}

type component struct {
	Type    string          `json:"type"`
	Name    string          `json:"name"`
	Version string          `json:"version,omitempty"`
	URL     string          `json:"purl,omitempty"` // https://github.com/package-url/purl-spec
	Hashes  []componentHash `json:"hashes,omitempty"`
	Facts   []componentFact `json:"properties,omitempty"`
}

type componentHash struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"`
}

type componentFact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

func newSBOMCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "sbom",
		Short: "List what this program is made of, as CycloneDX",
		Long: `Writes the bill of materials of this program as CycloneDX JSON: Go and every module in it, with version and the hash that
go.sum has of it. "make licences", in the source, lists their licences.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			info, ok := debug.ReadBuildInfo()
			if !ok {
				return errors.New("this program was built without module information: build it with \"make build\"")
			}
			return printJSON(a.out, billOf(info))
		},
	}
}

// billOf reads what the linker noted. Modules come in order of their paths.
func billOf(info *debug.BuildInfo) bill {
	b := bill{Format: "CycloneDX", Version: "1.6", Revision: 1, Components: []component{}}
	b.Metadata.Component = component{Type: "application", Name: "rapporteur", Version: version()}
	for _, s := range info.Settings {
		switch s.Key {
		case "GOOS", "GOARCH", "CGO_ENABLED", "-trimpath", "vcs.revision", "vcs.modified":
			b.Metadata.Component.Facts = append(b.Metadata.Component.Facts, componentFact{"build:" + s.Key, s.Value})
		}
	}
	b.Components = append(b.Components, component{Type: "platform", Name: "go", Version: strings.TrimPrefix(info.GoVersion, "go"),
		URL: "pkg:golang/std@" + strings.TrimPrefix(info.GoVersion, "go")})
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		c := component{Type: "library", Name: m.Path, Version: m.Version,
			URL: "pkg:golang/" + m.Path + "@" + strings.ReplaceAll(m.Version, "+", "%2B")}
		if sum, isH1 := strings.CutPrefix(m.Sum, "h1:"); isH1 { // SHA-256 over the list of the module's files
			if raw, err := base64.StdEncoding.DecodeString(sum); err == nil {
				c.Hashes = []componentHash{{"SHA-256", hex.EncodeToString(raw)}}
			}
		}
		b.Components = append(b.Components, c)
	}
	return b
}
