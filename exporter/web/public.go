package web

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/collector"
)

// PublicPage is the page for screens that anyone may see: authority-level values of
// the allow-list, as they stood when the last period closed, after disclosure
// control. It changes when the next period opens to the public.
func (c *Exporter) PublicPage() prometheus.Collector {
	return uncheckedCollector(func(emit func(prometheus.Metric)) {
		now := c.Now()
		periods := map[string]bool{}
		day := calendar.Today(now)
		for _, collector := range c.Collectors {
			open := collector.OpenPeriod(now)
			day = open.Ends
			for _, cohort := range collector.State().Cohorts {
				if c.published(cohort, open.Label, now) {
					c.collectPublished(emit, cohort, day)
					periods[cohort.PublishedPeriod] = true
				}
			}
		}
		for label := range periods {
			emit(gauge("childrens_public_period_info", "The closed period that public values belong to.",
				[]string{"period"}, []string{label}, 1))
		}
		c.collectMetadata(emit, day)
		c.collectBenchmarks(emit, isPublic)
		// The day after, the period that is open to the public is the last that closed.
		c.collectCommentary(emit, day.AddDate(0, 0, 1), func(p calendar.Period) bool { return !p.Ends.After(day) }, isPublic)
		c.collectFreshness(emit)
	})
}

// published reports whether a cohort's closed period is the one that is open to
// the public. For as long as values stay anyway, the one before it is too: a
// cohort that fails must not show last quarter's figures beside this quarter's.
func (c *Exporter) published(cohort collector.CohortState, open string, now time.Time) bool {
	return cohort.PublishedPeriod != "" &&
		(cohort.PublishedPeriod == open || collector.Fresh(cohort.Succeeded, now, c.MaxAge))
}

func (c *Exporter) collectPublished(emit func(prometheus.Metric), cohort collector.CohortState, day time.Time) {
	shown, series, held, heldSeries := c.Disclosure.Apply(cohort.Published, cohort.PublishedSeries)
	collectObservations(emit, shown)
	c.collectRatings(emit, shown, day)
	collectPeriods(emit, c.RAG.PeriodRatings(series))
	for _, one := range held {
		emit(gauge("childrens_suppressed", "1 where a value is held back so that it cannot identify a child.",
			[]string{"indicator", "reason", "window"}, []string{one.Indicator.Name, one.Reason, one.Window}, 1))
	}
	for _, one := range heldSeries {
		emit(gauge("childrens_period_suppressed", "1 where the closed periods of an indicator are not all shown, so that none can identify a child.",
			[]string{"indicator", "reason", "kind"}, []string{one.Indicator.Name, one.Reason, one.Window}, 1))
	}
}
