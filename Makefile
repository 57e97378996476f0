# What there is to do, in one place. Only Go is needed; `make eval` compares with pages annotated by hand.
GO ?= go
GOLD ?= testdata/gold
PAGES ?= testdata/site

.PHONY: build test race lint bench eval train

build:
	$(GO) build -trimpath -o bin/ ./cmd/...

test:
	$(GO) test -timeout 30m ./...

# Under the race detector: what many goroutines share. (`go test -race ./...` runs, and takes its time.)
race:
	$(GO) test -race -run 'Parallel|Moving|Follow|SameFiles' ./index ./graph ./search ./ingest/pipeline

lint:
	@unformatted=$$(gofmt -l cmd index graph ingest search); \
	  if [ -n "$$unformatted" ]; then echo "not formatted: $$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) test -count=1 -run 'TestImports|TestTopLevel|TestFiles' ./cmd/rapporteur

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...
	$(GO) run -tags sqlite_fts5 ./search/bench -pages 14000 $(PAGES)

eval: build
	bin/rapporteur eval $(GOLD) $(PAGES)
	$(GO) run ./ingest/training/measure -topics $(PAGES)
	@# cross-validated on the annotated pages, against the figures kept; minutes
	@if [ -d ../shared/gold ]; then $(GO) run ./ingest/training/measure; fi

# Learns the models of extraction again from ../shared; deterministic.
train:
	$(GO) run ./ingest/training/train
