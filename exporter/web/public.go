package web

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/collector"
)

// PublicPage is the page for screens that anyone may see: authority-level values
// of the allow-list, as they stood when the last period closed, after disclosure
// control. It changes when the next period opens to the public.
func (e *Exporter) PublicPage() prometheus.Collector {
	static := func(w *pageWriter) {
		e.collectAuthority(w)
		e.collectLimits(w)
		e.collectBenchmarks(w, isPublic)
	}
	return e.collector(PublicPath, static, func(w *pageWriter) {
		now := e.Now()
		periods := map[string]bool{}
		day := calendar.Today(now)
		for _, collector := range e.Collectors {
			open := collector.OpenPeriod(now)
			day = open.Ends
			for _, cohort := range collector.State().Cohorts {
				if e.published(cohort, open.Label, now) {
					e.collectPublished(w, cohort, day)
					periods[cohort.PublishedPeriod] = true
				}
			}
		}
		for label := range periods {
			w.gauge(publicPeriodInfoDesc, 1, label)
		}
		e.collectInfo(w, day)
		e.collectTargets(w, day)
		e.collectCommentary(w, commentaryScope{
			// On the day after, the period that is open to the public is the last that closed.
			day: day.AddDate(0, 0, 1), covers: func(p calendar.Period) bool { return !p.Ends.After(day) }, wanted: isPublic,
		})
		e.collectFreshness(w)
	})
}

// published reports whether a cohort's closed period is the one that is open to
// the public. The one before it is served for as long as values may be old: a
// cohort that fails must not show last quarter's figures beside this quarter's.
func (e *Exporter) published(cohort collector.CohortState, open string, now time.Time) bool {
	return cohort.PublishedPeriod != "" &&
		(cohort.PublishedPeriod == open || collector.Fresh(cohort.Succeeded, now, e.MaxAge))
}

func (e *Exporter) collectPublished(w *pageWriter, cohort collector.CohortState, day time.Time) {
	observations, periods, suppressed, suppressedPeriods := e.Disclosure.Apply(cohort.Published, cohort.PublishedSeries)
	w.observations(observations)
	e.collectRatings(w, observations, day)
	collectPeriods(w, e.RAG.PeriodRatings(periods))
	for _, value := range suppressed {
		w.gauge(indicatorSuppressedDesc, 1, value.Indicator.Name, value.Reason, value.Window)
	}
	for _, value := range suppressedPeriods {
		w.gauge(indicatorPeriodSuppressedDesc, 1, value.Indicator.Name, value.Reason, value.Window)
	}
}
