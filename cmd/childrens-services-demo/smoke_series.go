package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/common/model"
)

// checkTargets waits for the first scrape of every job.
func (v smokeTest) checkTargets(ctx context.Context) (string, error) {
	for server, jobs := range map[string]int{v.addresses.managers: 2, v.addresses.public: 1} {
		err := v.waitUntil(ctx, "targets of "+server, 30*time.Second, func(ctx context.Context) error {
			up, err := prometheus(server).vector(ctx, "up")
			if err != nil {
				return err
			}
			if len(up) != jobs {
				return fmt.Errorf("%d jobs scraped of %d", len(up), jobs)
			}
			for _, s := range up {
				if s.Value != 1 {
					return fmt.Errorf("job %s is down", s.Metric["job"])
				}
			}
			return nil
		})
		if err != nil {
			return "", err
		}
	}
	return "", nil
}

// checkHistory checks that the imported and the scraped samples are in the same series: metric by metric, some label set
// must occur in both.
func (v smokeTest) checkHistory(ctx context.Context) (string, error) {
	managers := prometheus(v.addresses.managers)
	past, err := managers.series(ctx, v.today.AddDate(-3, 0, 0), v.evening())
	if err != nil {
		return "", err
	}
	// The first scrape may be less than a second old, and the query is for whole seconds.
	live, err := managers.series(ctx, time.Now().Add(-10*time.Minute), time.Now().Add(time.Minute))
	if err != nil {
		return "", err
	}
	var apart []error
	goOn := 0
	for name, before := range past {
		now, served := live[name]
		if !served {
			apart = append(apart, fmt.Errorf("%s has a past and no present", name))
			continue
		}
		shared := 0
		for labels := range before {
			if now[labels] {
				shared++
			}
		}
		if shared == 0 {
			apart = append(apart, fmt.Errorf("%s: no series of the past goes on, as in %s and %s", name, anyKey(before), anyKey(now)))
		}
		goOn += shared
	}
	return fmt.Sprintf("%d series of %d metrics go on", goOn, len(past)), errors.Join(append(apart, v.checkBoundary(ctx, managers))...)
}

// evening lies between the last imported noon and any scrape of today, in summer time too.
func (v smokeTest) evening() time.Time { return v.today.Add(-6 * time.Hour) }

// checkBoundary follows one series from the first imported day to the last scrape.
func (v smokeTest) checkBoundary(ctx context.Context, managers prometheus) error {
	const plans = "childrens_cp_plans_open"
	days := v.today.Sub(v.today.AddDate(-yearsOfHistory, 0, 0)).Hours() / 24
	evening := strconv.FormatInt(v.evening().Unix(), 10)
	for _, c := range []struct {
		about, expression string
		holds             func(float64) bool
	}{
		{"one series in three years", "count(count_over_time(" + plans + "[3y]))", func(n float64) bool { return n == 1 }},
		{"a sample for each imported day", "count_over_time(" + plans + "[3y] @ " + evening + ")", func(n float64) bool { return n == days }},
		{"samples from scrapes", "count_over_time(" + plans + "[10m])", func(n float64) bool { return n >= 1 }},
	} {
		n, err := managers.number(ctx, c.expression)
		if err != nil {
			return err
		}
		if !c.holds(n) {
			return fmt.Errorf("%s: expected %s, found %g", plans, c.about, n)
		}
	}
	return nil
}

// series are the label sets of every metric between two moments, by metric.
func (p prometheus) series(ctx context.Context, from, to time.Time) (map[string]map[string]bool, error) {
	server, err := p.api()
	if err != nil {
		return nil, err
	}
	all, _, _, err := server.Series(ctx, []string{`{job="` + job + `",__name__=~"childrens_.+"}`}, from, to)
	if err != nil {
		return nil, fmt.Errorf("list series: %w", err)
	}
	byMetric := map[string]map[string]bool{}
	for _, labels := range all {
		name := string(labels[model.MetricNameLabel])
		delete(labels, model.MetricNameLabel)
		if byMetric[name] == nil {
			byMetric[name] = map[string]bool{}
		}
		byMetric[name][labels.String()] = true // in the order of the labels' names
	}
	return byMetric, nil
}

func anyKey(labels map[string]bool) string {
	for label := range labels {
		return label
	}
	return "none"
}

// checkDashboards compares what Grafana lists with the files, and asks each data source through Grafana.
func (v smokeTest) checkDashboards(ctx context.Context) (string, error) {
	files, err := filepath.Glob(filepath.Join(v.repository, "grafana", "dashboards", "*", "*.json"))
	if err != nil {
		return "", fmt.Errorf("find the dashboards: %w", err)
	}
	grafana := "http://" + v.addresses.grafana
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return "", fmt.Errorf("read a dashboard: %w", err)
		}
		var board struct {
			UID string `json:"uid"`
		}
		if err := json.Unmarshal(text, &board); err != nil {
			return "", fmt.Errorf("%s: %w", file, err)
		}
		err = v.waitUntil(ctx, "Grafana's copy of "+filepath.Base(file), 30*time.Second, func(ctx context.Context) error {
			_, err := get(ctx, grafana+"/api/dashboards/uid/"+board.UID)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	for _, uid := range []string{"childrens", "childrens-public"} {
		through := grafana + "/api/datasources/proxy/uid/" + uid + "/api/v1/query?query=childrens_authority_info"
		body, err := get(ctx, through)
		if err != nil {
			return "", err
		}
		if !strings.Contains(string(body), `"childrens_authority_info"`) {
			return "", fmt.Errorf("data source %s does not know the authority", uid)
		}
	}
	return fmt.Sprintf("%d dashboards", len(files)), nil
}
