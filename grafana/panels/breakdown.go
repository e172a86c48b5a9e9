package panels

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/bargauge"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"childrens-services-exporter/exporter/definition"
)

// Breakdowns are the groups of the selected indicator.
type Breakdowns struct {
	// Indicators are those that can be selected.
	Indicators []*definition.Indicator
	// ByTeam is true on a page that has teams.
	ByTeam bool
}

// Breakdowns adds a bar for each group of the selected indicator: by team, where a page has teams, and by everything else.
func (d *Dashboard) Breakdowns(id uint32, pos GridPos, options Breakdowns) {
	byTeam := `{__name__="${indicator}_by_team", window=~"|$window"}`
	byOther := `label_replace({__name__=~"${indicator}_by_.+", __name__!~".+_by_(team|worker|school)", window=~"|$window"}, "by", "$1", "__name__", ".+_by_(.+)")`
	others := pos
	if options.ByTeam {
		others = GridPos{pos.X + 9, pos.Y, pos.W - 9, pos.H}
		d.add(d.barGauge(id, GridPos{pos.X, pos.Y, 9, pos.H}, "By team (shares in %, times in days)",
			"The indicator that is picked, by team. A child whose team is not known is under unknown.", "not broken down by team").
			WithTarget(instantQuery("sort_desc("+d.inReadableUnits(byTeam)+")", "{{team}}"+d.breakdownLegend())))
	}
	everythingElse := d.barGauge(id+1, others, "By everything else (shares in %, times in days)",
		"The indicator that is picked by every other breakdown it has: age, category, reason and so on. Groups of different breakdowns count the same children.", "no other breakdown").
		WithTarget(instantQuery("sort("+d.inReadableUnits(byOther)+")", "{{by}}:"+d.breakdownLegend())).
		WithTransformation(underscoresToSpaces())
	words, labelOf := definition.CodeLabels(), map[string]string{}
	for _, indicator := range options.Indicators {
		for _, breakdown := range indicator.Breakdowns {
			if len(breakdown.Labels) == 1 {
				labelOf[breakdown.By] = breakdown.Labels[0]
			}
		}
	}
	for _, heading := range slices.Sorted(maps.Keys(labelOf)) {
		nameCodes(everythingElse, heading, words[labelOf[heading]])
	}
	d.add(everythingElse)
}

// nameCodes names the bars of a heading whose code is among some words by those. A legend of breakdownNames has blanks for the
// labels that a series lacks.
func nameCodes(panel *bargauge.PanelBuilder, heading string, words map[string]string) {
	heading = withSpaces(heading)
	for _, code := range slices.Sorted(maps.Keys(words)) {
		panel.OverrideByRegexp(fmt.Sprintf(`/^%s:\s+%s\s*$/`, regexp.QuoteMeta(heading), regexp.QuoteMeta(withSpaces(code))),
			[]dashboard.DynamicConfigValue{{Id: "displayName", Value: padded(heading + ": " + words[code])}})
	}
}

// padded ends a name with blanks, which are not drawn. Grafana measures names in smaller letters than it writes
// them in, and would cut off the longest.
func padded(name string) string { return name + strings.Repeat(" ", len(name)) }

// withSpaces writes a name as people do; spacedNames has Grafana do the same.
func withSpaces(name string) string { return strings.ReplaceAll(name, "_", " ") }

func underscoresToSpaces() dashboard.DataTransformerConfig {
	return dashboard.DataTransformerConfig{Id: "renameByRegex", Options: map[string]string{"regex": "/_/g", "renamePattern": " "}}
}

// Distributions adds a bar for each group of the indicators that have no single value.
func (d *Dashboard) Distributions(id uint32, pos GridPos, indicators []*definition.Indicator) {
	windows := map[string][]string{}
	for _, indicator := range indicators {
		windows[headlineWindow(indicator)] = append(windows[headlineWindow(indicator)], indicator.Name)
	}
	var selectors []string
	for _, window := range slices.Sorted(maps.Keys(windows)) {
		selectors = append(selectors, fmt.Sprintf("{__name__=~%q, window=%q}", strings.Join(windows[window], "|"), window))
	}
	named := "label_replace(\n" + strings.Join(selectors, "\nor\n") + ",\n\"indicator\", \"$1\", \"__name__\", \"(.+)\")"
	bars := d.barGauge(id, pos, "Distributions (shares in %, times in days)", "Indicators that are counted by group, such as by length or by when a visit falls due.", "nothing is counted by group").
		WithTarget(instantQuery(named+"\n* on (indicator) group_left (title) "+d.readableScale(), "{{title}}:"+d.breakdownLegend())).
		WithTransformation(underscoresToSpaces())
	words := definition.CodeLabels()
	for _, indicator := range indicators {
		for _, family := range indicator.Families() {
			if family.Name == indicator.Name {
				for _, label := range family.Labels {
					nameCodes(bars, indicator.Title, words[label])
				}
			}
		}
	}
	d.add(bars)
}

// headlineWindow is the window that tiles use, empty for a state on a day.
func headlineWindow(indicator *definition.Indicator) string {
	if indicator.Cohort.Snapshot() {
		return ""
	}
	return string(indicator.Headline)
}

// inReadableUnits writes shares of the selected indicator in per cent and its times in days.
func (d *Dashboard) inReadableUnits(expression string) string {
	return fmt.Sprintf("(%s) * on () group_left () %s", expression, selected(d.readableScale()))
}

// readableScale is what numbers of each indicator are multiplied by for people to read: shares in per cent, times in days.
func (d *Dashboard) readableScale() string {
	const info = "childrens_indicator_info"
	return d.addRule(Rule{Record: scaleRule, Labels: []string{"indicator", "title"}, Expr: fmt.Sprintf(
		"max by (indicator, title) (\n100 * %[1]s{unit=\"ratio\"}\nor %[1]s{unit=\"seconds\"} / 86400\nor %[1]s{unit!~\"ratio|seconds\"}\n)", info)})
}

func (d *Dashboard) barGauge(id uint32, pos GridPos, title, description, noValue string) *bargauge.PanelBuilder {
	return bargauge.NewPanelBuilder().Id(id).GridPos(pos.grid()).Datasource(d.Source.ref()).
		Title(title).Description(description).NoValue(noValue).Unit("none").Decimals(0).Min(0).
		ColorScheme(fixedColour(Blue)).Thresholds(baseThreshold(Blue)).
		Orientation(common.VizOrientationHorizontal).DisplayMode(common.BarGaugeDisplayModeBasic).
		ValueMode(common.BarGaugeValueModeText).NamePlacement(common.BarGaugeNamePlacementLeft).
		ShowUnfilled(false).Sizing(common.BarGaugeSizingManual).MinVizHeight(22).MaxVizHeight(26).MinVizWidth(8).
		Text(textSize(sizeAxis, sizeAxis)).
		ReduceOptions(common.NewReduceDataOptionsBuilder().Calcs([]string{"lastNotNull"})).
		Legend(legend().ShowLegend(false))
}

// breakdownLegend is a legend of whichever labels a series has.
func (d *Dashboard) breakdownLegend() string {
	var names strings.Builder
	for _, label := range d.breakdownLabels() {
		fmt.Fprintf(&names, " {{%s}}", label)
	}
	return names.String()
}

// breakdownLabels lists every label that a breakdown may carry, the team's apart.
func (d *Dashboard) breakdownLabels() []string {
	seen := map[string]bool{"team": true, definition.WindowLabel: true}
	var labels []string
	for _, indicator := range d.catalogue.Indicators() {
		for _, family := range indicator.Families() {
			for _, label := range family.Labels {
				if !seen[label] {
					seen[label] = true
					labels = append(labels, label)
				}
			}
		}
	}
	slices.Sort(labels)
	return labels
}
