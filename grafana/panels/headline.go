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

// LiveValue is an indicator's value now with its status, else why there is none.
func LiveValue(indicator *definition.Indicator) string {
	info := forIndicator("childrens_indicator_info", indicator.Name)
	return fallback(valueWithStatus(indicator),
		reasonNaN(forIndicator("childrens_exporter_indicator_unavailable_reason", indicator.Name), "unavailable"),
		blankNaN(info, "no_cases"),
		blankNaN("absent("+info+")", "unavailable not_connected"))
}

// LiveValueWithCounts is Live with " · n of N" as the label fact.
func LiveValueWithCounts(indicator *definition.Indicator) string {
	counts := fmt.Sprintf(`label_replace(%s, "fact", " · $1", "fact", "(.*)")`, RatioCounts(indicator))
	return fallback(fmt.Sprintf("(%s)\n* on () group_left (fact) %s", LiveValue(indicator), counts), LiveValue(indicator))
}

// Headline adds the authority's value of an indicator. A click picks it for the rest of the page.
func (d *Dashboard) Headline(pos GridPos, id uint32, name, title, uid string) {
	indicator := d.indicator(name)
	unit, decimals := units(indicator)
	query, text, labels := LiveValue(indicator), Status.text, []string{"status"}
	if indicator.Measure.Kind == definition.Ratio && indicator.Unit == "ratio" {
		query, text, labels = LiveValueWithCounts(indicator), Status.textAndFact, append(labels, "fact")
	}
	rule := d.addRule(Rule{Record: tileRule, Indicator: indicator.Name, Labels: labels, Expr: query})
	panel := newStat(id, pos, d.Source, describe(indicator)).
		Title(cmp.Or(title, indicator.Title)).Unit(unit).Decimals(decimals).
		TextMode(common.BigValueTextModeValueAndName).ColorMode(common.BigValueColorModeBackgroundSolid).
		Text(textSize(sizeSmall, sizeNumber)).WideLayout(true).
		DataLinks([]cog.Builder[dashboard.DashboardLink]{dataLink("Look closer", indicatorLink(uid, indicator.Name))}).
		WithTarget(instantQuery(rule, "{{status}}"))
	d.add(statusOverrides(panel, Status.tint, text))
}

func dataLink(title, url string) *dashboard.DashboardLinkBuilder {
	return dashboard.NewDashboardLinkBuilder(title).Url(url)
}

// Definitions adds what each indicator means, in the words of the catalogue.
func (d *Dashboard) Definitions(id uint32, pos GridPos, title string, indicators []*definition.Indicator) {
	var rows strings.Builder
	rows.WriteString(`<table><thead><tr><th>Ref</th><th>Indicator</th><th>Definition</th><th>Law or guidance</th><th>Target</th><th>Version</th></tr></thead><tbody>`)
	inOrder := slices.SortedStableFunc(slices.Values(indicators), func(a, d *definition.Indicator) int { return cmp.Compare(a.ID, d.ID) })
	for _, indicator := range inOrder {
		fmt.Fprintf(&rows, "<tr><td>%d</td><td><b>%s</b><br><code>%s</code></td><td>%s</td><td>%s</td><td>%s</td><td>%d</td></tr>",
			indicator.ID, html.EscapeString(indicator.Title), indicator.Name, html.EscapeString(sentence(indicator.Definition)),
			html.EscapeString(sentence(indicator.Law)), html.EscapeString(shippedTarget(indicator)), indicator.Version)
	}
	rows.WriteString("</tbody></table>")
	d.Text(id, pos, title, "The definitions of this page, as childrens-services-exporter catalogue prints them.", rows.String())
}

// shippedTarget is the target that ships; a council's own is in the tables beside.
func shippedTarget(indicator *definition.Indicator) string {
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
