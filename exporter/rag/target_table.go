package rag

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/counciltables"
	"childrens-services-exporter/exporter/definition"
)

// inTables finds an indicator's targets in the tables: in that of its own source, or else in another, since a council
// may have all targets in one.
func (t Targets) inTables(indicator *definition.Indicator) []Target {
	if own := t.tables[indicator.Cohort.Source][indicator.Name]; own != nil {
		return own
	}
	for _, source := range slices.Sorted(maps.Keys(t.tables)) {
		if other := t.tables[source][indicator.Name]; other != nil {
			return other
		}
	}
	return nil
}

// TargetTable holds the valid targets of a source's table.
type TargetTable struct{ targets byIndicator }

// WithTable returns the targets with a source's table in force in place of its earlier one.
func (t Targets) WithTable(source string, table TargetTable) Targets {
	tables := maps.Clone(t.tables)
	if tables == nil {
		tables = map[string]byIndicator{}
	}
	tables[source] = table.targets
	return Targets{fromSettings: t.fromSettings, tables: tables}
}

// ReadTable validates the rows of a source's table of targets. A row that cannot be used is left out and is an issue
// with its indicator and its first day. An indicator with targets in the settings takes none from a table: the settings
// file is the one that is signed off.
func (t Targets) ReadTable(source string, table counciltables.TargetTable, c *definition.Catalogue) (TargetTable, []config.Issue) {
	read := TargetTable{byIndicator{}}
	var issues []config.Issue
	reject := func(where string, err error) {
		issues = append(issues, config.Issue{Input: "targets", Message: "table target of " + source + ": " + where + err.Error()})
	}
	if table.Problem != "" {
		reject("", errors.New(table.Problem+"; its targets are left out"))
		return read, issues
	}
	for _, row := range table.Rows {
		target, err := t.parseRow(row, read, c)
		if err != nil {
			reject(describeRow(row), fmt.Errorf("%w; the row is left out", err))
			continue
		}
		read.targets.add(row.Indicator, target)
	}
	return read, issues
}

func (t Targets) parseRow(row counciltables.TargetRow, read TargetTable, c *definition.Catalogue) (Target, error) {
	indicator, err := c.Indicator(row.Indicator)
	if err != nil {
		return Target{}, errors.New("there is no such indicator; the command catalogue lists them")
	}
	if len(t.fromSettings[row.Indicator]) > 0 {
		return Target{}, errors.New("the settings give its targets, which hold; keep them in one place")
	}
	entry, until, err := entryFromRow(row)
	if err != nil {
		return Target{}, err
	}
	target, err := entry.target(indicator)
	if err != nil {
		return Target{}, err
	}
	target.Until = until
	if !until.IsZero() && until.Before(target.From) {
		return Target{}, errors.New("valid_to lies before valid_from")
	}
	if slices.ContainsFunc(read.targets[row.Indicator], func(other Target) bool { return other.From.Equal(target.From) }) {
		return Target{}, errors.New("another row begins on the same day; keep one")
	}
	return target, nil
}

// entryFromRow converts a row to the entry that the settings would have for it.
func entryFromRow(row counciltables.TargetRow) (entry targetEntry, until time.Time, err error) {
	entry = targetEntry{From: withoutTime(row.From), Better: strings.ToLower(row.Better), Owner: row.Owner}
	if entry.From == "" {
		return entry, until, errors.New("valid_from is missing")
	}
	if until, err = parseDay("valid_to", withoutTime(row.To)); err != nil {
		return entry, until, err
	}
	target, err := parseNumber("target", row.Target)
	if err != nil {
		return entry, until, err
	}
	start, err := parseNumber("start_value", row.Start)
	if err != nil {
		return entry, until, err
	}
	if entry.Tolerance, err = parseNumber("tolerance", row.Tolerance); err != nil {
		return entry, until, err
	}
	switch {
	case (start == nil) != (row.ReachedOn == ""):
		return entry, until, errors.New("a trajectory needs start_value and reached_on; give both or neither")
	case start != nil && target == nil:
		return entry, until, errors.New("a trajectory needs a target to come to")
	case start != nil:
		entry.Trajectory = &trajectoryEntry{Start: *start, End: *target, Starts: entry.From, Ends: withoutTime(row.ReachedOn)}
	case target == nil:
		entry.None = "the table has none"
	default:
		entry.Target = target
	}
	return entry, until, nil
}

// withoutTime cuts off the midnight that some databases write behind a day.
func withoutTime(text string) string {
	day, _, _ := strings.Cut(text, " ")
	return day
}

func parseNumber(column, text string) (*float64, error) {
	if text == "" {
		return nil, nil
	}
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil, fmt.Errorf("%s is not a number", column)
	}
	return &number, nil
}

// describeRow names a row by its indicator and first day. A text that does not look like the name of an indicator is not
// repeated, since it may be anything.
func describeRow(row counciltables.TargetRow) string {
	name := "a row whose indicator is no name"
	if regexp.MustCompile(`^[a-z][a-z0-9_]{0,99}$`).MatchString(row.Indicator) {
		name = row.Indicator
	}
	if from, err := time.Parse(time.DateOnly, withoutTime(row.From)); err == nil {
		name += " from " + from.Format(time.DateOnly)
	}
	return name + ": "
}
