// Package web serves the snapshots of the collectors: the metric pages for managers,
// for workers' caseloads and for the public, the landing page and the health endpoints.
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
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/publication"
	"childrens-services-exporter/exporter/rag"
)

// Exporter is everything the pages are made from. It must not be changed while a
// page is served.
type Exporter struct {
	Collectors []*collector.Collector
	Settings   config.Settings
	// Calendar is the council's, and Schedule sets when a closed period opens to the
	// public.
	Calendar *calendar.Calendar
	Schedule publication.Schedule
	// MaxAge is how long values are served after they were read.
	MaxAge time.Duration
	// PeriodAge is how long the periods of a scorecard are served, which are read
	// less often.
	PeriodAge time.Duration
	Workers   WorkerLabels
	// Benchmarks are the published figures; nil serves none.
	Benchmarks *benchmark.Table
	// Commentary is the folder of the council's commentary; nil without one.
	Commentary *commentary.Folder
	// Issues are the entries of the council's own that are left out.
	Issues []config.Issue
	Now    func() time.Time
}

// snapshots are the latest of all sources. A scrape is a function of them and of the
// time.
func (e *Exporter) snapshots() []*evaluate.Snapshot {
	snapshots := make([]*evaluate.Snapshot, len(e.Collectors))
	for i, collector := range e.Collectors {
		snapshots[i] = collector.Snapshot()
	}
	return snapshots
}

// indicators are those of the sources that are configured.
func (e *Exporter) indicators() []*definition.Indicator {
	var indicators []*definition.Indicator
	for _, snapshot := range e.snapshots() {
		for _, cohort := range snapshot.Cohorts {
			indicators = append(indicators, cohort.Cohort.Indicators...)
		}
	}
	return indicators
}

func allIndicators(*definition.Indicator) bool { return true }

func isPublic(indicator *definition.Indicator) bool { return indicator.Public != definition.PublicNone }

// collector makes the collector of a page. It sends the samples of static, computed
// once, and at each scrape those of write.
func (e *Exporter) collector(path string, static, write func(*pageWriter)) prometheus.Collector {
	page := newPageWriter(path, e.indicators())
	recorded := page.record(static)
	return uncheckedCollector{page: page, write: func(w *pageWriter) {
		for _, metric := range recorded {
			w.send(metric)
		}
		write(w)
	}}
}

// ManagersPage is the page of all indicators, live, with teams but without workers.
func (e *Exporter) ManagersPage() prometheus.Collector {
	static := func(w *pageWriter) {
		e.collectAuthority(w)
		e.collectLimits(w)
		e.collectChanges(w)
		e.collectBenchmarks(w, allIndicators)
	}
	return e.collector(ManagersPath, static, func(w *pageWriter) {
		now := e.Now()
		today := calendar.Today(now)
		for _, snapshot := range e.snapshots() {
			e.collectLive(w, snapshot, now)
		}
		e.collectInfo(w, today)
		e.collectTargets(w, today)
		e.collectOwners(w, today)
		e.collectCommentary(w, commentaryScope{
			day: today, covers: func(p calendar.Period) bool { return !p.Starts.After(today) }, include: allIndicators,
		})
		e.collectFirstReportedSince(w)
		e.collectConfigIssues(w)
		e.collectHealth(w)
	})
}

// collectLive writes the values of one source that are not too old.
func (e *Exporter) collectLive(w *pageWriter, snapshot *evaluate.Snapshot, now time.Time) {
	for _, cohort := range snapshot.Cohorts {
		if evaluate.IsFresh(cohort.Succeeded, now, e.MaxAge) {
			w.observations(withoutWorkers(cohort.Live))
			collectRatings(w, cohort.Ratings)
			collectTeamRatings(w, cohort.TeamRatings)
		}
		if evaluate.IsFresh(cohort.Periods.Succeeded, now, e.PeriodAge) && cohort.Live != nil {
			primary := rag.PrimaryKind(cohort.Periods.Observations)
			collectPeriods(w, rag.TrimForScrape(cohort.Periods.Ratings, primary))
			collectRevisions(w, cohort.Periods, primary)
			collectLastMeeting(w, cohort.Periods)
		}
	}
	if evaluate.IsFresh(snapshot.Succeeded, now, e.MaxAge) {
		collectDataQuality(w, snapshot)
	}
}

// collectInfo writes title, unit and direction of each indicator.
func (e *Exporter) collectInfo(w *pageWriter, day time.Time) {
	for indicator, targets := range e.targets() {
		w.gauge(indicatorInfoDesc, 1, indicator.Name, indicator.Reference, indicator.Title, indicator.Cohort.Topic,
			indicator.Unit, string(targets.Better(indicator, day)), formatInt(indicator.Version))
	}
}

func (e *Exporter) collectAuthority(w *pageWriter) {
	if authority := e.Settings.Authority; authority.Name != "" {
		w.gauge(authorityInfoDesc, 1, authority.Name, formatInt(authority.LACode), authority.Region)
	}
}

// collectLimits writes the limits that indicators use, for dashboards to draw as a
// line.
func (e *Exporter) collectLimits(w *pageWriter) {
	for _, indicator := range e.indicators() {
		for _, limit := range indicator.Limits {
			w.gauge(indicatorLimitDesc, float64(limit.Value), indicator.Name, limit.Name, limit.Unit)
		}
	}
}

// collectChanges writes the change log of the definitions.
func (e *Exporter) collectChanges(w *pageWriter) {
	for _, indicator := range e.indicators() {
		for _, change := range indicator.Changes {
			w.gauge(indicatorChangeInfoDesc, 1, indicator.Name, formatInt(change.Version), change.Day, change.What)
		}
	}
}

func collectDataQuality(w *pageWriter, snapshot *evaluate.Snapshot) {
	for _, table := range snapshot.Tables {
		for check, rows := range table.Checks {
			w.gauge(dataQualityRowsDesc, float64(rows), snapshot.Source, check)
		}
	}
}
