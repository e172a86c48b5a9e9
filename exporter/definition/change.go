package definition

import (
	"cmp"
	"slices"
	"time"

	"childrens-services-exporter/exporter/config/strictyaml"
)

// Change is an entry of a definition's change log: what a version counts
// differently from the version before.
type Change struct {
	Version int       `json:"version"`
	Date    time.Time `json:"-"`
	// Day is the date as the definition writes it.
	Day  string `json:"date"`
	What string `json:"what"`
}

type changeFile struct {
	Version strictyaml.WholeNumber `yaml:"version"`
	Date    strictyaml.Scalar      `yaml:"date"`
	What    string                 `yaml:"what"`
}

// changes reads the change log of a definition, which has an entry for every
// version but the first: a committee that sees a number jump asks whether the
// children changed or the counting.
func (b builder) changes(indicator *Indicator, input *indicatorFile) error {
	if len(input.Changes) != max(0, indicator.Version-1) {
		return b.at(input.Name.Line, "indicator %s: version %d needs %d entries in changes, one for each version from 2 on, with version, date and what",
			indicator.Name, indicator.Version, max(0, indicator.Version-1))
	}
	for i, change := range input.Changes {
		date, err := time.Parse(time.DateOnly, change.Date.Text)
		switch {
		case int(change.Version) != i+2:
			return b.at(lineOf(change.Date, input.Name), "indicator %s: the changes begin with version 2 and leave none out", indicator.Name)
		case err != nil:
			return b.at(lineOf(change.Date, input.Name), "indicator %s: date %q of a change is not a day such as 2026-12-01", indicator.Name, change.Date.Text)
		case change.What == "":
			return b.at(lineOf(change.Date, input.Name), "indicator %s: what is missing; say in a sentence what is counted differently", indicator.Name)
		}
		indicator.Changes = append(indicator.Changes, Change{Version: int(change.Version), Date: date, Day: change.Date.Text, What: change.What})
	}
	return nil
}

// ChangeLogEntry is a change with the indicator it belongs to.
type ChangeLogEntry struct {
	Indicator *Indicator
	Change
}

// ChangeLog lists the changes of all definitions, the newest first.
func (c *Catalogue) ChangeLog() []ChangeLogEntry {
	var log []ChangeLogEntry
	for _, indicator := range c.Indicators() {
		for _, change := range indicator.Changes {
			log = append(log, ChangeLogEntry{indicator, change})
		}
	}
	slices.SortStableFunc(log, func(a, b ChangeLogEntry) int {
		return cmp.Or(b.Date.Compare(a.Date), cmp.Compare(a.Indicator.Name, b.Indicator.Name), cmp.Compare(b.Version, a.Version))
	})
	return log
}
