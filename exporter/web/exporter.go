// Package web serves what was collected: the pages for managers, for workers'
// caseloads and for the public, the landing page and the health endpoints.
package web

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"childrens-services-exporter/exporter/benchmark"
	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/commentary"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/disclosure"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/rag"
)

// Exporter is everything the pages are made from.
type Exporter struct {
	Collectors []*collector.Collector
	Settings   config.Settings
	Disclosure disclosure.Policy
	RAG        rag.Policy
	// MaxAge is how long values are served after they were read.
	MaxAge time.Duration
	// PeriodAge is how long the periods of a scorecard are served, which are read
	// less often.
	PeriodAge time.Duration
	Workers   WorkerLabels
	// Benchmarks are the published figures; nil serves none.
	Benchmarks *benchmark.Table
	// Commentary is what the council says of its numbers; nil is nothing at all.
	Commentary *commentary.Folder
	// Issues are the entries of the council's own that are left out.
	Issues  []config.Issue
	Now     func() time.Time
	Version string
}

func (c *Exporter) states() []*collector.State {
	states := make([]*collector.State, len(c.Collectors))
	for i, collector := range c.Collectors {
		states[i] = collector.State()
	}
	return states
}

// uncheckedCollector is a collector whose families depend on the catalogue and the data, so
// that it cannot describe them beforehand.
type uncheckedCollector func(emit func(prometheus.Metric))

// Describe sends nothing: an unchecked collector.
func (p uncheckedCollector) Describe(chan<- *prometheus.Desc) {}

// Collect sends the page's metrics from memory.
func (p uncheckedCollector) Collect(into chan<- prometheus.Metric) {
	p(func(metric prometheus.Metric) { into <- metric })
}

func gauge(name, help string, labels, values []string, value float64) prometheus.Metric {
	desc := prometheus.NewDesc(name, help, labels, nil)
	metric, err := prometheus.NewConstMetric(desc, prometheus.GaugeValue, value, values...)
	if err != nil {
		return prometheus.NewInvalidMetric(desc, err)
	}
	return metric
}

func collectObservations(emit func(prometheus.Metric), readings []definition.Observation) {
	for _, reading := range readings {
		for _, sample := range reading.Samples() {
			emit(gauge(sample.Family.Name, sample.Family.Help, sample.Family.Labels, sample.Labels, sample.Value))
		}
	}
}

// ManagersPage is the page of all indicators, live, with teams but without workers.
func (c *Exporter) ManagersPage() prometheus.Collector {
	return uncheckedCollector(func(emit func(prometheus.Metric)) {
		now := c.Now()
		for _, state := range c.states() {
			for _, cohort := range state.Cohorts {
				if collector.Fresh(cohort.Succeeded, now, c.MaxAge) {
					collectObservations(emit, withoutWorkers(cohort.Live))
					c.collectRatings(emit, cohort.Live, calendar.Today(now))
				}
				if collector.Fresh(cohort.Periods.Succeeded, now, c.PeriodAge) && cohort.Live != nil {
					judgedBy := rag.PrimaryKind(cohort.Periods.Observations)
					collectPeriods(emit, rag.TrimForScrape(c.RAG.PeriodRatings(cohort.Periods.Observations), judgedBy))
					collectRevisions(emit, cohort.Periods, judgedBy)
				}
			}
			if collector.Fresh(state.Succeeded, now, c.MaxAge) {
				collectDataQuality(emit, state)
			}
		}
		c.collectMetadata(emit, calendar.Today(now))
		c.collectOwners(emit, calendar.Today(now))
		c.collectChanges(emit)
		c.collectBenchmarks(emit, allIndicators)
		today := calendar.Today(now)
		c.collectCommentary(emit, today, func(p calendar.Period) bool { return !p.Starts.After(today) }, allIndicators)
		c.collectFirstReportedSince(emit)
		c.collectConfigIssues(emit)
		c.collectHealth(emit)
	})
}

func withoutWorkers(readings []definition.Observation) []definition.Observation {
	var kept []definition.Observation
	for _, reading := range readings {
		if !reading.Workers {
			kept = append(kept, reading)
		}
	}
	return kept
}

// WorkersPage is the page of caseloads by worker.
func (c *Exporter) WorkersPage() prometheus.Collector {
	return uncheckedCollector(func(emit func(prometheus.Metric)) {
		now := c.Now()
		for _, state := range c.states() {
			for _, cohort := range state.Cohorts {
				if !collector.Fresh(cohort.Succeeded, now, c.MaxAge) {
					continue
				}
				for _, reading := range cohort.Live {
					if reading.Workers {
						collectObservations(emit, c.Workers.rename(reading))
					}
				}
			}
		}
	})
}

func (c *Exporter) collectMetadata(emit func(prometheus.Metric), day time.Time) {
	c.collectTargets(emit, day)
	c.collectLimits(emit)
	authority := c.Settings.Authority
	if authority.Name != "" {
		emit(gauge("childrens_authority_info", "The council.", []string{"name", "la_code", "authority_region"},
			[]string{authority.Name, formatInt(authority.LACode), authority.Region}, 1))
	}
	for _, indicator := range c.indicators() {
		emit(gauge("childrens_indicator_info", "An indicator and the version of its definition.",
			[]string{"indicator", "reference", "title", "topic", "unit", "better", "definition_version"},
			[]string{indicator.Name, indicator.Reference, indicator.Title, indicator.Cohort.Topic,
				indicator.Unit, string(c.RAG.Targets.Better(indicator, day)), formatInt(indicator.Version)}, 1))
	}
}

// indicators are those of the sources that are configured.
func (c *Exporter) indicators() []*definition.Indicator {
	var all []*definition.Indicator
	for _, state := range c.states() {
		for _, cohort := range state.Cohorts {
			all = append(all, cohort.Cohort.Indicators...)
		}
	}
	return all
}

func collectDataQuality(emit func(prometheus.Metric), state *collector.State) {
	for _, table := range state.Tables {
		collectChecks(emit, state.Source, table)
	}
}

func collectChecks(emit func(prometheus.Metric), source string, table guard.TableStats) {
	for check, rows := range table.Checks {
		emit(gauge("childrens_data_quality_rows", "Rows of a staging relation that a check finds wrong.",
			[]string{"source", "check"}, []string{source, check}, float64(rows)))
	}
}
