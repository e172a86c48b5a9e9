package definition

import (
	"fmt"
	"slices"
	"strings"

	"childrens-services-exporter/exporter/calendar"
)

// builder turns the two files of a cohort, as read, into a checked Cohort.
type builder struct {
	file   string
	read   cohortFile
	limits map[string]Limit
}

func (b builder) at(line int, format string, arguments ...any) error {
	return pointed(b.file, line, format, arguments...)
}

func (b builder) cohort(name, sql string) (*Cohort, error) {
	read := b.read
	cohort := &Cohort{
		Name: name, Topic: name[:strings.IndexByte(name, '/')],
		Title: read.Cohort.text, Row: read.Row, Source: read.Source.text,
		FansOut: read.FansOut, Columns: read.Columns, Pitfalls: read.Pitfalls, SQL: sql,
	}
	switch {
	case cohort.Title == "":
		return nil, fmt.Errorf("%s: cohort: says in plain words who is counted; it is missing", b.file)
	case cohort.Row == "":
		return nil, fmt.Errorf("%s: row: says what one row is; it is missing", b.file)
	case cohort.Source != "social_care" && cohort.Source != "education":
		return nil, b.at(read.Source.line, "source must be social_care or education, found %q", cohort.Source)
	case len(cohort.Columns) == 0:
		return nil, fmt.Errorf("%s: columns: lists what a row holds; it is missing", b.file)
	case len(read.Grain) == 0:
		return nil, fmt.Errorf("%s: grain: names the columns unique within a period; it is missing", b.file)
	case len(read.Indicators) == 0:
		return nil, fmt.Errorf("%s: indicators: is missing", b.file)
	}
	if err := b.windows(cohort); err != nil {
		return nil, err
	}
	for _, column := range read.Grain {
		if !slices.Contains(cohort.columnNames(), column.text) {
			return nil, b.at(column.line, "grain column %q is not among the columns", column.text)
		}
		cohort.Grain = append(cohort.Grain, column.text)
	}
	for i, one := range read.Indicators {
		if one.Name.text == "" {
			return nil, fmt.Errorf("%s: indicator %d of the file has no name", b.file, i+1)
		}
		indicator, err := b.indicator(cohort, one)
		if err != nil {
			return nil, err
		}
		cohort.Indicators = append(cohort.Indicators, indicator)
	}
	return cohort, nil
}

func (b builder) windows(cohort *Cohort) error {
	at, windows := b.read.At, b.read.Windows
	if closes := b.read.Closes; closes.line > 0 {
		cohort.Cadence = calendar.Kind(closes.text)
		if cohort.Cadence != calendar.Week && cohort.Cadence != calendar.Month {
			return b.at(closes.line, "closes must be week or month, found %q; leave it out where data come by the day", closes.text)
		}
	}
	if at.text != "" && len(windows) > 0 || at.text == "" && len(windows) == 0 {
		return b.at(at.line, "give either at: snapshot or windows: [...]")
	}
	if at.text != "" {
		if at.text != string(calendar.Snapshot) {
			return b.at(at.line, "at must be snapshot, found %q", at.text)
		}
		cohort.Windows = []calendar.Kind{calendar.Snapshot}
		return nil
	}
	for _, window := range windows {
		kind, err := calendar.ParseKind(window.text)
		if err != nil || kind == calendar.Snapshot {
			return b.at(window.line, "%q is not a window", window.text)
		}
		if slices.Contains(cohort.Windows, kind) {
			return b.at(window.line, "window %q is listed twice", window.text)
		}
		cohort.Windows = append(cohort.Windows, kind)
	}
	return nil
}

func (b builder) indicator(cohort *Cohort, read *indicatorFile) (*Indicator, error) {
	indicator := &Indicator{
		Name: read.Name.text, ID: read.ID, Companion: read.Companion, Title: read.Title, Unit: read.Unit,
		BreakdownOnly: read.NoTotal || cohort.FansOut, Definition: read.Definition, Law: read.Law, Version: read.Version,
		Cohort: cohort,
	}
	if err := b.description(indicator, read.Name.line); err != nil {
		return nil, err
	}
	var err error
	words := vocabulary{columns: cohort.columnNames(), limits: b.limits}
	if indicator.Measure, err = b.measure(read, words); err != nil {
		return nil, err
	}
	indicator.where = Expression{Text: "all", SQL: "true"}
	if read.Where.text != "" {
		if indicator.where, err = b.condition(read.Where, words); err != nil {
			return nil, err
		}
	}
	for _, step := range []func(*Indicator, *indicatorFile) error{b.breakdowns, b.judgement, b.audience, b.changes} {
		if err := step(indicator, read); err != nil {
			return nil, err
		}
	}
	indicator.families = indicator.listFamilies()
	indicator.Limits = limitsOf(indicator, b.limits)
	return indicator, nil
}

func (b builder) description(indicator *Indicator, line int) error {
	switch {
	case !plainName.MatchString(indicator.Name) || !strings.HasPrefix(indicator.Name, "childrens_"):
		return b.at(line, "indicator name %q must be lower case and begin with childrens_", indicator.Name)
	case strings.HasPrefix(indicator.Name, "childrens_exporter_") || strings.HasPrefix(indicator.Name, "childrens_indicator_"):
		return b.at(line, "indicator name %q begins like the exporter's own families; choose another", indicator.Name)
	case indicator.ID < 1:
		return b.at(line, "indicator %s: id must be a positive number", indicator.Name)
	case indicator.Title == "" || indicator.Definition == "" || indicator.Law == "":
		return b.at(line, "indicator %s: title, definition and law are needed", indicator.Name)
	case indicator.Version < 1:
		return b.at(line, "indicator %s: version must be 1 or more", indicator.Name)
	case !slices.Contains([]string{"ratio", "count", "seconds", "working_days", "per_10k", "per_100", "cases", "score"}, indicator.Unit):
		return b.at(line, "indicator %s: unit must be ratio, count, seconds, working_days, per_10k, per_100, cases or score", indicator.Name)
	}
	return nil
}
