package panels

import (
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	"github.com/grafana/grafana-foundation-sdk/go/stat"
)

// Panel ids of the header; others begin at 10.
const (
	namePanel, periodPanel, datePanel, bannerPanel = 1, 2, 3, 4
)

// WallHeader adds the name of the council, the period of the figures and the date of the data, and a band that cannot
// be overlooked when the figures must not be relied on.
func (d *Dashboard) WallHeader(title string) {
	d.add(d.labelStat(namePanel, GridPos{0, 0, 12, 3}, title, "name", "childrens_authority_info", "The council, and what this screen shows."))
	d.add(d.labelStat(periodPanel, GridPos{12, 0, 6, 3}, "Figures for", "period", "childrens_public_period_info",
		"The closed period that the figures belong to."))
	d.add(d.DataDate(GridPos{18, 0, 6, 3}, sizeHead))
	d.add(d.Banner(GridPos{0, 3, 24, 2},
		"✓ Data are up to date. Counts are rounded to 5; counts of 1 to 5 are hidden, so that no child can be recognised."))
}

// labelStat is a caption and under it a label of a family.
func (d *Dashboard) labelStat(id uint32, pos GridPos, caption, label, family, description string) *stat.PanelBuilder {
	return newStat(id, pos, d.Source, description).Decimals(0).Transparent(true).
		TextMode(common.BigValueTextModeValueAndName).ColorMode(common.BigValueColorModeNone).
		Text(textSize(sizeFact, sizeHead)).
		ReduceOptions(common.NewReduceDataOptionsBuilder().Calcs([]string{"lastNotNull"}).Fields("/^"+caption+"$/")).
		OverrideByName(label, []dashboard.DynamicConfigValue{{Id: "displayName", Value: caption}}).
		WithTarget(instantQuery("group by ("+label+") ("+family+")", "").Format(prometheus.PromQueryFormatTable))
}

// DataDate is the day of the latest event in the data, of the source that lags
// behind where there are two.
func (d *Dashboard) DataDate(pos GridPos, pixels float64) *stat.PanelBuilder {
	return newStat(datePanel, pos, d.Source, "The day of the latest event in the data; of two sources the one that lags behind.").
		Transparent(true).
		TextMode(common.BigValueTextModeValueAndName).ColorMode(common.BigValueColorModeNone).
		Text(textSize(min(pixels, sizeFact), pixels)).Unit("time:D MMMM YYYY").Decimals(0).
		WithTarget(instantQuery("1000 * min(childrens_exporter_source_data_timestamp_seconds)", "Data to"))
}

// Banner is quiet while data are up to date and loud when they are not, or when
// the exporter does not answer at all.
func (d *Dashboard) Banner(pos GridPos, upToDate string) *stat.PanelBuilder {
	mapping := func(value, words, colour string) dashboard.ValueMapping {
		return dashboard.ValueMapping{ValueMap: &dashboard.ValueMap{
			Type: dashboard.MappingTypeValueToText,
			Options: map[string]dashboard.ValueMappingResult{
				value: {Text: new(words), Color: new(colour)},
			},
		}}
	}
	return newStat(bannerPanel, pos, d.Source, "Whether the data may be relied on: the exporter marks a source stale when it could not be read for longer than its values may be shown.").
		Transparent(true).
		TextMode(common.BigValueTextModeValue).ColorMode(common.BigValueColorModeBackgroundSolid).
		Text(textSize(sizeWords, sizeWords)).Decimals(0).
		NoValue("▼ NO ANSWER FROM PROMETHEUS: do not rely on this screen").
		ColorScheme(dashboard.NewFieldColorBuilder().Mode(dashboard.FieldColorModeIdThresholds)).Thresholds(baseThreshold(Alarm)).
		Mappings([]dashboard.ValueMapping{
			mapping("0", upToDate, Tint(Grey)),
			mapping("1", "▼ STALE DATA: a source could not be read. Do not rely on these figures.", Alarm),
			mapping("2", "▼ NO CONTACT WITH THE EXPORTER: do not rely on these figures.", Alarm),
			mapping("3", "▼ RULES OF THE SCREENS NOT LOADED IN PROMETHEUS: do not rely on this screen.", Alarm),
		}).
		WithTarget(instantQuery(fallback(freshnessRule, "vector(3)"), "freshness"))
}

// FreshnessBanner is a banner of sources by name, for a page that is read at a desk.
func (d *Dashboard) FreshnessBanner(pos GridPos) {
	d.add(d.Banner(GridPos{pos.X, pos.Y, pos.W - 6, pos.H}, "✓ Data are up to date"))
	d.add(d.DataDate(GridPos{pos.X + pos.W - 6, pos.Y, 6, pos.H}, sizeDay).WideLayout(true))
}

// Text adds a panel of plain words.
func (d *Dashboard) Text(id uint32, pos GridPos, title, description, content string) {
	d.add(newText(id, pos, description, content).Title(title))
}
