package commentary

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"time"
	"unicode/utf8"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/counciltables"
)

// ReadTables validates the rows of a source's tables by the same rules as files. A row that cannot be used is left out and
// is an issue with its indicator and period.
func (r Reader) ReadTables(source string, tables counciltables.CommentaryTables) Collection {
	var collection Collection
	reject := func(err error) {
		collection.Issues = append(collection.Issues, config.Issue{Input: "commentary", Message: err.Error() + "; it is left out"})
	}
	for _, table := range slices.Sorted(maps.Keys(tables.Problems)) {
		reject(fmt.Errorf("table %s of %s: %s", table, source, tables.Problems[table]))
	}
	for _, row := range tables.Commentary {
		where := fmt.Sprintf("table commentary of %s: %s", source, describeRow(row))
		// A text that is no name of an indicator could be anything, even the name of a child, and is not repeated.
		if _, err := r.Indicator(row.Indicator); err != nil {
			reject(fmt.Errorf("%s: there is no such indicator; the command catalogue lists them", where))
			continue
		}
		if _, err := r.Calendar.ParseLabel(row.Period); err != nil {
			reject(fmt.Errorf("%s: the period is no period; write it as 2026-27 Q2", where))
			continue
		}
		head := header{Indicator: row.Indicator, Period: row.Period, Author: row.Role, Action: row.Action, Published: true}
		entry, err := r.parse(head, row.Text, func(string) string { return where })
		if err != nil {
			reject(err)
			continue
		}
		collection.add(entry, where, "another row", reject)
	}
	for _, row := range tables.Events {
		day, err := time.Parse(time.DateOnly, withoutTime(row.Day))
		where := "table events of " + source
		switch name := Sanitise(row.Event); {
		case err != nil:
			reject(fmt.Errorf("%s: happened_on of a row is no day", where))
		case name == "" || utf8.RuneCountInString(name) > maxRoleLength:
			reject(fmt.Errorf("%s: %s: say what happened in 1 to %d characters", where, day.Format(time.DateOnly), maxRoleLength))
		default:
			collection.addEvent(Event{Name: name, Day: day}, where, reject)
		}
	}
	return collection
}

// describeRow names a row by its indicator and period. A text that does not look like one is not repeated, since it may be
// anything.
func describeRow(row counciltables.CommentaryRow) string {
	name := "a row whose indicator is no name"
	if regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]{0,79}$`).MatchString(row.Indicator) {
		name = row.Indicator
	}
	if regexp.MustCompile(`^[0-9]{4}(-[0-9]{2})?( Q[1-4])?$`).MatchString(row.Period) {
		name += " in " + row.Period
	}
	return name
}

func withoutTime(text string) string {
	if len(text) > len(time.DateOnly) {
		return text[:len(time.DateOnly)]
	}
	return text
}

// Merge adds another collection. Of two entries on one indicator and period, and of two events of one name, that of the
// receiver stays.
func (b Collection) Merge(other Collection) Collection {
	merged := Collection{entries: slices.Clone(b.entries), Events: slices.Clone(b.Events), Drafts: b.Drafts + other.Drafts, Issues: slices.Concat(b.Issues, other.Issues)}
	reject := func(err error) {
		merged.Issues = append(merged.Issues, config.Issue{Input: "commentary", Message: err.Error() + "; it is left out"})
	}
	for _, entry := range other.entries {
		merged.add(entry, "table commentary", "a file, or another table,", reject)
	}
	for _, event := range other.Events {
		merged.addEvent(event, "table events", reject)
	}
	slices.SortFunc(merged.Events, func(a, c Event) int { return a.Day.Compare(c.Day) })
	return merged
}
