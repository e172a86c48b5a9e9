package dashboardquery

import (
	"context"
	"slices"
	"strings"
	"time"
)

// Servers are the addresses of the data sources, by uid.
type Servers map[string]string

// Answered asks a query until something that a person may pick on the page gives it
// an answer: what is picked to begin with, then each team, then each indicator, for
// the authority and by team. It is false where nothing does.
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

// variableChoices lists what may be picked for a query, one thing after another.
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

// Base is what is picked when the page is opened.
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

// withWindow picks a window that the indicator has, as Grafana does where the
// indicator is another.
func (p Page) withWindow(ctx context.Context, servers Servers, variables Variables, at time.Time) (Variables, error) {
	for _, variable := range p.Variables {
		if variable.Name != "window" || variables["indicator"] == p.Base()["indicator"] {
			continue
		}
		values, err := variable.Values(ctx, servers[variable.Source], variables, at)
		if err != nil {
			return nil, err
		}
		// The picker has them from Z to A.
		slices.Sort(values)
		window := ""
		if len(values) > 0 {
			window = values[len(values)-1]
		}
		return variables.with("window", window), nil
	}
	return variables, nil
}

// hasData reports whether an answer holds anything but that there is none.
func hasData(series []Series) bool {
	return slices.ContainsFunc(series, func(line Series) bool { return !strings.HasPrefix(line.Metric["status"], "unavailable") })
}
