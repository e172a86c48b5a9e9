package dashboardquery

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Variables are what is picked, by variable.
type Variables map[string]string

// variablePattern is a variable in an expression; $1 is a part of a regular expression and
// none.
const variablePattern = `\$\{?([a-zA-Z_][a-zA-Z0-9_]*)(?::[a-z]+)?\}?`

// Expand writes an expression as Grafana does once something is picked. A variable
// that nobody has picked is an error.
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
		value, picked := values[name]
		if !picked {
			unknown = append(unknown, match)
		}
		return value
	})
	if unknown != nil {
		return "", fmt.Errorf("%s: %s: nothing is picked for %s", p.Title, query.Panel, strings.Join(unknown, ", "))
	}
	return expanded, nil
}

func seconds(of time.Duration) string { return strconv.Itoa(int(of.Seconds())) + "s" }

// lookback is how far a query looks back.
func (p Page) lookback(query Query) time.Duration { return cmp.Or(query.Range, p.Range) }

// Step is the distance of the points that a panel draws.
func (p Page) Step(query Query) time.Duration {
	return max(time.Minute, query.MinInterval, (p.lookback(query) / time.Duration(query.Points)).Round(time.Second))
}

// Ask asks a server what a query of the page answers at a moment.
func (p Page) Ask(ctx context.Context, server string, query Query, variables Variables, at time.Time) ([]Series, error) {
	step := p.Step(query)
	expanded, err := p.Expand(query, variables, step)
	if err != nil {
		return nil, err
	}
	path, form := "query", url.Values{"query": {expanded}}
	if query.Instant {
		form.Set("time", moment(at))
	} else {
		path = "query_range"
		form.Set("start", moment(at.Add(-p.lookback(query))))
		form.Set("end", moment(at))
		form.Set("step", strconv.Itoa(int(step.Seconds())))
	}
	var found struct{ Result []Series }
	if err := post(ctx, server+"/api/v1/"+path, form, &found); err != nil {
		return nil, fmt.Errorf("%s: %s: %s: %w", p.Title, query.Panel, expanded, err)
	}
	return found.Result, nil
}

// Values are what a picker offers, in the order of the server.
func (v Variable) Values(ctx context.Context, server string, variables Variables, at time.Time) ([]string, error) {
	query := Query{Panel: v.Name, Expr: v.Query, Instant: true}
	expanded, err := Page{Title: "picker"}.Expand(query, variables, time.Minute)
	if err != nil {
		return nil, err
	}
	if parts := regexp.MustCompile(`^label_values\((.+), ([a-z_]+)\)$`).FindStringSubmatch(expanded); parts != nil {
		var values []string
		form := url.Values{"match[]": {parts[1]}, "start": {moment(at.Add(-10 * time.Minute))}, "end": {moment(at)}}
		err := post(ctx, server+"/api/v1/label/"+parts[2]+"/values?"+form.Encode(), nil, &values)
		return values, err
	}
	parts := regexp.MustCompile(`^query_result\((.+)\)$`).FindStringSubmatch(expanded)
	value := regexp.MustCompile(`([a-z_]+)="\(\?<value>`).FindStringSubmatch(v.Regex)
	if parts == nil || value == nil {
		return nil, fmt.Errorf("variable %s: %s is not read as a picker", v.Name, v.Query)
	}
	var answer struct{ Result []Series }
	err = post(ctx, server+"/api/v1/query", url.Values{"query": {parts[1]}, "time": {moment(at)}}, &answer)
	values := make([]string, len(answer.Result))
	for i, series := range answer.Result {
		values[i] = series.Metric[value[1]]
	}
	return values, err
}

// Series is one line of an answer.
type Series struct {
	Metric map[string]string
	Value  []any
	Values [][]any
}

func moment(at time.Time) string {
	return strconv.FormatFloat(float64(at.UnixMilli())/1000, 'f', 3, 64)
}

// post asks as the data sources do; without a form it gets.
func post(ctx context.Context, address string, form url.Values, into any) error {
	method, body := http.MethodGet, io.Reader(http.NoBody)
	if form != nil {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	request, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return err
	}
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	var answer struct {
		Status, Error string
		Data          json.RawMessage
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return fmt.Errorf("the answer is not JSON: %s", response.Status)
	}
	if answer.Status != "success" {
		return fmt.Errorf("%s", answer.Error)
	}
	return json.Unmarshal(answer.Data, into)
}
