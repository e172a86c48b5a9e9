package panels

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// IndicatorVariable adds the variable indicator: those that a selector of childrens_indicator_info gives, so that a
// council's own appear too. The list shows their titles. The page opens with the first.
func (d *Dashboard) IndicatorVariable(selector, first string) {
	indicator := d.indicator(first)
	d.builder.WithVariable(dashboard.NewQueryVariableBuilder("indicator").
		Label("Indicator").
		Description("The indicator that the panels with bars and lines show.").
		Datasource(d.Source.ref()).
		Query(dashboard.StringOrMap{String: new("query_result(" + selector + ")")}).
		Regex(`/indicator="(?<value>[^"]+)".*title="(?<text>[^"]+)"/`).
		Refresh(dashboard.VariableRefreshOnDashboardLoad).
		Sort(dashboard.VariableSortAlphabeticalCaseInsensitiveAsc).
		Multi(false).IncludeAll(false).
		Current(dashboard.VariableOption{
			Text:  dashboard.StringOrArrayOfString{String: new(indicator.Title)},
			Value: dashboard.StringOrArrayOfString{String: new(indicator.Name)},
		}))
}

// WindowVariable adds the variable window: month, quarter or year of an indicator that counts over time. A state on a
// day has none, which the queries match too.
func (d *Dashboard) WindowVariable(first string) {
	window := ""
	if indicator := d.indicator(first); !indicator.Cohort.Snapshot() {
		window = string(indicator.Headline)
	}
	d.builder.WithVariable(dashboard.NewQueryVariableBuilder("window").
		Label("Counted over").
		Description("The period that the trend and the breakdowns count over; empty for an indicator of a day.").
		Datasource(d.Source.ref()).
		Query(dashboard.StringOrMap{String: new(`label_values({__name__="$indicator"}, window)`)}).
		Refresh(dashboard.VariableRefreshOnDashboardLoad).
		Sort(dashboard.VariableSortAlphabeticalDesc).
		Multi(false).IncludeAll(false).
		Current(dashboard.VariableOption{
			Text:  dashboard.StringOrArrayOfString{String: new(window)},
			Value: dashboard.StringOrArrayOfString{String: new(window)},
		}))
}

// selectedIndicator is the family of the selected indicator, over the selected window.
const selectedIndicator = `{__name__="$indicator", window=~"|$window"}`

// selectedIndicatorByTeam is the same for the selected team.
const selectedIndicatorByTeam = `{__name__="${indicator}_by_team", team=~"$team", window=~"|$window"}`

// selectedHistory is the selected indicator of the authority or of the selected team, by day.
func selectedHistory(options History) string {
	lastDay := func(selector string) string { return "last_over_time(" + selector + "[26h])" }
	if !options.ByTeam {
		return lastDay(selectedIndicator)
	}
	return fallback(whenAuthoritySelected(lastDay(selectedIndicator)), lastDay(selectedIndicatorByTeam))
}

// indicatorLink is a link to a page with the indicator of a tile selected, and the same time and team.
func indicatorLink(uid, indicator string) string {
	return fmt.Sprintf("/d/%s?var-indicator=%s&${__url_time_range}", uid, indicator)
}
