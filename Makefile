# What there is to do, in one place. Only Go is needed; `make eval` compares with pages annotated by hand.
GO ?= go
GOLD ?= testdata/gold
PAGES ?= testdata/site

.PHONY: build test short race lint bench bench-scale eval train release licences sbom torture vulnerabilities

build:
	$(GO) build -trimpath -o bin/ ./cmd/...

test:
	$(GO) test -timeout 30m ./...

# What can be said of a change in a minute: no browser, no other program, no site of thousands of pages.
short:
	$(GO) test -short ./...

# Under the race detector: what many goroutines share. (`go test -race ./...` runs, and takes its time.)
race:
	$(GO) test -race -run 'Parallel|Moving|Follow|SameFiles' ./index ./graph ./search ./search/store ./ingest/pipeline

lint:
	@unformatted=$$(gofmt -l cmd index graph ingest search); \
	  if [ -n "$$unformatted" ]; then echo "not formatted: $$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	@# What no program runs. ingest/invent, ingest/storetest, index/indextest, graph/graphtest and search/searchtest are for tests.
	@unused=$$($(GO) tool deadcode ./... | grep -vE '^(ingest/(invent|storetest)|index/indextest|graph/graphtest|search/searchtest)/'); \
	  if [ -n "$$unused" ]; then echo "not run by any program:"; echo "$$unused"; exit 1; fi
	$(GO) test -count=1 -run 'TestImports|TestTopLevel|TestFiles' ./cmd/rapporteur

# Kills, full disks, failing calls, damaged files, hostile pages, fuzzing: minutes, or as long as FOR says (FOR=8h).
FOR ?= 10m
torture: build
	$(GO) run ./search/torture -for $(FOR) $(TORTURE) bin/rapporteur

# Known vulnerabilities of what is in the program, where the database of Go can be had.
vulnerabilities:
	@if curl -fsSI -m 10 https://vuln.go.dev/index/db.json >/dev/null 2>&1; then \
	    $(GO) run golang.org/x/vuln/cmd/govulncheck@v1.9.0 ./cmd/rapporteur; \
	  else echo "vulnerabilities: not looked for: https://vuln.go.dev cannot be reached from here"; fi

# What is in the program, as CycloneDX.
sbom: build
	@bin/rapporteur sbom

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...
	$(GO) run -tags sqlite_fts5 ./search/bench -pages 14000 $(PAGES)

# How time, memory and disk grow with the site, on invented pages, beside Pagefind and SQLite FTS5; 100,000 pages take an hour.
SIZES ?= 1000,3000,10000
PAGEFIND ?= npx --yes pagefind@1.6.0
bench-scale:
	$(GO) run -tags sqlite_fts5 ./search/bench -scale $(SIZES) -pagefind "$(PAGEFIND)"

eval: build
	bin/rapporteur eval $(GOLD) $(PAGES)
	$(GO) run ./ingest/training/measure -topics $(PAGES)
	@# cross-validated on the annotated pages, against the figures kept; minutes
	@if [ -d ../shared/gold ]; then $(GO) run ./ingest/training/measure; fi

# Learns the models of extraction again from ../shared; deterministic.
train:
	$(GO) run ./ingest/training/pack
	$(GO) run ./ingest/training/train

# Static programs for the systems that people have, the same bytes from the same commit, with their checksums.
PLATFORMS ?= linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64
release:
	rm -rf dist && mkdir dist
	@set -e; for p in $(PLATFORMS); do os=$${p%/*} arch=$${p#*/}; name=rapporteur-$$os-$$arch; \
	  [ $$os != windows ] || name=$$name.exe; echo $$name; \
	  CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch $(GO) build -trimpath -ldflags="-s -w -buildid=" -o dist/$$name ./cmd/rapporteur; done
	cd dist && sha256sum rapporteur-* > SHA256SUMS

# The modules that are in the program, with their versions; NOTICE has the sources of data.
licences:
	@$(GO) list -deps -f '{{with .Module}}{{if .Version}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}' ./cmd/rapporteur | sort -u | \
	  while read -r path version dir; do printf '%s %s %s\n' "$$path" "$$version" \
	    "$$(ls "$$dir" | grep -iE '^(licen[cs]e|copying|unlicense)' | head -n 1 | xargs -I F sh -c "grep -m1 -oiE 'apache license|mit license|bsd|mozilla public|isc license|permission is hereby granted|redistribution and use|creative commons|unlicense' '$$dir/F'" | head -n 1)"; done
