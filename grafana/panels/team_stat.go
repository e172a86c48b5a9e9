package panels

import (
	"cmp"

	"github.com/grafana/grafana-foundation-sdk/go/common"
)

// TeamStat is one indicator of a team on a manager's page.
type TeamStat struct {
	ID        uint32
	Indicator string
	// Title in plain words; the definition's own where it is empty.
	Title string
}

// TeamStat adds a panel with the value of the selected team and its status in colour, shape and word.
func (d *Dashboard) TeamStat(pos GridPos, options TeamStat) {
	indicator := d.indicator(options.Indicator)
	unit, decimals := units(indicator)
	series := d.addRule(Rule{Record: teamRule, Indicator: indicator.Name, Labels: []string{"team", "status"}, Expr: TeamValues(indicator)})
	panel := newStat(options.ID, pos, d.Source, describe(indicator)).
		Title(cmp.Or(options.Title, indicator.Title)).Unit(unit).Decimals(decimals).
		TextMode(common.BigValueTextModeValueAndName).ColorMode(common.BigValueColorModeBackgroundSolid).
		Text(textSize(sizeSmall, sizeNumber)).WideLayout(true).
		WithTarget(instantQuery(forSelectedTeam(series), "{{status}}"))
	d.add(statusOverrides(panel, Status.tint, Status.text))
}

// textAndFact are the words of a status and what the label fact adds to them.
func (s Status) textAndFact() string {
	if s.Blank {
		return s.Text
	}
	return s.Text + "${__field.labels.fact}"
}
