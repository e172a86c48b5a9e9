package definition

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"childrens-services-exporter/exporter/calendar"
)

func (b builder) breakdowns(indicator *Indicator, read *indicatorFile) error {
	listed := read.Breakdowns
	if indicator.Measure.Kind == Rate && !indicator.Measure.PerAmount.Sum {
		// Such a rate is taken on the population of the whole area.
		if len(listed) > 0 {
			return b.at(listed[0].By.line, "indicator %s: a rate cannot be split, since nobody knows a group's population; write breakdowns: []", indicator.Name)
		}
		listed = []breakdownFile{}
	}
	if listed == nil {
		for _, column := range b.read.Breakdowns {
			listed = append(listed, breakdownFile{By: column})
		}
	}
	for _, one := range listed {
		breakdown, err := b.breakdown(indicator, one)
		if err != nil {
			return err
		}
		indicator.Breakdowns = append(indicator.Breakdowns, breakdown)
	}
	if indicator.BreakdownOnly && len(indicator.Breakdowns) == 0 {
		return b.at(read.Name.line, "indicator %s has neither a total nor a breakdown", indicator.Name)
	}
	return nil
}

func (b builder) breakdown(indicator *Indicator, read breakdownFile) (Breakdown, error) {
	breakdown := Breakdown{By: read.By.text, IgnoreFilter: read.EveryRow, Workers: read.Workers}
	if !plainName.MatchString(breakdown.By) {
		return breakdown, b.at(read.By.line, "breakdown %q: use lower case letters, digits and _", breakdown.By)
	}
	labels := read.Labels
	if labels == nil {
		labels = []located{read.By}
	}
	for _, label := range labels {
		if err := b.label(indicator, breakdown, label); err != nil {
			return breakdown, err
		}
		breakdown.Labels = append(breakdown.Labels, label.text)
	}
	return breakdown, nil
}

// label checks one label of a breakdown. What names a person must not become a
// label: it would leave the database with every scrape.
func (b builder) label(indicator *Indicator, breakdown Breakdown, label located) error {
	switch {
	case !slices.Contains(indicator.Cohort.columnNames(), label.text):
		return b.at(label.line, "breakdown column %q is not among the columns", label.text)
	case strings.HasSuffix(label.text, "_id") || label.text == "upn":
		return b.at(label.line, "breakdown column %q names a person or a record and must not be a label", label.text)
	case label.text == "worker" && !breakdown.Workers:
		return b.at(label.line, "breakdown column \"worker\" needs workers: true, which keeps it off the common page")
	case slices.Contains(breakdown.Labels, label.text) || label.text == indicator.Measure.BandLabel:
		return b.at(label.line, "label %q is given twice", label.text)
	}
	return b.labelName(label)
}

// labelName refuses the labels that the exporter or a scrape sets itself.
func (b builder) labelName(label located) error {
	if slices.Contains([]string{WindowLabel, "authority", "env", "instance", "job", "region", "service"}, label.text) {
		return b.at(label.line, "label %q is set by the exporter or by the scrape; rename the column", label.text)
	}
	return nil
}

// lineOf points at a value, or at the indicator's name where the value is missing.
func lineOf(value, name located) int {
	if value.line == 0 {
		return name.line
	}
	return value.line
}

func (b builder) judgement(indicator *Indicator, read *indicatorFile) error {
	indicator.Better = Polarity(read.Better.text)
	if !slices.Contains([]Polarity{HigherBetter, LowerBetter, NeitherBetter}, indicator.Better) {
		return b.at(lineOf(read.Better, read.Name), "indicator %s: better must be higher, lower or neither", indicator.Name)
	}
	if reason, none := strings.CutPrefix(read.Target.text, "none - "); none && reason != "" {
		indicator.TargetReason = reason
		return nil
	}
	target, err := strconv.ParseFloat(read.Target.text, 64)
	if err != nil || math.IsNaN(target) || math.IsInf(target, 0) {
		return b.at(lineOf(read.Target, read.Name), "indicator %s: target must be a number, or \"none - \" and the reason", indicator.Name)
	}
	if read.Tolerance == nil || !(*read.Tolerance >= 0) || indicator.Better == NeitherBetter {
		return b.at(read.Target.line, "indicator %s: a target needs a tolerance, and better: higher or lower", indicator.Name)
	}
	indicator.Target, indicator.Tolerance = &target, *read.Tolerance
	return nil
}

func (b builder) audience(indicator *Indicator, read *indicatorFile) error {
	windows := indicator.Cohort.Windows
	indicator.Headline = windows[0]
	if read.Headline.text != "" {
		indicator.Headline = calendar.Kind(read.Headline.text)
	}
	if !slices.Contains(windows, indicator.Headline) {
		return b.at(read.Headline.line, "indicator %s: headline %q is not a window of the cohort", indicator.Name, read.Headline.text)
	}
	if text := read.Commentary.text; text != "" && text != "required" {
		return b.at(read.Commentary.line, "indicator %s: commentary is required, or left out; found %q", indicator.Name, text)
	}
	indicator.Commentary = read.Commentary.text == "required"
	indicator.Public = PublicForm(read.Public.text)
	kind := indicator.Measure.Kind
	countable := kind == Count || kind == Rate || kind == Sum
	shareable := kind == Ratio || kind == Mean
	switch {
	case indicator.Public == PublicNone,
		indicator.Public == PublicCount && countable && !indicator.BreakdownOnly,
		indicator.Public == PublicRatio && shareable && !indicator.BreakdownOnly:
		return nil
	}
	return b.at(lineOf(read.Public, read.Name), "indicator %s: public must be none, count (of a count, rate or sum) or ratio (of a ratio or mean)", indicator.Name)
}
