package web

import (
	"cmp"
	_ "embed"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/common/version"
)

//go:embed landing.html
var landingText string

type landingView struct {
	Authority, Version string
	Sources            []sourceView
}

type sourceView struct {
	Source, LastRead, Problem string
	Cohorts                   []cohortView
}

type cohortView struct {
	Name, Title, LastRead, Duration, Problem string
	Rows                                     int64
	Series                                   int
}

// landing serves the landing page, for operators: per cohort, when it was read, how
// long it took, its number of rows and its problem. It has no value of an indicator and
// nothing of a row.
func (e *Exporter) landing(log *slog.Logger) http.HandlerFunc {
	page := template.Must(template.New("landing").Parse(landingText))
	return func(w http.ResponseWriter, _ *http.Request) {
		view := landingView{Authority: e.Settings.Authority.Name, Version: cmp.Or(version.Version, "development")}
		for _, snapshot := range e.snapshots() {
			source := sourceView{Source: snapshot.Source, LastRead: formatTime(snapshot.Succeeded), Problem: snapshot.Problem}
			for _, cohort := range snapshot.Cohorts {
				source.Cohorts = append(source.Cohorts, cohortView{
					Name: cohort.Cohort.Name, Title: cohort.Cohort.Title, LastRead: formatTime(cohort.Succeeded),
					Duration: cohort.Duration.Round(time.Millisecond).String(), Problem: cohort.Problem,
					Rows: cohort.Rows, Series: cohort.Series,
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
