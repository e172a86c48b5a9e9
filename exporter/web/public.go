package web

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/publication"
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
		for _, snapshot := range e.snapshots() {
			open := e.Schedule.OpenPeriod(e.Calendar, calendar.Today(now))
			day = open.Ends
			for _, cohort := range snapshot.Cohorts {
				if e.published(cohort, open.Label, now) {
					collectPublished(w, cohort.Page)
					periods[cohort.Published.Period] = true
				}
			}
		}
		for label := range periods {
			w.gauge(publicPeriodInfoDesc, 1, label)
		}
		e.collectInfo(w, day)
		e.collectTargets(w, day)
		e.collectCommentary(w, commentaryScope{
			// On the day after its end, the open period of the page is the last that
			// closed.
			day: day.AddDate(0, 0, 1), covers: func(p calendar.Period) bool { return !p.Ends.After(day) }, include: isPublic,
		})
		e.collectFreshness(w)
	})
}

// published reports whether a cohort's values are served: those of the period that is
// open to the public, and those of the one before while they are fresh. A cohort that
// fails must not show last quarter's figures beside this quarter's.
func (e *Exporter) published(cohort evaluate.CohortSnapshot, open string, now time.Time) bool {
	return cohort.Published.Period != "" &&
		(cohort.Published.Period == open || evaluate.IsFresh(cohort.Succeeded, now, e.MaxAge))
}

func collectPublished(w *pageWriter, page publication.Page) {
	w.observations(page.Observations)
	collectRatings(w, page.Ratings)
	collectPeriods(w, page.Series)
	for _, value := range page.Suppressed {
		w.gauge(indicatorSuppressedDesc, 1, value.Indicator.Name, value.Reason, value.Window)
	}
	for _, value := range page.SuppressedSeries {
		w.gauge(indicatorPeriodSuppressedDesc, 1, value.Indicator.Name, value.Reason, value.Window)
	}
}
