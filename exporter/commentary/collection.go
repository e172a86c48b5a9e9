// Package commentary reads the commentary that a council publishes beside its indicators, and the events that explain them,
// from Markdown files that a committee officer can edit and from tables.
package commentary

import (
	"cmp"
	"slices"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

// Entry is the commentary on one indicator in one period. Its texts are safe to show anywhere: see [Sanitise].
type Entry struct {
	Indicator *definition.Indicator
	Period    calendar.Period
	// Role is the post of the author, never a name.
	Role string
	// Action is what the council is doing about it.
	Action string
	Text   string
}

// Collection is all commentary that a council has published.
type Collection struct {
	entries []Entry
	Events  []Event
	Drafts  int
	Issues  []config.Issue
}

// Find is the published commentary on an indicator in the period of a label.
func (b Collection) Find(indicator *definition.Indicator, label string) (Entry, bool) {
	for _, entry := range b.entries {
		if entry.Indicator == indicator && entry.Period.Label == label {
			return entry, true
		}
	}
	return Entry{}, false
}

// Latest is the entry of the latest period that the filter accepts, for each of the indicators, in the order of their names.
func (b Collection) Latest(indicators []*definition.Indicator, periodFilter func(calendar.Period) bool) []Entry {
	var latest []Entry
	for _, entry := range b.entries {
		if !slices.Contains(indicators, entry.Indicator) || !periodFilter(entry.Period) {
			continue
		}
		at := slices.IndexFunc(latest, func(r Entry) bool { return r.Indicator == entry.Indicator })
		switch {
		case at < 0:
			latest = append(latest, entry)
		case entry.Period.Ends.After(latest[at].Period.Ends),
			entry.Period.Ends.Equal(latest[at].Period.Ends) && entry.Period.Starts.After(latest[at].Period.Starts):
			latest[at] = entry
		}
	}
	slices.SortFunc(latest, func(a, b Entry) int { return cmp.Compare(a.Indicator.Name, b.Indicator.Name) })
	return latest
}

// Missing lists the indicators that need commentary on a period and have none.
func (b Collection) Missing(indicators []*definition.Indicator, closed calendar.Period) []*definition.Indicator {
	var missing []*definition.Indicator
	for _, indicator := range indicators {
		if _, ok := b.Find(indicator, closed.Label); indicator.Commentary && !ok {
			missing = append(missing, indicator)
		}
	}
	return missing
}
