package panels

import (
	"cmp"

	"github.com/grafana/grafana-foundation-sdk/go/common"
)

// Number is one indicator of a team on a manager's page.
type Number struct {
	ID        uint32
	Indicator string
	// Title in plain words; the definition's own where it is empty.
	Title string
}

// Number adds a panel with the value of the team that is picked and its status in colour, shape and word.
func (b *Board) Number(place Place, number Number) {
	indicator := b.indicator(number.Indicator)
	unit, decimals := units(indicator)
	answer := b.record(Rule{Record: teamAnswers, Indicator: indicator.Name, Labels: []string{"team", "status"}, Expr: InTeams(indicator)})
	panel := newStat(number.ID, place, b.Source, describe(indicator)).
		Title(cmp.Or(number.Title, indicator.Title)).Unit(unit).Decimals(decimals).
		TextMode(common.BigValueTextModeValueAndName).ColorMode(common.BigValueColorModeBackgroundSolid).
		Text(size(sizeSmall, sizeNumber)).WideLayout(true).
		WithTarget(instant(ofPicked(answer), "{{status}}"))
	b.add(withStatuses(panel, Status.tint, Status.words))
}

// wordsAndFact are the words of a status and what the label fact adds to them.
func (s Status) wordsAndFact() string {
	if s.Blank {
		return s.Words
	}
	return s.Words + "${__field.labels.fact}"
}
