// Package dashboardquery reads the queries of the dashboards and runs them as Grafana does, so that a check and a
// benchmark see what a person sees.
package dashboardquery

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// Page is a dashboard.
type Page struct {
	Folder, UID, Title string
	// Range is how far back the page looks.
	Range     time.Duration
	Variables []Variable
	Queries   []Query
}

// Variable is a variable of a page, whose value a person chooses.
type Variable struct {
	Name, Source, Query, Regex string
	// Current is the value when the page is opened.
	Current string
	// All is the value that stands for all values together; empty where that cannot be chosen.
	All string
}

// Query is one query of a panel or an annotation of a page.
type Query struct {
	Panel, Source, Expr string
	Instant             bool
	// Points is the most points that a panel draws, and MinInterval the least interval between them.
	Points      int
	MinInterval time.Duration
	// Range is how far back the panel looks where that differs from its page; otherwise 0.
	Range time.Duration
}

// dashboard is the JSON model of Grafana.
type dashboard struct {
	UID, Title string
	Time       struct{ From string }
	Panels     []struct {
		Title         string
		Datasource    datasource
		MaxDataPoints int
		Interval      string
		TimeFrom      string
		Targets       []struct {
			Expr       string
			Instant    bool
			Datasource datasource
		}
	}
	Templating  struct{ List []variable }
	Annotations struct {
		List []struct {
			Name, Expr, Step string
			Datasource       datasource
		}
	}
}

type datasource struct{ UID string }

// sharedSource is the data source of a panel that shows the result of another panel's query.
const sharedSource = "-- Dashboard --"

type variable struct {
	Name, Regex string
	Query       json.RawMessage
	Datasource  datasource
	AllValue    string
	Current     struct{ Value json.RawMessage }
}

// Read reads every dashboard below a folder, in the order of their names.
func Read(folder string) ([]Page, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*", "*.json"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s holds no dashboard; run make dashboards", folder)
	}
	slices.Sort(files)
	pages := make([]Page, len(files))
	for i, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var read dashboard
		if err := json.Unmarshal(text, &read); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if pages[i], err = read.toPage(filepath.Base(filepath.Dir(file))); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	return pages, nil
}

func (d dashboard) toPage(folder string) (Page, error) {
	lookback, err := parseLookback(d.Time.From)
	if err != nil {
		return Page{}, err
	}
	page := Page{Folder: folder, UID: d.UID, Title: d.Title, Range: lookback}
	for _, item := range d.Templating.List {
		page.Variables = append(page.Variables, Variable{
			Name: item.Name, Source: item.Datasource.UID, Query: stringValue(item.Query), Regex: item.Regex,
			Current: stringValue(item.Current.Value), All: item.AllValue,
		})
	}
	for _, panel := range d.Panels {
		if panel.Datasource.UID == sharedSource {
			continue // another panel runs the query
		}
		interval, err := parseInterval(panel.Interval)
		if err != nil {
			return Page{}, fmt.Errorf("%s: %w", panel.Title, err)
		}
		from, err := parseInterval(panel.TimeFrom)
		if err != nil {
			return Page{}, fmt.Errorf("%s: %w", panel.Title, err)
		}
		for _, target := range panel.Targets {
			query := Query{Panel: panel.Title, Source: panel.Datasource.UID, Expr: target.Expr, Instant: target.Instant,
				Points: panel.MaxDataPoints, MinInterval: interval, Range: from}
			if target.Datasource.UID != "" {
				query.Source = target.Datasource.UID
			}
			if query.Points == 0 {
				query.Points = 1000 // about the pixels of a panel that is half a screen wide
			}
			page.Queries = append(page.Queries, query)
		}
	}
	for _, item := range d.Annotations.List {
		interval, err := parseInterval(item.Step)
		if err != nil {
			return Page{}, fmt.Errorf("annotation %s: %w", item.Name, err)
		}
		page.Queries = append(page.Queries, Query{Panel: "annotation " + item.Name, Source: item.Datasource.UID, Expr: item.Expr, Points: 1000, MinInterval: interval})
	}
	return page, nil
}

// parseInterval is a time as Grafana writes it, such as 12h; 0 where none is written.
func parseInterval(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	return parseLookback("now-" + text)
}

// stringValue is a value that Grafana keeps as a text, or in a list or an object with it.
func stringValue(value json.RawMessage) string {
	var plain string
	if json.Unmarshal(value, &plain) == nil {
		return plain
	}
	var listed []string
	if json.Unmarshal(value, &listed) == nil && len(listed) > 0 {
		return listed[0]
	}
	var object struct{ Query string }
	_ = json.Unmarshal(value, &object) // what is none of these has no text
	return object.Query
}

// parseLookback reads how far back a page looks, as in now-2y.
func parseLookback(from string) (time.Duration, error) {
	const day = 24 * time.Hour
	units := map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": day, "w": 7 * day, "M": 30 * day, "y": 365 * day}
	parts := regexp.MustCompile(`^now-(\d+)([mhdwMy])$`).FindStringSubmatch(from)
	if parts == nil {
		return 0, fmt.Errorf("the time range begins at %q, which is not understood: it has to be now-, a number and one of m h d w M y", from)
	}
	many, err := strconv.Atoi(parts[1])
	return time.Duration(many) * units[parts[2]], err
}
