// Package commentary reads what a council says about its numbers, and what
// happened around them: Markdown files that a committee officer can edit.
package commentary

import (
	"cmp"
	"slices"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/rag"
)

// Remark is what is said of one indicator in one period. Its texts are safe to
// show anywhere: see [Plain].
type Remark struct {
	Indicator *definition.Indicator
	Period    calendar.Period
	// Role is who says it, a post and never a name.
	Role string
	// Action is what is being done about it.
	Action string
	Text   string
}

// Event is something that happened on a day and may explain a bend in a line.
type Event struct {
	Name string
	Day  time.Time
}

// Book is everything a council has published.
type Book struct {
	remarks  []Remark
	Events   []Event
	Drafts   int
	Rejected []rag.Rejected
}

// Of is what is published of an indicator for a period.
func (b Book) Of(indicator *definition.Indicator, label string) (Remark, bool) {
	for _, remark := range b.remarks {
		if remark.Indicator == indicator && remark.Period.Label == label {
			return remark, true
		}
	}
	return Remark{}, false
}

// Latest is the remark on the latest of the periods that are to be spoken of, for
// each of the indicators, in the order of their names.
func (b Book) Latest(indicators []*definition.Indicator, spoken func(calendar.Period) bool) []Remark {
	var latest []Remark
	for _, remark := range b.remarks {
		if !slices.Contains(indicators, remark.Indicator) || !spoken(remark.Period) {
			continue
		}
		at := slices.IndexFunc(latest, func(r Remark) bool { return r.Indicator == remark.Indicator })
		switch {
		case at < 0:
			latest = append(latest, remark)
		case remark.Period.Ends.After(latest[at].Period.Ends),
			remark.Period.Ends.Equal(latest[at].Period.Ends) && remark.Period.Starts.After(latest[at].Period.Starts):
			latest[at] = remark
		}
	}
	slices.SortFunc(latest, func(a, b Remark) int { return cmp.Compare(a.Indicator.Name, b.Indicator.Name) })
	return latest
}

// Missing are the indicators that must have a remark on a period and have none.
func (b Book) Missing(indicators []*definition.Indicator, closed calendar.Period) []*definition.Indicator {
	var missing []*definition.Indicator
	for _, indicator := range indicators {
		if _, said := b.Of(indicator, closed.Label); indicator.Commentary && !said {
			missing = append(missing, indicator)
		}
	}
	return missing
}
