package panels

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"childrens-services-exporter/exporter/definition"
)

// Live is an indicator's value now with its status, else why there is none.
func Live(indicator *definition.Indicator) string {
	info := of("childrens_indicator_info", indicator.Name)
	return firstOf(judged(indicator),
		reasoned(fmt.Sprintf("(childrens_exporter_indicator_available{indicator=%q} == 0)", indicator.Name), "unavailable"),
		blank(info, "no_cases"),
		blank("absent("+info+")", "unavailable not_connected"))
}

// LiveWithParts is Live with " · n of N" as the label fact.
func LiveWithParts(indicator *definition.Indicator) string {
	parts := fmt.Sprintf(`label_replace(%s, "fact", " · $1", "fact", "(.*)")`, Parts(indicator))
	return firstOf(fmt.Sprintf("(%s)\n* on () group_left (fact) %s", Live(indicator), parts), Live(indicator))
}

// Headline adds the authority's value of an indicator. A click picks it for the rest of the page.
func (b *Board) Headline(place Place, id uint32, name, title, uid string) {
	indicator := b.indicator(name)
	unit, decimals := units(indicator)
	query, words, labels := Live(indicator), Status.words, []string{"status"}
	if indicator.Measure.Kind == definition.Ratio && indicator.Unit == "ratio" {
		query, words, labels = LiveWithParts(indicator), Status.wordsAndFact, append(labels, "fact")
	}
	answer := b.record(Rule{Record: tileAnswers, Indicator: indicator.Name, Labels: labels, Expr: query})
	panel := newStat(id, place, b.Source, describe(indicator)).
		Title(cmp.Or(title, indicator.Title)).Unit(unit).Decimals(decimals).
		TextMode(common.BigValueTextModeValueAndName).ColorMode(common.BigValueColorModeBackgroundSolid).
		Text(size(sizeSmall, sizeNumber)).WideLayout(true).
		DataLinks([]cog.Builder[dashboard.DashboardLink]{linkTo("Look closer", toIndicator(uid, indicator.Name))}).
		WithTarget(instant(answer, "{{status}}"))
	b.add(withStatuses(panel, Status.tint, words))
}

func linkTo(title, url string) *dashboard.DashboardLinkBuilder {
	return dashboard.NewDashboardLinkBuilder(title).Url(url)
}

// Definitions adds what each indicator means, in the words of the catalogue.
func (b *Board) Definitions(id uint32, place Place, title string, indicators []*definition.Indicator) {
	var rows strings.Builder
	rows.WriteString(`<table><thead><tr><th>Ref</th><th>Indicator</th><th>Definition</th><th>Law or guidance</th><th>Target</th><th>Version</th></tr></thead><tbody>`)
	inOrder := slices.SortedStableFunc(slices.Values(indicators), func(a, b *definition.Indicator) int { return cmp.Compare(a.ID, b.ID) })
	for _, indicator := range inOrder {
		fmt.Fprintf(&rows, "<tr><td>%d</td><td><b>%s</b><br><code>%s</code></td><td>%s</td><td>%s</td><td>%s</td><td>%d</td></tr>",
			indicator.ID, html.EscapeString(indicator.Title), indicator.Name, html.EscapeString(sentence(indicator.Definition)),
			html.EscapeString(sentence(indicator.Law)), html.EscapeString(targetWords(indicator)), indicator.Version)
	}
	rows.WriteString("</tbody></table>")
	b.Text(id, place, title, "The definitions of this page, as childrens-services-exporter catalogue prints them.", rows.String())
}

// targetWords is the target that ships; a council's own is in the tables beside.
func targetWords(indicator *definition.Indicator) string {
	if indicator.Target == nil {
		return sentence("None: " + indicator.TargetReason)
	}
	value := strconv.FormatFloat(*indicator.Target, 'g', 4, 64)
	if indicator.Unit == "ratio" {
		value = strconv.FormatFloat(100**indicator.Target, 'g', 4, 64) + "%"
	}
	switch indicator.Better {
	case definition.HigherBetter:
		return value + " or more."
	case definition.LowerBetter:
		return value + " or less."
	case definition.NeitherBetter:
	}
	return value + "."
}
