package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"rapporteur/ingest/nodes"
	"rapporteur/ingest/storetest"
	"rapporteur/search/publish"
)

// understood fails the test unless the program has the command, with these flags and arguments, and reads the stores that it names.
func understood(t *testing.T, args []string) {
	t.Helper()
	root := newRootCommand(newApp(nil, new(bytes.Buffer), new(bytes.Buffer), noEnv))
	cmd, rest, err := root.Find(args)
	if err == nil && cmd == root {
		err = fmt.Errorf("there is no such command")
	}
	if err == nil {
		err = cmd.ParseFlags(rest)
	}
	if err == nil {
		err = cmd.ValidateArgs(cmd.Flags().Args())
	}
	if err == nil {
		err = cmd.ValidateFlagGroups()
	}
	if err != nil {
		t.Errorf("rapporteur %s: %v", strings.Join(args, " "), err)
	}
	for _, a := range args {
		if !nodes.Is(a) {
			continue
		}
		s, err := publish.Open(a)
		if err != nil {
			t.Errorf("%s: %v", a, err)
			continue
		}
		s.Close()
	}
}

// composition is what the test reads of a compose file.
type composition struct {
	Services map[string]struct {
		Image       string
		Build       struct{ Context, Dockerfile string }
		Command     []string
		Environment map[string]string
		DependsOn   any `yaml:"depends_on"`
		Volumes     []string
	}
	Volumes map[string]any
}

// The compose file names commands, flags, stores, services, volumes and files that there are.
func TestCompose(t *testing.T) {
	text, err := os.ReadFile("deploy/compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file composition
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	var hosts []string
	for name, s := range file.Services {
		if strings.HasPrefix(s.Image, "nats:") {
			hosts = append(hosts, name)
		}
	}
	ours, used := 0, map[string]bool{}
	for name, s := range file.Services {
		if s.Image == "" {
			ours++
			understood(t, s.Command)
			if _, err := os.Stat(filepath.Join("deploy", s.Build.Context, s.Build.Dockerfile)); err != nil {
				t.Errorf("%s is built from what is not there: %v", name, err)
			}
		}
		for _, a := range s.Command {
			if !nodes.Is(a) {
				continue
			}
			address, err := nodes.Parse(a)
			if err != nil {
				t.Fatal(err)
			}
			if len(address.Hosts) != len(hosts) || address.Replicas > len(hosts) {
				t.Errorf("%s: %s does not go with the nodes %v", name, a, hosts)
			}
			for _, h := range address.Hosts {
				if !slices.ContainsFunc(hosts, func(n string) bool { return strings.HasSuffix(h, "//"+n+":4222") }) {
					t.Errorf("%s: %s is none of the nodes %v", name, h, hosts)
				}
			}
		}
		switch needs := s.DependsOn.(type) {
		case nil:
		case []any:
			for _, n := range needs {
				if _, ok := file.Services[fmt.Sprint(n)]; !ok {
					t.Errorf("%s waits for %v, which is not there", name, n)
				}
			}
		case map[string]any:
			for n := range needs {
				if _, ok := file.Services[n]; !ok {
					t.Errorf("%s waits for %s, which is not there", name, n)
				}
			}
		default:
			t.Errorf("%s: depends_on is %v", name, needs)
		}
		for _, v := range s.Volumes {
			v = regexp.MustCompile(`\$\{[^}]*\}`).ReplaceAllString(v, "/given")
			from, _, _ := strings.Cut(v, ":")
			used[from] = true
			if _, ok := file.Volumes[from]; strings.HasPrefix(from, ".") {
				if _, err := os.Stat(filepath.Join("deploy", from)); err != nil {
					t.Error(err)
				}
			} else if !ok && from != "/given" {
				t.Errorf("%s: there is no volume %s", name, from)
			}
		}
	}
	for v := range file.Volumes {
		if !used[v] {
			t.Errorf("nobody uses the volume %s", v)
		}
	}
	if ours < 4 || len(hosts) != 3 {
		t.Errorf("%d services of ours, nodes %v", ours, slices.Sorted(maps.Keys(file.Services)))
	}
}

// The image starts a command that there is.
func TestDockerfile(t *testing.T) {
	text, err := os.ReadFile("deploy/Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^CMD (\[.*\])$`).FindSubmatch(text)
	var args []string
	if m == nil || json.Unmarshal(m[1], &args) != nil {
		t.Fatalf("no CMD in\n%s", text)
	}
	understood(t, args)
}

// The units start commands that there are; systemd, where it is there, finds nothing wrong with them.
func TestUnits(t *testing.T) {
	units, err := filepath.Glob("deploy/*.service")
	if err != nil || len(units) < 4 {
		t.Fatal(units, err)
	}
	timers, err := filepath.Glob("deploy/*.timer")
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var copies []string
	for _, unit := range append(units, timers...) {
		text, err := os.ReadFile(unit)
		if err != nil {
			t.Fatal(err)
		}
		given := map[string]string{"STATE_DIRECTORY": "/var/lib/private/rapporteur"}
		for line := range strings.Lines(string(text)) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
			switch key {
			case "Environment":
				for _, pair := range strings.Fields(value) {
					name, value, _ := strings.Cut(pair, "=")
					given[name] = value
				}
			case "ExecStart":
				words := strings.Fields(os.Expand(value, func(name string) string {
					if given[name] == "" {
						t.Errorf("%s: nothing gives %s", unit, name)
					}
					return given[name]
				}))
				if filepath.Base(words[0]) == "rapporteur" {
					understood(t, words[1:])
				}
			}
		}
		copied := filepath.Join(dir, filepath.Base(unit))
		writeFile(t, copied, regexp.MustCompile(`/usr/local/bin/[\w-]+`).ReplaceAllString(string(text), self))
		copies = append(copies, copied)
	}
	if analyze, err := exec.LookPath("systemd-analyze"); err == nil {
		out, err := exec.CommandContext(t.Context(), analyze, append([]string{"verify"}, copies...)...).CombinedOutput()
		if err != nil || bytes.Contains(out, []byte(dir)) { // what it leaves aside, it only tells of
			t.Errorf("%v\n%s", err, out)
		}
	}
}

// The nodes understand their configuration.
func TestNodeConfiguration(t *testing.T) {
	program := storetest.Program(t, "nats-server", "github.com/nats-io/nats-server/v2@v2.15.2")
	cmd := exec.CommandContext(t.Context(), program, "-t", "-c", "deploy/nats.conf")
	cmd.Env = append(os.Environ(), "NATS_NODE=one", "NATS_STORE="+t.TempDir())
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
