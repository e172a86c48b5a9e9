package web

import (
	_ "embed"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"childrens-services-exporter/exporter/collector"
)

//go:embed landing.html
var landingText string

type landingView struct {
	Authority, Version string
	Sources            []sourceView
}

type sourceView struct {
	*collector.State
	LastRead    string
	CohortViews []cohortView
}

type cohortView struct {
	Name, Title, LastRead, Duration, Problem string
	Rows                                     int64
	Series                                   int
}

// landing shows, per cohort, when it was read, how long it took, how many rows
// it has and what went wrong. It shows no value and no name of a column's
// content; the page is for the person who keeps the exporter running.
func (c *Exporter) landing(log *slog.Logger) http.HandlerFunc {
	page := template.Must(template.New("landing").Parse(landingText))
	return func(w http.ResponseWriter, _ *http.Request) {
		view := landingView{Authority: c.Settings.Authority.Name, Version: c.Version}
		for _, state := range c.states() {
			source := sourceView{State: state, LastRead: formatTime(state.Succeeded)}
			for _, one := range state.Cohorts {
				source.CohortViews = append(source.CohortViews, cohortView{
					Name: one.Cohort.Name, Title: one.Cohort.Title, LastRead: formatTime(one.Succeeded),
					Duration: one.Duration.Round(time.Millisecond).String(), Problem: one.Problem,
					Rows: one.Rows, Series: series(one),
				})
			}
			view.Sources = append(view.Sources, source)
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		if err := page.Execute(w, view); err != nil {
			log.Warn("cannot write the landing page", "err", err)
		}
	}
}

func formatTime(t time.Time) string {
	if t.IsZero() {
		return "not yet"
	}
	return t.UTC().Format("2006-01-02 15:04:05 UTC")
}
