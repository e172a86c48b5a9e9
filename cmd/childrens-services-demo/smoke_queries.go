package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"childrens-services-exporter/internal/dashboardquery"
)

// expectedEmpty are the queries without data for a council in which all is well, by
// the uid of the page and the panel, with the reason.
func expectedEmpty() map[string]string {
	return map[string]string{
		"childrens-data-quality/Indicators that cannot be worked out, and why": "every indicator is worked out",
		"childrens-exporter/Held by a guard":                                   "no guard holds anything",
		"childrens-exporter/Cohorts that failed":                               "no cohort fails",
	}
}

// checkQueries runs every query of every page, as Grafana would, on the Prometheus that
// it is meant for, and every variable too. On a busy machine a scrape may fail, so that
// an empty result is queried again.
func (v smokeTest) checkQueries(ctx context.Context) (string, error) {
	pages, err := dashboardquery.Read(filepath.Join(v.repository, "grafana", "dashboards"))
	if err != nil {
		return "", err
	}
	servers := dashboardquery.Servers{"childrens": "http://" + v.addresses.managers, "childrens-public": "http://" + v.addresses.public}
	excused := expectedEmpty()
	problems := make([]error, len(pages))
	queries := 0
	var waiting sync.WaitGroup
	for i, page := range pages {
		queries += len(page.Queries)
		waiting.Go(func() {
			problems[i] = errors.Join(checkVariables(ctx, servers, page), checkPanels(ctx, servers, page, excused))
		})
	}
	waiting.Wait()
	wrong := errors.Join(problems...)
	for name := range excused {
		if !slices.ContainsFunc(pages, func(page dashboardquery.Page) bool { return strings.HasPrefix(name, page.UID+"/") }) {
			wrong = errors.Join(wrong, fmt.Errorf("no page has the query %s that is excused", name))
		}
	}
	return fmt.Sprintf("%d queries of %d pages, %d panels rightly empty", queries, len(pages), len(excused)), wrong
}

const (
	retryTimeout  = 6 * time.Minute
	retryInterval = 2 * time.Second
)

// retry repeats a function until it returns true or retryTimeout has passed.
func retry(ctx context.Context, do func() (bool, error)) (bool, error) {
	for began := time.Now(); ; {
		done, err := do()
		if done || err != nil || time.Since(began) > retryTimeout {
			return done, err
		}
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case <-time.After(retryInterval):
		}
	}
}

func checkVariables(ctx context.Context, servers dashboardquery.Servers, page dashboardquery.Page) error {
	var wrong []error
	for _, variable := range page.Variables {
		if variable.Name == "window" {
			continue // what is counted on a day has none
		}
		offered, err := retry(ctx, func() (bool, error) {
			values, err := variable.Values(ctx, servers[variable.Source], page.Base(), time.Now())
			return len(values) > 0, err
		})
		if err == nil && !offered {
			err = fmt.Errorf("%s: the variable %s offers nothing: %s", page.Title, variable.Name, variable.Query)
		}
		wrong = append(wrong, err)
	}
	return errors.Join(wrong...)
}

func checkPanels(ctx context.Context, servers dashboardquery.Servers, page dashboardquery.Page, excused map[string]string) error {
	var wrong []error
	met := map[string]bool{}
	for _, query := range page.Queries {
		name := page.UID + "/" + query.Panel
		reason, expected := excused[name]
		ask := func() (bool, error) { return page.Answered(ctx, servers, query, time.Now()) }
		var answered bool
		var err error
		if expected {
			answered, err = ask()
			met[name] = true
		} else {
			answered, err = retry(ctx, ask)
		}
		switch {
		case err != nil:
			wrong = append(wrong, err)
		case expected && answered:
			wrong = append(wrong, fmt.Errorf("%s: %s has data, so that it is not excused: %s", page.Title, query.Panel, reason))
		case !expected && !answered:
			wrong = append(wrong, fmt.Errorf("%s: %s has no data in %s: %s", page.Title, query.Panel, query.Source, query.Expr))
		}
	}
	for name, reason := range excused {
		if strings.HasPrefix(name, page.UID+"/") && !met[name] {
			wrong = append(wrong, fmt.Errorf("%s has no panel %s, which is excused: %s", page.Title, name, reason))
		}
	}
	return errors.Join(wrong...)
}
