package definition

import (
	"slices"
	"strings"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config/strictyaml"
)

func (b builder) breakdowns(indicator *Indicator, input *indicatorFile) error {
	entries := input.Breakdowns
	if indicator.Measure.Kind == Rate && !indicator.Measure.RateDenominator.Sum {
		// Such a rate is taken on the population of the whole area.
		if len(entries) > 0 {
			return b.at(entries[0].By.Line, "indicator %s: a rate cannot be split, since the population of a group is not known; write breakdowns: []", indicator.Name)
		}
		entries = []breakdownFile{}
	}
	if entries == nil {
		for _, column := range b.input.Breakdowns {
			entries = append(entries, breakdownFile{By: column})
		}
	}
	for _, declaration := range entries {
		breakdown, err := b.breakdown(indicator, declaration)
		if err != nil {
			return err
		}
		indicator.Breakdowns = append(indicator.Breakdowns, breakdown)
	}
	if indicator.BreakdownOnly && len(indicator.Breakdowns) == 0 {
		return b.at(input.Name.Line, "indicator %s has neither a total nor a breakdown", indicator.Name)
	}
	return nil
}

func (b builder) breakdown(indicator *Indicator, input breakdownFile) (Breakdown, error) {
	breakdown := Breakdown{By: input.By.Text, IgnoreFilter: input.IgnoreFilter, Workers: input.Workers}
	if !identifierPattern.MatchString(breakdown.By) {
		return breakdown, b.at(input.By.Line, "breakdown %q: use lower case letters, digits and _", breakdown.By)
	}
	labels := input.Labels
	if labels == nil {
		labels = []strictyaml.Scalar{input.By}
	}
	for _, label := range labels {
		if err := b.label(indicator, breakdown, label); err != nil {
			return breakdown, err
		}
		breakdown.Labels = append(breakdown.Labels, label.Text)
	}
	return breakdown, nil
}

// label checks one label of a breakdown. What names a person must not become a
// label: it would leave the database with every scrape.
func (b builder) label(indicator *Indicator, breakdown Breakdown, label strictyaml.Scalar) error {
	switch {
	case !slices.Contains(indicator.Cohort.ColumnNames(), label.Text):
		return b.at(label.Line, "breakdown column %q is not among the columns", label.Text)
	case strings.HasSuffix(label.Text, "_id") || label.Text == "upn":
		return b.at(label.Line, "breakdown column %q names a person or a record and must not be a label", label.Text)
	case label.Text == "worker" && !breakdown.Workers:
		return b.at(label.Line, "breakdown column \"worker\" needs workers: true, which keeps it off the common page")
	case slices.Contains(breakdown.Labels, label.Text) || label.Text == indicator.Measure.BandLabel:
		return b.at(label.Line, "label %q is given twice", label.Text)
	}
	return b.labelName(label)
}

// labelName refuses the labels that the exporter or a scrape sets itself.
func (b builder) labelName(label strictyaml.Scalar) error {
	if slices.Contains([]string{WindowLabel, "authority", "env", "instance", "job", "region", "service"}, label.Text) {
		return b.at(label.Line, "label %q is set by the exporter or by the scrape; rename the column", label.Text)
	}
	return nil
}

// lineOf points at a value, or at the indicator's name where the value is missing.
func lineOf(value, name strictyaml.Scalar) int {
	if value.Line == 0 {
		return name.Line
	}
	return value.Line
}

func (b builder) target(indicator *Indicator, input *indicatorFile) error {
	indicator.Better = Polarity(input.Better.Text)
	if !slices.Contains([]Polarity{HigherBetter, LowerBetter, NeitherBetter}, indicator.Better) {
		return b.at(lineOf(input.Better, input.Name), "indicator %s: better must be higher, lower or neither", indicator.Name)
	}
	if reason, none := strings.CutPrefix(input.Target.Text, "none - "); none && reason != "" {
		indicator.TargetReason = reason
		return nil
	}
	target, err := strictyaml.ParseNumber(input.Target.Text)
	if err != nil {
		return b.at(lineOf(input.Target, input.Name), "indicator %s: target must be a number, or \"none - \" and the reason", indicator.Name)
	}
	if input.Tolerance == nil || *input.Tolerance < 0 || indicator.Better == NeitherBetter {
		return b.at(input.Target.Line, "indicator %s: a target needs a tolerance, and better: higher or lower", indicator.Name)
	}
	indicator.Target, indicator.Tolerance = &target, float64(*input.Tolerance)
	return nil
}

func (b builder) publication(indicator *Indicator, input *indicatorFile) error {
	windows := indicator.Cohort.Windows
	indicator.Headline = windows[0]
	if input.Headline.Text != "" {
		indicator.Headline = calendar.Kind(input.Headline.Text)
	}
	if !slices.Contains(windows, indicator.Headline) {
		return b.at(input.Headline.Line, "indicator %s: headline %q is not a window of the cohort", indicator.Name, input.Headline.Text)
	}
	if text := input.Commentary.Text; text != "" && text != "required" {
		return b.at(input.Commentary.Line, "indicator %s: commentary is required, or left out; found %q", indicator.Name, text)
	}
	indicator.Commentary = input.Commentary.Text == "required"
	indicator.Public = PublicForm(input.Public.Text)
	kind := indicator.Measure.Kind
	allowsCount := kind == Count || kind == Rate || kind == Sum
	allowsRatio := kind == Ratio || kind == Mean
	switch {
	case indicator.Public == PublicNone,
		indicator.Public == PublicCount && allowsCount && !indicator.BreakdownOnly,
		indicator.Public == PublicRatio && allowsRatio && !indicator.BreakdownOnly:
		return nil
	}
	return b.at(lineOf(input.Public, input.Name), "indicator %s: public must be none, count (of a count, rate or sum) or ratio (of a ratio or mean)", indicator.Name)
}
