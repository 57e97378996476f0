package web

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
)

// The generator of the client and what its code needs.
const (
	generator = "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2"
	runtimeOf = "github.com/oapi-codegen/runtime@v1.8.0"
)

// A client that another program's generator makes from /openapi.json compiles, and gets its answers and problems.
func TestGeneratedClient(t *testing.T) {
	if testing.Short() {
		t.Skip("generates and compiles a client")
	}
	s, f := newTestSite(t, Options{})
	server := httptest.NewServer(s)
	defer server.Close()

	dir := t.TempDir()
	write := func(name string, b []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	program, err := os.ReadFile("testdata/client/main.go.txt")
	if err != nil {
		t.Fatal(err)
	}
	write("openapi.json", visitSite(s, "GET", "/openapi.json").Body.Bytes())
	write("go.mod", []byte("module client\n\ngo 1.26.0\n"))
	write("main.go", program)
	command := func(name string, arguments ...string) string {
		cmd := exec.CommandContext(t.Context(), name, arguments...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
		out, err := cmd.CombinedOutput()
		if err != nil {
			if strings.Contains(string(out), "dial tcp") {
				needed(t, "the module proxy")
			}
			t.Fatalf("%s %q: %v\n%s", name, arguments, err, out)
		}
		return string(out)
	}
	command("go", "run", generator, "-generate", "types,client", "-package", "main", "-o", "client.go", "openapi.json")
	command("go", "get", runtimeOf)
	person, organisation := f.catalogue.People[0].Name, f.catalogue.Organisations[0].Name
	got := command("go", "run", ".", server.URL, person, organisation)
	for _, want := range []string{"search Gathering number", "connections " + person, "path " + organisation,
		"missing Nothing here is called “nobody at all”."} {
		if !strings.Contains(got, want) {
			t.Errorf("the client does not say %q:\n%s", want, got)
		}
	}
}

// Every answer of the API has exactly the form that the document says.
func TestAnswersFitDocument(t *testing.T) {
	s, f := newTestSite(t, Options{})
	// OpenAPI 3.1 takes its schemas from JSON Schema 2020-12: the document's are looked up where that keeps them.
	text := strings.ReplaceAll(visitSite(s, "GET", "/openapi.json").Body.String(), "#/components/schemas/", "#/$defs/")
	var document struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			Responses map[string]struct {
				Content map[string]struct{ Schema *jsonschema.Schema }
			}
		}
		Components struct{ Schemas map[string]*jsonschema.Schema }
	}
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(document.OpenAPI, "3.1") {
		t.Errorf("OpenAPI %s", document.OpenAPI)
	}
	check := func(address, path, status, kind string) {
		t.Helper()
		schema := document.Paths[path]["get"].Responses[status].Content[kind].Schema
		if schema == nil {
			t.Errorf("%s: the document says nothing of %s as %s", path, status, kind)
			return
		}
		whole := &jsonschema.Schema{Ref: schema.Ref, Defs: document.Components.Schemas}
		resolved, err := whole.Resolve(nil)
		if err != nil {
			t.Fatal(err)
		}
		w := visitSite(s, "GET", address)
		var answer any
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
			t.Fatal(err)
		}
		if err := resolved.Validate(answer); err != nil {
			t.Errorf("%s: %v\n%.600s", address, err, w.Body)
		}
	}
	paths := map[string]string{
		"api search": "/api/v1/search", "api suggest": "/api/v1/suggest", "api related": "/api/v1/related",
		"api connections": "/api/v1/connections",
		"api build":       "/api/v1/build", "api about": "/api/v1/about", "api around": "/api/v1/around", "api shared": "/api/v1/shared",
		"api compare": "/api/v1/compare", "api circles": "/api/v1/circles", "api graph": "/api/v1/graph",
		"api path": "/api/v1/path", "api recommendations": "/api/v1/recommendations", "api entities": "/api/v1/entities",
		"api entity": "/api/v1/entities/{kind}/{slug}", "api pages": "/api/v1/pages", "api page": "/api/v1/pages/{slug}",
	}
	all := addresses(f)
	for name, path := range paths {
		check(all[name], path, "200", "application/json")
	}
	if len(paths) != len(document.Paths) {
		t.Errorf("%d paths are tried of %d in the document", len(paths), len(document.Paths))
	}
	check("/api/v1/connections?name=nobody", "/api/v1/connections", "404", "application/problem+json")
	check("/api/v1/search?limit=0", "/api/v1/search", "422", "application/problem+json")
}
