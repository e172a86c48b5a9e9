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

// Breakdowns adds a bar for each group of the indicator that is picked among some: by team, where a page has teams, and
// by everything else.
func (b *Board) Breakdowns(id uint32, place Place, teams bool, indicators []*definition.Indicator) {
	byTeam := `{__name__="${indicator}_by_team", window=~"|$window"}`
	byOther := `label_replace({__name__=~"${indicator}_by_.+", __name__!~".+_by_(team|worker|school)", window=~"|$window"}, "by", "$1", "__name__", ".+_by_(.+)")`
	others := place
	if teams {
		others = Place{place.X + 9, place.Y, place.W - 9, place.H}
		b.add(b.bars(id, Place{place.X, place.Y, 9, place.H}, "By team (shares in %, times in days)",
			"The indicator that is picked, by team. A child whose team is not known is under unknown.", "not broken down by team").
			WithTarget(instant("sort_desc("+b.inPlainNumbers(byTeam)+")", "{{team}}"+b.breakdownNames())))
	}
	everythingElse := b.bars(id+1, others, "By everything else (shares in %, times in days)",
		"The indicator that is picked by every other breakdown it has: age, category, reason and so on. Groups of different breakdowns count the same children.", "no other breakdown").
		WithTarget(instant("sort("+b.inPlainNumbers(byOther)+")", "{{by}}:"+b.breakdownNames())).
		WithTransformation(spacedNames())
	words, labelOf := definition.CodeLabels(), map[string]string{}
	for _, indicator := range indicators {
		for _, breakdown := range indicator.Breakdowns {
			if len(breakdown.Labels) == 1 {
				labelOf[breakdown.By] = breakdown.Labels[0]
			}
		}
	}
	for _, heading := range slices.Sorted(maps.Keys(labelOf)) {
		inWords(everythingElse, heading, words[labelOf[heading]])
	}
	b.add(everythingElse)
}

// inWords names the bars of a heading whose code is among some words by those. A legend of breakdownNames has blanks for the
// labels that a series lacks.
func inWords(panel *bargauge.PanelBuilder, heading string, words map[string]string) {
	heading = spaced(heading)
	for _, code := range slices.Sorted(maps.Keys(words)) {
		panel.OverrideByRegexp(fmt.Sprintf(`/^%s:\s+%s\s*$/`, regexp.QuoteMeta(heading), regexp.QuoteMeta(spaced(code))),
			[]dashboard.DynamicConfigValue{{Id: "displayName", Value: roomy(heading + ": " + words[code])}})
	}
}

// roomy ends a name with blanks, which are not drawn. Grafana measures names in smaller letters than it is told to write
// them in, and would cut off the longest.
func roomy(name string) string { return name + strings.Repeat(" ", len(name)) }

// spaced writes a name as people do; spacedNames has Grafana do the same.
func spaced(name string) string { return strings.ReplaceAll(name, "_", " ") }

func spacedNames() dashboard.DataTransformerConfig {
	return dashboard.DataTransformerConfig{Id: "renameByRegex", Options: map[string]string{"regex": "/_/g", "renamePattern": " "}}
}

// Distributions adds a bar for each group of the indicators that have no single value.
func (b *Board) Distributions(id uint32, place Place, indicators []*definition.Indicator) {
	windows := map[string][]string{}
	for _, indicator := range indicators {
		windows[headlineWindow(indicator)] = append(windows[headlineWindow(indicator)], indicator.Name)
	}
	var all []string
	for _, window := range slices.Sorted(maps.Keys(windows)) {
		all = append(all, fmt.Sprintf("{__name__=~%q, window=%q}", strings.Join(windows[window], "|"), window))
	}
	named := "label_replace(\n" + strings.Join(all, "\nor\n") + ",\n\"indicator\", \"$1\", \"__name__\", \"(.+)\")"
	bars := b.bars(id, place, "Distributions (shares in %, times in days)", "Indicators that are counted by group, such as by length or by when a visit falls due.", "nothing is counted by group").
		WithTarget(instant(named+"\n* on (indicator) group_left (title) "+b.scale(), "{{title}}:"+b.breakdownNames())).
		WithTransformation(spacedNames())
	words := definition.CodeLabels()
	for _, indicator := range indicators {
		for _, family := range indicator.Families() {
			if family.Name == indicator.Name {
				for _, label := range family.Labels {
					inWords(bars, indicator.Title, words[label])
				}
			}
		}
	}
	b.add(bars)
}

// headlineWindow is the window that tiles use, empty for a state on a day.
func headlineWindow(indicator *definition.Indicator) string {
	if indicator.Cohort.Snapshot() {
		return ""
	}
	return string(indicator.Headline)
}

// inPlainNumbers writes shares of the indicator that is picked in per cent and its times in days.
func (b *Board) inPlainNumbers(expression string) string {
	return fmt.Sprintf("(%s) * on () group_left () %s", expression, chosen(b.scale()))
}

// scale is what numbers of each indicator are multiplied by for people to read: shares in per cent, times in days.
func (b *Board) scale() string {
	const info = "childrens_indicator_info"
	return b.record(Rule{Record: scaleAnswers, Labels: []string{"indicator", "title"}, Expr: fmt.Sprintf(
		"max by (indicator, title) (\n100 * %[1]s{unit=\"ratio\"}\nor %[1]s{unit=\"seconds\"} / 86400\nor %[1]s{unit!~\"ratio|seconds\"}\n)", info)})
}

func (b *Board) bars(id uint32, place Place, title, about, none string) *bargauge.PanelBuilder {
	return bargauge.NewPanelBuilder().Id(id).GridPos(place.grid()).Datasource(b.Source.ref()).
		Title(title).Description(about).NoValue(none).Unit("none").Decimals(0).Min(0).
		ColorScheme(fixed(Blue)).Thresholds(plain(Blue)).
		Orientation(common.VizOrientationHorizontal).DisplayMode(common.BarGaugeDisplayModeBasic).
		ValueMode(common.BarGaugeValueModeText).NamePlacement(common.BarGaugeNamePlacementLeft).
		ShowUnfilled(false).Sizing(common.BarGaugeSizingManual).MinVizHeight(22).MaxVizHeight(26).MinVizWidth(8).
		Text(size(sizeAxis, sizeAxis)).
		ReduceOptions(common.NewReduceDataOptionsBuilder().Calcs([]string{"lastNotNull"})).
		Legend(legend().ShowLegend(false))
}

// breakdownNames is a legend of whichever labels a series has.
func (b *Board) breakdownNames() string {
	var names strings.Builder
	for _, label := range b.breakdownLabels() {
		fmt.Fprintf(&names, " {{%s}}", label)
	}
	return names.String()
}

// breakdownLabels lists every label that a breakdown may carry, the team's apart.
func (b *Board) breakdownLabels() []string {
	seen := map[string]bool{"team": true, definition.WindowLabel: true}
	var labels []string
	for _, indicator := range b.catalogue.Indicators() {
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
