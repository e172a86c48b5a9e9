package definition

import (
	"cmp"
	"slices"
	"time"
)

// Change is one entry of a definition's change log: what a version counts
// differently from the one before.
type Change struct {
	Version int       `json:"version"`
	Date    time.Time `json:"-"`
	// Day is the date as the definition writes it.
	Day  string `json:"date"`
	What string `json:"what"`
}

type changeFile struct {
	Version whole   `yaml:"version"`
	Date    located `yaml:"date"`
	What    string  `yaml:"what"`
}

// changes reads the change log of a definition, which has an entry for every
// version but the first: a committee that sees a number jump asks whether the
// children changed or the counting.
func (b builder) changes(indicator *Indicator, read *indicatorFile) error {
	if len(read.Changes) != max(0, indicator.Version-1) {
		return b.at(read.Name.line, "indicator %s: version %d needs %d entries in changes, one for each version from 2 on, with version, date and what",
			indicator.Name, indicator.Version, max(0, indicator.Version-1))
	}
	for i, one := range read.Changes {
		date, err := time.Parse(time.DateOnly, one.Date.text)
		switch {
		case int(one.Version) != i+2:
			return b.at(lineOf(one.Date, read.Name), "indicator %s: the changes begin with version 2 and leave none out", indicator.Name)
		case err != nil:
			return b.at(lineOf(one.Date, read.Name), "indicator %s: date %q of a change is not a day such as 2026-12-01", indicator.Name, one.Date.text)
		case one.What == "":
			return b.at(lineOf(one.Date, read.Name), "indicator %s: what says in a sentence what is counted differently; it is missing", indicator.Name)
		}
		indicator.Changes = append(indicator.Changes, Change{Version: int(one.Version), Date: date, Day: one.Date.text, What: one.What})
	}
	return nil
}

// LoggedChange is a change with the indicator it belongs to.
type LoggedChange struct {
	Indicator *Indicator
	Change
}

// ChangeLog lists the changes of all definitions, the newest first.
func (c *Catalogue) ChangeLog() []LoggedChange {
	var log []LoggedChange
	for _, indicator := range c.Indicators() {
		for _, change := range indicator.Changes {
			log = append(log, LoggedChange{indicator, change})
		}
	}
	slices.SortStableFunc(log, func(a, b LoggedChange) int {
		return cmp.Or(b.Date.Compare(a.Date), cmp.Compare(a.Indicator.Name, b.Indicator.Name), cmp.Compare(b.Version, a.Version))
	})
	return log
}
