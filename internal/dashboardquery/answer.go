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
	offered, err := p.offered(ctx, servers, query, at)
	if err != nil {
		return false, err
	}
	for _, picks := range offered {
		if picks, err = p.withWindow(ctx, servers, picks, at); err != nil {
			return false, err
		}
		series, err := p.Ask(ctx, servers[query.Source], query, picks, at)
		if err != nil || tells(series) {
			return err == nil, err
		}
	}
	return false, nil
}

// offered lists what may be picked for a query, one thing after another.
func (p Page) offered(ctx context.Context, servers Servers, query Query, at time.Time) ([]Picks, error) {
	base := p.Base()
	all := []Picks{base}
	values := map[string][]string{}
	for _, name := range []string{"team", "indicator"} {
		for _, variable := range p.Variables {
			if variable.Name != name || !strings.Contains(query.Expr, "$"+name) && !strings.Contains(query.Expr, "${"+name) {
				continue
			}
			found, err := variable.Values(ctx, servers[variable.Source], base, at)
			if err != nil {
				return nil, err
			}
			values[name] = found
		}
	}
	for _, team := range values["team"] {
		all = append(all, base.with("team", team))
	}
	for _, indicator := range values["indicator"] {
		one := base.with("indicator", indicator)
		all = append(all, one)
		for _, team := range values["team"] {
			all = append(all, one.with("team", team))
		}
	}
	return all, nil
}

// Base is what is picked when the page is opened.
func (p Page) Base() Picks {
	picks := Picks{}
	for _, variable := range p.Variables {
		picks[variable.Name] = variable.Current
		if variable.Current == "$__all" {
			picks[variable.Name] = variable.All
		}
	}
	return picks
}

func (picks Picks) with(name, value string) Picks {
	changed := Picks{name: value}
	for other, known := range picks {
		if other != name {
			changed[other] = known
		}
	}
	return changed
}

// withWindow picks a window that the indicator has, as Grafana does where the
// indicator is another.
func (p Page) withWindow(ctx context.Context, servers Servers, picks Picks, at time.Time) (Picks, error) {
	for _, variable := range p.Variables {
		if variable.Name != "window" || picks["indicator"] == p.Base()["indicator"] {
			continue
		}
		values, err := variable.Values(ctx, servers[variable.Source], picks, at)
		if err != nil {
			return nil, err
		}
		// The picker has them from Z to A.
		slices.Sort(values)
		window := ""
		if len(values) > 0 {
			window = values[len(values)-1]
		}
		return picks.with("window", window), nil
	}
	return picks, nil
}

// tells reports whether an answer holds anything but that there is none.
func tells(series []Series) bool {
	return slices.ContainsFunc(series, func(one Series) bool { return !strings.HasPrefix(one.Metric["status"], "unavailable") })
}
