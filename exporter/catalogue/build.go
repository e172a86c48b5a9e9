package catalogue

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"childrens-services-exporter/exporter/period"
)

// builder turns the two files of a cohort, as read, into a checked Cohort.
type builder struct {
	file   string
	read   cohortFile
	limits map[string]Limit
}

func (b builder) at(line int, format string, arguments ...any) error {
	return fmt.Errorf("%s:%d: %s", b.file, line, fmt.Sprintf(format, arguments...))
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
	for _, one := range read.Indicators {
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
	if at.text != "" && len(windows) > 0 || at.text == "" && len(windows) == 0 {
		return fmt.Errorf("%s: give either at: snapshot or windows: [...]", b.file)
	}
	if at.text != "" {
		if at.text != string(period.Snapshot) {
			return b.at(at.line, "at must be snapshot, found %q", at.text)
		}
		cohort.Windows = []period.Kind{period.Snapshot}
		return nil
	}
	for _, window := range windows {
		kind, err := period.ParseKind(window.text)
		if err != nil || kind == period.Snapshot {
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
	line := read.Name.line
	indicator := &Indicator{
		Name: read.Name.text, ID: read.ID, Companion: read.Companion, Title: read.Title, Unit: read.Unit,
		NoTotal: read.NoTotal || cohort.FansOut, Definition: read.Definition, Law: read.Law, Version: read.Version,
		Cohort: cohort,
	}
	switch {
	case !plainName.MatchString(indicator.Name) || !strings.HasPrefix(indicator.Name, "childrens_"):
		return nil, b.at(line, "indicator name %q must be lower case and begin with childrens_", indicator.Name)
	case indicator.ID < 1:
		return nil, b.at(line, "indicator %s: id must be a positive number", indicator.Name)
	case indicator.Title == "" || indicator.Definition == "" || indicator.Law == "":
		return nil, b.at(line, "indicator %s: title, definition and law are needed", indicator.Name)
	case indicator.Version < 1:
		return nil, b.at(line, "indicator %s: version must be 1 or more", indicator.Name)
	case !slices.Contains([]string{"ratio", "count", "seconds", "per_10k", "cases", "score"}, indicator.Unit):
		return nil, b.at(line, "indicator %s: unit must be ratio, count, seconds, per_10k, cases or score", indicator.Name)
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
	for _, step := range []func(*Indicator, *indicatorFile) error{b.breakdowns, b.judgement, b.audience} {
		if err := step(indicator, read); err != nil {
			return nil, err
		}
	}
	indicator.families = indicator.listFamilies()
	return indicator, nil
}

func (b builder) breakdowns(indicator *Indicator, read *indicatorFile) error {
	listed := read.Breakdowns
	if listed == nil {
		for _, column := range b.read.Breakdowns {
			listed = append(listed, breakdownFile{By: column})
		}
	}
	columns := indicator.Cohort.columnNames()
	for _, one := range listed {
		breakdown := Breakdown{By: one.By.text, EveryRow: one.EveryRow, Workers: one.Workers}
		if !plainName.MatchString(breakdown.By) {
			return b.at(one.By.line, "breakdown %q: use lower case letters, digits and _", breakdown.By)
		}
		labels := one.Labels
		if labels == nil {
			labels = []located{one.By}
		}
		for _, label := range labels {
			if !slices.Contains(columns, label.text) {
				return b.at(label.line, "breakdown column %q is not among the columns", label.text)
			}
			breakdown.Labels = append(breakdown.Labels, label.text)
		}
		indicator.Breakdowns = append(indicator.Breakdowns, breakdown)
	}
	if indicator.NoTotal && len(indicator.Breakdowns) == 0 {
		return b.at(read.Name.line, "indicator %s has neither a total nor a breakdown", indicator.Name)
	}
	return nil
}

func (b builder) judgement(indicator *Indicator, read *indicatorFile) error {
	indicator.Better = Polarity(read.Better.text)
	if !slices.Contains([]Polarity{HigherBetter, LowerBetter, NeitherBetter}, indicator.Better) {
		return b.at(read.Name.line, "indicator %s: better must be higher, lower or neither", indicator.Name)
	}
	if reason, none := strings.CutPrefix(read.Target.text, "none - "); none && reason != "" {
		indicator.TargetReason = reason
		return nil
	}
	target, err := strconv.ParseFloat(read.Target.text, 64)
	if err != nil {
		return b.at(read.Name.line, "indicator %s: target must be a number, or \"none - \" and the reason", indicator.Name)
	}
	if read.Tolerance == nil || *read.Tolerance < 0 || indicator.Better == NeitherBetter {
		return b.at(read.Target.line, "indicator %s: a target needs a tolerance, and better: higher or lower", indicator.Name)
	}
	indicator.Target, indicator.Tolerance = &target, *read.Tolerance
	return nil
}

func (b builder) audience(indicator *Indicator, read *indicatorFile) error {
	windows := indicator.Cohort.Windows
	indicator.Headline = windows[0]
	if read.Headline.text != "" {
		indicator.Headline = period.Kind(read.Headline.text)
	}
	if !slices.Contains(windows, indicator.Headline) {
		return b.at(read.Headline.line, "indicator %s: headline %q is not a window of the cohort", indicator.Name, read.Headline.text)
	}
	indicator.Public = PublicForm(read.Public.text)
	kind := indicator.Measure.Kind
	countable := kind == Count || kind == Rate || kind == Sum
	shareable := kind == Ratio || kind == Mean
	switch {
	case indicator.Public == PublicNone,
		indicator.Public == PublicCount && countable && !indicator.NoTotal,
		indicator.Public == PublicRatio && shareable && !indicator.NoTotal:
		return nil
	}
	return b.at(read.Name.line, "indicator %s: public must be none, count (of a count, rate or sum) or ratio (of a ratio or mean)", indicator.Name)
}
