# Signaalboek. `make run` shows the demonstration, `make test` proves everything.

BINARY  := bin/signaalboek
VERSION := $(shell git describe --tags --always 2>/dev/null || echo dev)

.PHONY: all build run test tools look bench fuzz soak esdb-suite guard-report attack-report clean

all: build

build:
	go build -trimpath -ldflags "-X main.release=$(VERSION)" -o $(BINARY) ./cmd/signaalboek
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o bin/signaalboek-verify ./cmd/signaalboek-verify

# The demonstration ledger of Harelbeke on the embedded log. It prints where it is.
run: build
	$(BINARY) demo

# Everything that must hold: form, rules, races, pages in a browser.
test: tools
	@test -z "$$(gofmt -l .)" || { echo "not gofmt-ed:"; gofmt -l .; exit 1; }
	go mod tidy -diff
	go vet ./...
	go test -race -timeout 14m ./...
	cd ops/bench && go vet ./... && go test ./...

# What the tests need beside Go: a browser, axe-core to look through its eyes, PostgreSQL and GLPK.
tools:
	@sh ops/tools.sh

# Where the code is long: something to look at, not a rule.
look:
	@find . -name '*.go' ! -name '*_test.go' -not -path './.git/*' | xargs wc -l | sort -rn | head -20

# Speed, as ratios measured side by side in one run: see ops/docs/performance.md.
bench:
	cd ops/bench && go run .

# Every fuzz target for a while each.
fuzz:
	@sh ops/fuzz.sh

# The crash tests, many more times than a test run does.
soak:
	go test -race -timeout 60m -run 'Kill' ./ops/eventlog/sqlite -args -kills=500
	go test -race -timeout 60m -run 'Kill' -v ./ops/eventlog/esdb -args -storms=30
	go test -race -timeout 60m -run 'Storm' -v ./cmd/signaalboek -args -storm=10m
	go test -race -timeout 60m -run 'Kill' ./ops/migrate -args -kills=200
	go test -race -timeout 60m -run 'Kill' ./ops/transparency -args -kills=200
	go test -race -timeout 60m -run 'Kill' ./cmd/signaalboek -args -moves=100

# The contract of the store as one static program: bin/esdb-suite esdb://… proves it on a real EventStoreDB.
esdb-suite:
	CGO_ENABLED=0 go test -c -trimpath -o bin/esdb-suite ./ops/eventlog/esdb

# What the guard finds in the test part of its corpus, and how fast, beside its goals.
guard-report:
	@go test -count=1 -v -run '^TestReport$$' ./domain/guard -args -report

# What an attacker finds in the releases of five hundred populations, beside the goals. A killed run goes on where it was.
ATTACK_STATE ?= data/attack.jsonl
attack-report:
	@mkdir -p $(dir $(ATTACK_STATE))
	go test -count=1 -timeout 30m -run 'WhatIsLetOut|Simplex' ./domain/disclosure -args -populations=14 -glpk-every=1
	go run ./ops/attack -populations 500 -state $(ATTACK_STATE)

clean:
	rm -rf bin
