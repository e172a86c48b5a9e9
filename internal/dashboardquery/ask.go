package dashboardquery

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/api"
	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/common/model"
)

// Variables are the values of a dashboard's variables, by name.
type Variables map[string]string

// variablePattern matches a variable in an expression, but not $1, which is a group of a regular expression.
const variablePattern = `\$\{?([a-zA-Z_][a-zA-Z0-9_]*)(?::[a-z]+)?\}?`

// Expand replaces the variables in a query's expression by their values, as Grafana does. A variable without a value is
// an error.
func (p Page) Expand(query Query, variables Variables, step time.Duration) (string, error) {
	values := map[string]string{
		"__range": seconds(p.lookback(query)), "__range_s": strconv.Itoa(int(p.lookback(query).Seconds())), "__interval": seconds(step),
		// The scrape interval of the data sources is a minute.
		"__rate_interval": seconds(max(step+time.Minute, 4*time.Minute)),
	}
	maps.Copy(values, variables)
	var unknown []string
	expanded := regexp.MustCompile(variablePattern).ReplaceAllStringFunc(query.Expr, func(match string) string {
		name := regexp.MustCompile(variablePattern).FindStringSubmatch(match)[1]
		value, known := values[name]
		if !known {
			unknown = append(unknown, match)
		}
		return value
	})
	if unknown != nil {
		return "", fmt.Errorf("%s: %s: no value for the variable %s", p.Title, query.Panel, strings.Join(unknown, ", "))
	}
	return expanded, nil
}

func seconds(of time.Duration) string { return strconv.Itoa(int(of.Seconds())) + "s" }

// lookback is how far a query looks back.
func (p Page) lookback(query Query) time.Duration { return cmp.Or(query.Range, p.Range) }

// Step is the interval between the points that a panel draws.
func (p Page) Step(query Query) time.Duration {
	return max(time.Minute, query.MinInterval, (p.lookback(query) / time.Duration(query.Points)).Round(time.Second))
}

// Ask sends a query of the page to a server, as at a moment, and gives the labels of each series of the result.
func (p Page) Ask(ctx context.Context, server string, query Query, variables Variables, at time.Time) ([]model.Metric, error) {
	step := p.Step(query)
	expanded, err := p.Expand(query, variables, step)
	if err != nil {
		return nil, err
	}
	series, err := execute(server, expanded, func(client v1.API) (model.Value, error) {
		if query.Instant {
			value, _, _, err := client.Query(ctx, expanded, at)
			return value, err
		}
		value, _, _, err := client.QueryRange(ctx, expanded, v1.Range{Start: at.Add(-p.lookback(query)), End: at, Step: step.Truncate(time.Second)})
		return value, err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %s: %w", p.Title, query.Panel, err)
	}
	return series, nil
}

// Values are what the variable offers to choose from, in the order of the server.
func (v Variable) Values(ctx context.Context, server string, variables Variables, at time.Time) ([]string, error) {
	query := Query{Panel: v.Name, Expr: v.Query, Instant: true}
	expanded, err := Page{Title: "variable"}.Expand(query, variables, time.Minute)
	if err != nil {
		return nil, err
	}
	if parts := regexp.MustCompile(`^label_values\((.+), ([a-z_]+)\)$`).FindStringSubmatch(expanded); parts != nil {
		return labelValues(ctx, server, parts[1], parts[2], at)
	}
	parts := regexp.MustCompile(`^query_result\((.+)\)$`).FindStringSubmatch(expanded)
	label := regexp.MustCompile(`([a-z_]+)="\(\?<value>`).FindStringSubmatch(v.Regex)
	if parts == nil || label == nil {
		return nil, fmt.Errorf("variable %s: %s is neither label_values(selector, label) nor query_result(expression) with a regex", v.Name, v.Query)
	}
	series, err := execute(server, parts[1], func(client v1.API) (model.Value, error) {
		value, _, _, err := client.Query(ctx, parts[1], at)
		return value, err
	})
	if err != nil {
		return nil, fmt.Errorf("variable %s: %w", v.Name, err)
	}
	values := make([]string, len(series))
	for i, metric := range series {
		values[i] = string(metric[model.LabelName(label[1])])
	}
	return values, nil
}

// labelValues are the values of a label in the last ten minutes.
func labelValues(ctx context.Context, server, selector, label string, at time.Time) ([]string, error) {
	client, err := newClient(server)
	if err != nil {
		return nil, err
	}
	listed, _, _, err := client.LabelValues(ctx, label, []string{selector}, at.Add(-10*time.Minute), at)
	if err != nil {
		return nil, fmt.Errorf("values of %s in %s: %w", label, selector, err)
	}
	values := make([]string, len(listed))
	for i, value := range listed {
		values[i] = string(value)
	}
	return values, nil
}

func newClient(server string) (v1.API, error) {
	client, err := api.NewClient(api.Config{Address: server})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", server, err)
	}
	return v1.NewAPI(client), nil
}

// execute runs a query on a server and gives the labels of each series of the result.
func execute(server, expression string, run func(v1.API) (model.Value, error)) ([]model.Metric, error) {
	client, err := newClient(server)
	if err != nil {
		return nil, err
	}
	value, err := run(client)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", expression, err)
	}
	var series []model.Metric
	switch result := value.(type) {
	case model.Vector:
		for _, sample := range result {
			series = append(series, sample.Metric)
		}
	case model.Matrix:
		for _, stream := range result {
			series = append(series, stream.Metric)
		}
	default:
		return nil, fmt.Errorf("%s: the result is a %s, not series", expression, value.Type())
	}
	return series, nil
}
