package web

import (
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/commentary"
	"childrens-services-exporter/exporter/definition"
)

// commentaryScope limits the commentary of a page.
type commentaryScope struct {
	// day is the day that the page is as of.
	day time.Time
	// covers reports whether commentary on a period may be served.
	covers  func(calendar.Period) bool
	include func(*definition.Indicator) bool
}

// collectCommentary writes the latest commentary on each indicator of the scope,
// and which indicators lack one.
func (e *Exporter) collectCommentary(w *pageWriter, scope commentaryScope) {
	comments, ok := e.commentary()
	if !ok {
		return
	}
	var indicators []*definition.Indicator
	for _, indicator := range e.indicators() {
		if scope.include(indicator) {
			indicators = append(indicators, indicator)
		}
	}
	for _, entry := range comments.Latest(indicators, scope.covers) {
		w.gauge(commentaryInfoDesc, 1, entry.Indicator.Name, entry.Period.Label, entry.Text, entry.Role, entry.Action)
	}
	if closed, err := commentary.LastQuarter(e.Calendar, scope.day); err == nil {
		for _, indicator := range comments.Missing(indicators, closed) {
			w.gauge(commentaryMissingDesc, 1, indicator.Name, closed.Label)
		}
	}
	for _, event := range comments.Events {
		w.gauge(eventInfoDesc, 1, event.Name, event.Day.Format(time.DateOnly))
		w.gauge(eventTimestampDesc, float64(event.Day.Add(12*time.Hour).Unix()), event.Name)
	}
}

// commentary is the commentary of the folder and of the tables, and whether the
// council has either. Files take precedence over tables.
func (e *Exporter) commentary() (commentary.Collection, bool) {
	var comments commentary.Collection
	ok := e.Commentary != nil
	if ok {
		comments = e.Commentary.Collection()
	}
	for _, snapshot := range e.snapshots() {
		comments = comments.Merge(snapshot.Commentary)
		ok = ok || snapshot.HasCommentary || len(snapshot.Commentary.Events) > 0
	}
	return comments, ok && len(e.Collectors) > 0
}
