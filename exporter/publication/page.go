package publication

import (
	"time"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/disclosure"
	"childrens-services-exporter/exporter/rag"
)

// Page is one cohort on the public page, after disclosure control. Ratings are those of
// the rounded values: a rating of exact values would give more away.
type Page struct {
	Observations []definition.Observation
	Ratings      []rag.Rating
	Series       []rag.PeriodRating
	// Suppressed and SuppressedSeries are the indicators of which a value is not shown.
	Suppressed, SuppressedSeries []disclosure.Suppressed
}

// Page applies disclosure control and rates what may be shown by the targets of a day.
func (v Values) Page(control disclosure.Policy, policy rag.Policy, day time.Time) Page {
	observations, series, suppressed, suppressedSeries := control.Apply(v.Observations, v.Series)
	return Page{
		Observations: observations, Ratings: policy.Ratings(observations, day), Series: policy.PeriodRatings(series),
		Suppressed: suppressed, SuppressedSeries: suppressedSeries,
	}
}
