package static

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"rapporteur/index"
	"rapporteur/ingest/brand"
)

// runScript writes the scripts to a folder where Node.js takes them for modules, and runs one more there. Without Node.js the test is
// skipped; where everything must be there (CI=true) it fails.
func runScript(t *testing.T, script, input string) []byte {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no Node.js on this machine: apt-get install nodejs")
		}
		t.Skip("no Node.js on this machine")
	}
	dir := t.TempDir()
	for _, name := range []string{"words.js", "engine.js", "texts.js"} {
		b, err := assets.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{"package.json": `{"type": "module"}`, "main.js": script} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(node, filepath.Join(dir, "main.js"))
	cmd.Stdin = strings.NewReader(input)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node: %v\n%s", err, stderr.String())
	}
	return out
}

// termsScript prints the terms of each line of its input, as JSON.
const termsScript = `import { English, split } from './words.js'
import { readFileSync } from 'node:fs'
const [tables, ...lines] = readFileSync(0, 'utf8').split('\n')
const english = new English(JSON.parse(tables))
const out = []
for (const line of lines) {
  const terms = []
  for (const p of split(line)) { const t = english.term(p); if (t) terms.push(t + '@' + p.position) }
  out.push(JSON.stringify(terms))
}
console.log(out.join('\n'))
`

// lines are some with all that cutting, folding and stemming know of; the texts of the invented site come behind.
var lines = []string{
	"skis skies dying idly news inning proceed generous communities arsenal happily generically", "ties cries by say enjoy YES yield toy",
	"organizing analyze behavior colored labelled 1st programs center", "don't it's nurses' O'Neill the nurse's",
	"policy-making co‑operation R&D a-b-c-d",
	"#10 .net a.net C++ C# H2O U.S. U.K. 10,000 10\u00a0000 3.5 2,5 1,00 0,123 v10,000",
	"Łukasz Søren Gökçe œuvres Straße İstanbul ﬁsh naïve",
	"東京都で会議 データ 서울 ประชาชน", "e\u0301te\u0301 soft\u00adhyphen zero\u200bwidth ’tis rock’n’roll",
	"well-being 10-12 2020-21 x#1 ...word &c AT&T",
	"sses ied ies eed eedly hopping hoped bled sized ogi logi ration rational vilify conditional relational controll roll fulfil yyyy sayy",
	"Σίσυφος ΟΔΟΣ",
}

func TestScriptReadsWordsAlike(t *testing.T) {
	english, err := index.NewAnalyzer(index.English)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := index.EnglishTables()
	if err != nil {
		t.Fatal(err)
	}
	text := lines
	pages, err := filepath.Glob("../../testdata/site/*/*.md")
	if err != nil || len(pages) < 10 {
		t.Fatalf("%d pages: %v", len(pages), err)
	}
	if more := os.Getenv("WORDS"); more != "" { // a file, to hold more words against each other
		pages = append(pages, more)
	}
	for _, name := range pages {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			text = append(text, strings.TrimRight(line, "\r\n"))
		}
	}
	first, err := json.Marshal(tables)
	if err != nil {
		t.Fatal(err)
	}
	out := runScript(t, termsScript, string(first)+"\n"+strings.Join(text, "\n"))
	in, wrong, words := bufio.NewScanner(bytes.NewReader(out)), 0, 0
	in.Buffer(nil, 10<<20)
	for i := 0; in.Scan(); i++ {
		var got []string
		if err := json.Unmarshal(in.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		var want []string
		english.Tokens(text[i], func(tok index.Token) { want = append(want, fmt.Sprintf("%s@%d", tok.Term, tok.Position)) })
		spelled := map[string]bool{}
		for _, s := range english.Spellings(text[i]) {
			if s.Term != "" {
				spelled[fmt.Sprintf("%s@%d", s.Term, s.Position)] = true
			}
		}
		words += len(want)
		missed := map[string]bool{}
		for _, w := range want {
			missed[w] = true
		}
		for _, g := range got {
			if !missed[g] && !spelled[g] {
				wrong++
				t.Errorf("%q: the script has %s", text[i], g)
			}
			delete(missed, g)
			delete(spelled, g)
		}
		for w := range missed {
			wrong++
			t.Errorf("%q: the script lacks %s", text[i], w)
		}
		for w := range spelled {
			wrong++
			t.Errorf("%q: the script lacks the spelling %s", text[i], w)
		}
		if wrong > 20 {
			t.Fatal("and so on")
		}
	}
	if words < 3000 {
		t.Errorf("only %d words were compared", words)
	}
}

// Each language of the pages has all the texts of the search.
func TestTexts(t *testing.T) {
	out := runScript(t, `import { texts, wordsFor } from './texts.js'
console.log(JSON.stringify(Object.fromEntries(Object.entries(texts).map(([l, t]) => [l, Object.keys(t).sort().join()]))))
console.log(JSON.stringify([wordsFor('de-CH').search, wordsFor('fr').search, wordsFor().search]))
`, "")
	first, second, _ := strings.Cut(string(out), "\n")
	var keys map[string]string
	if err := json.Unmarshal([]byte(first), &keys); err != nil {
		t.Fatal(err)
	}
	for _, lang := range brand.Languages {
		if keys[lang] == "" || keys[lang] != keys["en"] {
			t.Errorf("%s has the texts %s, English has %s", lang, keys[lang], keys["en"])
		}
	}
	if got, want := strings.TrimSpace(second), `["Suchen","Search","Search"]`; got != want {
		t.Errorf("the words of languages are %s, want %s", got, want)
	}
}
