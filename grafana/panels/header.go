package panels

import (
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	"github.com/grafana/grafana-foundation-sdk/go/stat"
)

// Panel ids of the header; others begin at 10.
const (
	headName, headPeriod, headDay, headBanner = 1, 2, 3, 4
)

// WallHeader says whose figures these are, of which period and how old the data
// are, and in a band that cannot be overlooked when they must not be relied on.
func (b *Board) WallHeader(title string) {
	b.add(b.line(headName, Place{0, 0, 12, 3}, title, "name", "childrens_authority_info", "The council, and what this screen shows."))
	b.add(b.line(headPeriod, Place{12, 0, 6, 3}, "Figures for", "period", "childrens_public_period_info",
		"The closed period that the figures belong to."))
	b.add(b.DataDay(Place{18, 0, 6, 3}, sizeHead))
	b.add(b.Banner(Place{0, 3, 24, 2},
		"✓ Data are up to date. Counts are rounded to 5; counts of 1 to 5 are hidden, so that no child can be recognised."))
}

// line is a caption and under it what a label of a family says.
func (b *Board) line(id uint32, place Place, caption, label, family, about string) *stat.PanelBuilder {
	return newStat(id, place, b.Source, about).Decimals(0).Transparent(true).
		TextMode(common.BigValueTextModeValueAndName).ColorMode(common.BigValueColorModeNone).
		Text(size(sizeFact, sizeHead)).
		ReduceOptions(common.NewReduceDataOptionsBuilder().Calcs([]string{"lastNotNull"}).Fields("/^"+caption+"$/")).
		OverrideByName(label, []dashboard.DynamicConfigValue{{Id: "displayName", Value: caption}}).
		WithTarget(instant("group by ("+label+") ("+family+")", "").Format(prometheus.PromQueryFormatTable))
}

// DataDay is the day of the latest event in the data, of the source that lags
// behind where there are two.
func (b *Board) DataDay(place Place, pixels float64) *stat.PanelBuilder {
	return newStat(headDay, place, b.Source, "The day of the latest event in the data; of two sources the one that lags behind.").
		Transparent(true).
		TextMode(common.BigValueTextModeValueAndName).ColorMode(common.BigValueColorModeNone).
		Text(size(min(pixels, sizeFact), pixels)).Unit("time:D MMMM YYYY").Decimals(0).
		WithTarget(instant("1000 * min(childrens_exporter_source_data_timestamp_seconds)", "Data to"))
}

// Banner is quiet while data are up to date and loud when they are not, or when
// the exporter does not answer at all.
func (b *Board) Banner(place Place, quiet string) *stat.PanelBuilder {
	said := func(value, words, colour string) dashboard.ValueMapping {
		return dashboard.ValueMapping{ValueMap: &dashboard.ValueMap{
			Type: dashboard.MappingTypeValueToText,
			Options: map[string]dashboard.ValueMappingResult{
				value: {Text: new(words), Color: new(colour)},
			},
		}}
	}
	return newStat(headBanner, place, b.Source, "Whether the data may be relied on: the exporter marks a source stale when it could not be read for longer than its values may be shown.").
		Transparent(true).
		TextMode(common.BigValueTextModeValue).ColorMode(common.BigValueColorModeBackgroundSolid).
		Text(size(sizeWords, sizeWords)).Decimals(0).
		NoValue("▼ NO ANSWER FROM PROMETHEUS: do not rely on this screen").
		ColorScheme(dashboard.NewFieldColorBuilder().Mode(dashboard.FieldColorModeIdThresholds)).Thresholds(plain(Alarm)).
		Mappings([]dashboard.ValueMapping{
			said("0", quiet, Tint(Grey)),
			said("1", "▼ STALE DATA: a source could not be read. Do not rely on these figures.", Alarm),
			said("2", "▼ NO CONTACT WITH THE EXPORTER: do not rely on these figures.", Alarm),
			said("3", "▼ RULES OF THE SCREENS NOT LOADED IN PROMETHEUS: do not rely on this screen.", Alarm),
		}).
		WithTarget(instant(firstOf(freshness, "vector(3)"), "freshness"))
}

// Freshness is a banner of sources by name, for a page that is read at a desk.
func (b *Board) Freshness(place Place) {
	b.add(b.Banner(Place{place.X, place.Y, place.W - 6, place.H}, "✓ Data are up to date"))
	b.add(b.DataDay(Place{place.X + place.W - 6, place.Y, 6, place.H}, sizeDay).WideLayout(true))
}

// Text adds a panel of plain words.
func (b *Board) Text(id uint32, place Place, title, about, content string) {
	b.add(newText(id, place, about, content).Title(title))
}
