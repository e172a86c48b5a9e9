package definition

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config/strictyaml"
)

// builder turns the two files of a cohort, as read, into a checked Cohort.
type builder struct {
	path   string
	input  cohortFile
	limits map[string]Limit
}

func (b builder) at(line int, format string, arguments ...any) error {
	return strictyaml.ErrorAt(b.path, line, format, arguments...)
}

func (b builder) cohort(name, sql string) (*Cohort, error) {
	input := b.input
	cohort := &Cohort{
		Name: name, Topic: name[:strings.IndexByte(name, '/')],
		Title: input.Cohort.Text, Row: input.Row, Source: input.Source.Text,
		NonAdditive: input.Additive != nil && !*input.Additive, Columns: input.Columns, Pitfalls: input.Pitfalls, SQL: sql,
	}
	switch {
	case cohort.Title == "":
		return nil, fmt.Errorf("%s: cohort: is missing; name in plain words who is counted", b.path)
	case cohort.Row == "":
		return nil, fmt.Errorf("%s: row: is missing; name what a row is", b.path)
	case cohort.Source != "social_care" && cohort.Source != "education":
		return nil, b.at(input.Source.Line, "source must be social_care or education, found %q", cohort.Source)
	case len(cohort.Columns) == 0:
		return nil, fmt.Errorf("%s: columns: is missing; list the columns of a row", b.path)
	case len(input.Grain) == 0:
		return nil, fmt.Errorf("%s: grain: is missing; list the columns that are unique within a period", b.path)
	case len(input.Indicators) == 0:
		return nil, fmt.Errorf("%s: indicators: is missing", b.path)
	}
	if err := b.windows(cohort); err != nil {
		return nil, err
	}
	for _, column := range input.Grain {
		if !slices.Contains(cohort.ColumnNames(), column.Text) {
			return nil, b.at(column.Line, "grain column %q is not among the columns", column.Text)
		}
		cohort.Grain = append(cohort.Grain, column.Text)
	}
	for i, declaration := range input.Indicators {
		if declaration.Name.Text == "" {
			return nil, fmt.Errorf("%s: indicator %d of the file has no name", b.path, i+1)
		}
		indicator, err := b.indicator(cohort, declaration)
		if err != nil {
			return nil, err
		}
		cohort.Indicators = append(cohort.Indicators, indicator)
	}
	return cohort, nil
}

func (b builder) windows(cohort *Cohort) error {
	at, windows := b.input.At, b.input.Windows
	if cadence := b.input.Cadence; cadence.Line > 0 {
		cohort.Cadence = calendar.Kind(cadence.Text)
		if cohort.Cadence != calendar.Week && cohort.Cadence != calendar.Month {
			return b.at(cadence.Line, "cadence must be week or month, found %q; leave it out where data come by the day", cadence.Text)
		}
	}
	if at.Text != "" && len(windows) > 0 || at.Text == "" && len(windows) == 0 {
		return b.at(at.Line, "give either at: snapshot or windows: [...]")
	}
	if at.Text != "" {
		if at.Text != string(calendar.Snapshot) {
			return b.at(at.Line, "at must be snapshot, found %q", at.Text)
		}
		cohort.Windows = []calendar.Kind{calendar.Snapshot}
		return nil
	}
	for _, window := range windows {
		kind, err := calendar.ParseKind(window.Text)
		if err != nil || kind == calendar.Snapshot {
			return b.at(window.Line, "%q is not a window", window.Text)
		}
		if slices.Contains(cohort.Windows, kind) {
			return b.at(window.Line, "window %q is listed twice", window.Text)
		}
		cohort.Windows = append(cohort.Windows, kind)
	}
	return nil
}

func (b builder) indicator(cohort *Cohort, input *indicatorFile) (*Indicator, error) {
	indicator := &Indicator{
		Name: input.Name.Text, ID: input.ID, Reference: strconv.Itoa(input.ID), Supporting: input.Supporting, Title: input.Title, Unit: input.Unit,
		BreakdownOnly: input.BreakdownOnly || cohort.NonAdditive, Definition: input.Definition, Law: input.Law, Version: input.Version,
		Cohort: cohort,
	}
	if err := b.description(indicator, input.Name.Line); err != nil {
		return nil, err
	}
	var err error
	names := scope{columns: cohort.ColumnNames(), limits: b.limits}
	if indicator.Measure, err = b.measure(input, names); err != nil {
		return nil, err
	}
	indicator.Filter = Expression{Text: "all", SQL: "true"}
	if input.Where.Text != "" {
		if indicator.Filter, err = b.condition(input.Where, names); err != nil {
			return nil, err
		}
	}
	for _, step := range []func(*Indicator, *indicatorFile) error{b.breakdowns, b.target, b.publication, b.changes} {
		if err := step(indicator, input); err != nil {
			return nil, err
		}
	}
	indicator.families = indicator.listFamilies()
	indicator.Limits = usedLimits(indicator, b.limits)
	return indicator, nil
}

func (b builder) description(indicator *Indicator, line int) error {
	switch {
	case !identifierPattern.MatchString(indicator.Name) || !strings.HasPrefix(indicator.Name, "childrens_"):
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
