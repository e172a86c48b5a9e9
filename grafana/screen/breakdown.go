package screen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/bargauge"
	"github.com/grafana/grafana-foundation-sdk/go/common"

	"childrens-services-exporter/exporter/catalogue"
)

// Breakdowns adds a bar for each group of the indicator that is picked: by team, and by everything else.
func (b *Board) Breakdowns(id uint32, teams, others Place) {
	const anyBreakdown = `{__name__=~"${indicator}_by_.+", __name__!~".+_by_(team|worker|school)", window=~"|$window"}`
	var names strings.Builder
	for _, label := range b.breakdownLabels() {
		fmt.Fprintf(&names, " {{%s}}", label)
	}
	byTeam := `sort_desc({__name__="${indicator}_by_team", window=~"|$window"})`
	byOther := fmt.Sprintf("sort(label_replace(%s, \"by\", \"$1\", \"__name__\", \".+_by_(.+)\"))", anyBreakdown)
	b.add(b.bars(id, teams, "By team", "The indicator that is picked, by team. A child whose team is not known is under unknown.", "not broken down by team").
		WithTarget(instant(byTeam, "{{team}}").RefId("A")))
	b.add(b.bars(id+1, others, "By everything else", "The indicator that is picked by every other breakdown it has: age, category, reason and so on. Groups of different breakdowns count the same children.", "no other breakdown").
		WithTarget(instant(byOther, "{{by}}:"+names.String()).RefId("A")))
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
		Legend(legend().ShowLegend(false)).
		WithTarget(aboutChosen()).
		WithTransformation(asChosen(false))
}

// breakdownLabels lists every label that a breakdown may carry, the team's apart.
func (b *Board) breakdownLabels() []string {
	seen := map[string]bool{"team": true, "worker": true, "school": true, catalogue.WindowLabel: true}
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
