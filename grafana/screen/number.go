package screen

import (
	"cmp"

	"github.com/grafana/grafana-foundation-sdk/go/common"

	"childrens-services-exporter/exporter/catalogue"
)

// Number is one indicator of a team on a manager's page.
type Number struct {
	ID        uint32
	Indicator string
	// Title in plain words; the definition's own where it is empty.
	Title string
	// JudgedBy is the ratio that has the target, where a count has none.
	JudgedBy string
}

// Number adds a panel with the value of the team that is picked, its status in
// colour, shape and word, and "n of N" where it is a ratio.
func (b *Board) Number(place Place, number Number) {
	indicator := b.indicator(number.Indicator)
	unit, decimals := units(indicator)
	query, words := InTeam(indicator), Status.words
	switch {
	case number.JudgedBy != "":
		query, words = InTeamAs(indicator, b.indicator(number.JudgedBy)), Status.wordsAndFact
	case indicator.Measure.Kind == catalogue.Ratio && indicator.Unit == "ratio":
		query, words = InTeamOf(indicator), Status.wordsAndFact
	}
	panel := newStat(number.ID, place, b.Source, describe(indicator)).
		Title(cmp.Or(number.Title, indicator.Title)).Unit(unit).Decimals(decimals).
		TextMode(common.BigValueTextModeValueAndName).ColorMode(common.BigValueColorModeBackgroundSolid).
		Text(size(sizeSmall, sizeNumber)).WideLayout(true).
		WithTarget(instant(query, "{{status}}"))
	b.add(withStatuses(panel, Status.tint, words))
}

// wordsAndFact are the words of a status and what the label fact adds to them.
func (s Status) wordsAndFact() string {
	if s.Blank {
		return s.Words
	}
	return s.Words + "${__field.labels.fact}"
}
