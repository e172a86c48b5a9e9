# make help lists the targets.

GOLANGCI_LINT_VERSION = v2.15.0
GOLANGCI_LINT         = .tools/golangci-lint-$(GOLANGCI_LINT_VERSION)
VERSION               = $(shell git describe --tags --always --dirty 2>/dev/null || echo development)
REVISION              = $(shell git rev-parse HEAD 2>/dev/null || echo unknown)
BRANCH                = $(shell git rev-parse --abbrev-ref HEAD 2>/dev/null || echo unknown)
EXPORTER              = bin/childrens-services-exporter
DEMO                  = bin/childrens-services-demo
# What --version prints and childrens_exporter_build_info carries.
VERSION_PACKAGE       = github.com/prometheus/common/version
VERSION_FLAGS         = -X $(VERSION_PACKAGE).Version=$(VERSION) -X $(VERSION_PACKAGE).Revision=$(REVISION) -X $(VERSION_PACKAGE).Branch=$(BRANCH)

# As in: make demo DEMO_FLAGS='-profile croydon -seed 7'
DEMO_FLAGS ?=
# As in: make test TEST_FLAGS='-run Period' PACKAGES=./exporter/calendar
TEST_FLAGS ?=
PACKAGES   ?= ./...
# Packages with goroutines of their own, as one pattern. The race detector costs three to five times the time, and finds
# nothing in the others.
CONCURRENT = $(shell grep -rlE '"sync|x/sync/|^[[:space:]]*go [a-z]' --include='*.go' cmd exporter internal grafana deploy | \
	xargs -n 1 dirname | sort -u | sed 's|.*|/&$$|' | paste -sd '|' -)
# Tests of numbers over whole councils and over decades of days: all their work is the database's and one goroutine's, so
# they run without the race detector.
NUMBERS = ^(TestCouncil|TestScorecard|TestGoldenCouncils|TestEveryBuildGivesTheSameNumbers|TestReportedPeriodsTile|TestRunningWindowEndsOnTheDay|TestClosedWindowIsTheLastThatEndedBefore|TestWorkingDaysEqualASlowCount|TestLabelIsTheSameOpenClosedAndLive)$$
NUMBERS_PACKAGES = /cmd/childrens-services-exporter$$|/exporter/source$$|/exporter/calendar$$
# Packages whose tests start no PostgreSQL, found by what their test programs are linked from.
WITHOUT_DATABASE = $(shell go list -test -f '{{.ImportPath}} {{join .Deps " "}}' ./... | \
	awk '$$1 ~ /\.test$$/ && !/internal\/temppg/ { sub(/\.test$$/, "", $$1); print $$1 }')
# As in: make look LOOK_FLAGS='look-pictures wallboards'
LOOK_FLAGS ?=

# As in: make prove REFERENCE_SEEDS=20 MUTANTS='-every 40 -first 7'
REFERENCE_SEEDS ?= 200
MUTANTS      ?= -indicators

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: tools build-demo ## a synthetic council, the exporter, Prometheus and dashboards on this machine; Ctrl-C removes it all
	@exec $(DEMO) -exporter $(EXPORTER) $(DEMO_FLAGS)

.PHONY: smoke
smoke: tools build-demo ## the demo without a terminal, on free ports, with everything checked
	@exec $(DEMO) -exporter $(EXPORTER) -smoke $(DEMO_FLAGS)

.PHONY: check
check: lint ## golangci-lint and the tests that need no database, for the inner loop
	go test $(WITHOUT_DATABASE)

.PHONY: test
test: tools tools-compiler ## go vet and all tests, on a real PostgreSQL, with the race detector where there are goroutines
	go vet $(PACKAGES)
	go list $(PACKAGES) | grep -E '$(CONCURRENT)' | CGO_ENABLED=1 xargs -r go test -race -p 2 -timeout 40m -skip '$(NUMBERS)' $(TEST_FLAGS)
	go list $(PACKAGES) | grep -vE '$(CONCURRENT)' | xargs -r go test -p 2 -timeout 40m $(TEST_FLAGS)
	go list $(PACKAGES) | grep -E '$(NUMBERS_PACKAGES)' | xargs -r go test -p 2 -timeout 40m -run '$(NUMBERS)' $(TEST_FLAGS)
	@# A module of its own, so that the exporter does not depend on all that Alertmanager does.
	cd deploy/alertmanager && go vet ./... && go test ./...

.PHONY: prove
prove: tools ## that every number is right: golden councils, the reference implementation on random ones, a scorecard of all, mutants of all definitions
	go test -count 1 -v -run '^TestGoldenCouncils$$|^TestEveryIndicatorIsExpectedByAGoldenCouncil$$' ./exporter/source
	REFERENCE_SEEDS=$(REFERENCE_SEEDS) go test -count 1 -v -timeout 90m -run '^TestAgreement$$' ./internal/reference
	EVERY_DAY=1 go test -count 1 -v -timeout 60m -run '^TestCouncil$$' ./cmd/childrens-services-exporter
	go test -count 1 -v -timeout 20m -run '^TestScorecard$$' ./cmd/childrens-services-exporter
	go run ./internal/verify $(MUTANTS)

.PHONY: prove-sample
prove-sample: tools ## a fortieth of the mutants, as in: make prove-sample MUTANTS='-every 40 -first 7'
	go run ./internal/verify -every 40 -councils 8 $(filter-out -indicators,$(MUTANTS))

.PHONY: attack
attack: tools ## deduce what is suppressed on the public pages of synthetic councils, as in: make attack ATTACK='-seeds 20 -profiles small,wokingham'
	go run ./internal/attack $(ATTACK)

.PHONY: bench
bench: tools ## a live collection and a year of history, as multiples of one pass over the columns needed
	go test -run '^$$' -bench . -benchtime 1x -timeout 30m $(TEST_FLAGS) $(PACKAGES)

.PHONY: lint
lint: go $(GOLANGCI_LINT) ## golangci-lint, which is installed in .tools
	$(GOLANGCI_LINT) run

.PHONY: fmt
fmt: go $(GOLANGCI_LINT) ## format the Go files
	$(GOLANGCI_LINT) fmt

.PHONY: build
build: go ## the exporter, as one static program, in bin
	CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags '-s -w $(VERSION_FLAGS)' \
		-o $(EXPORTER) ./cmd/childrens-services-exporter

.PHONY: build-demo
build-demo: build
	@CGO_ENABLED=0 go build -trimpath -buildvcs=false -o $(DEMO) ./cmd/childrens-services-demo

.PHONY: dashboards
dashboards: go ## write grafana/dashboards and the recording rules they ask from the definitions and grafana/pages
	go run ./grafana/generate

.PHONY: rules
rules: go ## write the alerts of deploy/prometheus/rules from the definitions
	go run ./deploy/prometheus/generate

.PHONY: look
look: ## open every dashboard of the Grafana at GRAFANA_URL in a browser, take pictures, and complain as a person would
	@scripts/tools.sh browser
	@npm install --prefix grafana/look --no-audit --no-fund --silent
	@node grafana/look/look.mjs $(LOOK_FLAGS)

.PHONY: look-report
look-report: tools build-demo ## write the demo council's report and look at it in a browser: axe, a phone, paper; PDF and pictures in look-pictures
	@scripts/tools.sh browser
	@npm install --prefix grafana/look --no-audit --no-fund --silent
	@mkdir -p look-pictures/reports
	@$(DEMO) -exporter $(EXPORTER) -profile small $(DEMO_FLAGS) -report look-pictures/reports
	@node grafana/look/report.mjs look-pictures/reports look-pictures

.PHONY: tools
tools: go ## install PostgreSQL and Prometheus from the system's packages if they are missing; starts no service
	@scripts/tools.sh postgres prometheus

.PHONY: tools-compiler
tools-compiler:
	@scripts/tools.sh compiler

.PHONY: go
go:
	@command -v go >/dev/null || { echo "Go 1.26 or newer is needed: https://go.dev/dl" >&2; exit 1; }

$(GOLANGCI_LINT):
	@echo "Installing golangci-lint $(GOLANGCI_LINT_VERSION) in .tools; this takes some minutes, once."
	GOBIN=$(CURDIR)/.tools go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_LINT_VERSION)
	mv .tools/golangci-lint $@
