package dashboardquery

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/common/model"
)

// Servers are the addresses of the data sources, by uid.
type Servers map[string]string

// Answered reports whether a query has data for some choice of the page's variables: the values that the page opens with,
// then each team, then each indicator, for the authority and by team.
func (p Page) Answered(ctx context.Context, servers Servers, query Query, at time.Time) (bool, error) {
	choices, err := p.variableChoices(ctx, servers, query, at)
	if err != nil {
		return false, err
	}
	for _, variables := range choices {
		if variables, err = p.withWindow(ctx, servers, variables, at); err != nil {
			return false, err
		}
		series, err := p.Ask(ctx, servers[query.Source], query, variables, at)
		if err != nil || hasData(series) {
			return err == nil, err
		}
	}
	return false, nil
}

// variableChoices lists the values of variables to try for a query, in order.
func (p Page) variableChoices(ctx context.Context, servers Servers, query Query, at time.Time) ([]Variables, error) {
	base := p.Base()
	all := []Variables{base}
	values := map[string][]string{}
	for _, name := range []string{"team", "indicator"} {
		for _, variable := range p.Variables {
			if variable.Name != name || !strings.Contains(query.Expr, "$"+name) && !strings.Contains(query.Expr, "${"+name) {
				continue
			}
			choices, err := variable.Values(ctx, servers[variable.Source], base, at)
			if err != nil {
				return nil, err
			}
			values[name] = choices
		}
	}
	for _, team := range values["team"] {
		all = append(all, base.with("team", team))
	}
	for _, indicator := range values["indicator"] {
		withIndicator := base.with("indicator", indicator)
		all = append(all, withIndicator)
		for _, team := range values["team"] {
			all = append(all, withIndicator.with("team", team))
		}
	}
	return all, nil
}

// Base is the value of each variable when the page is opened.
func (p Page) Base() Variables {
	variables := Variables{}
	for _, variable := range p.Variables {
		variables[variable.Name] = variable.Current
		if variable.Current == "$__all" {
			variables[variable.Name] = variable.All
		}
	}
	return variables
}

func (variables Variables) with(name, value string) Variables {
	changed := Variables{name: value}
	for other, current := range variables {
		if other != name {
			changed[other] = current
		}
	}
	return changed
}

// withWindow sets the window to one that the chosen indicator has, as Grafana does when the indicator changes.
func (p Page) withWindow(ctx context.Context, servers Servers, variables Variables, at time.Time) (Variables, error) {
	for _, variable := range p.Variables {
		if variable.Name != "window" || variables["indicator"] == p.Base()["indicator"] {
			continue
		}
		values, err := variable.Values(ctx, servers[variable.Source], variables, at)
		if err != nil {
			return nil, err
		}
		// The variable lists them from Z to A.
		slices.Sort(values)
		window := ""
		if len(values) > 0 {
			window = values[len(values)-1]
		}
		return variables.with("window", window), nil
	}
	return variables, nil
}

// hasData reports whether a result holds a series that does more than say why there is no value.
func hasData(series []model.Metric) bool {
	return slices.ContainsFunc(series, func(metric model.Metric) bool { return !strings.HasPrefix(string(metric["status"]), "unavailable") })
}
