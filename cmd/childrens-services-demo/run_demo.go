package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"net/url"
	"path/filepath"
	"time"
)

// runDemo starts everything, prints the addresses, and removes everything when the context ends.
func runDemo(ctx context.Context, o options, stdout io.Writer) (err error) {
	p := newProgress(stdout)
	t, err := findTools()
	if err != nil {
		return err
	}
	a, err := chooseAddresses(true)
	if err != nil {
		return err
	}
	s, err := openEnvironment(ctx, o, p)
	defer func() {
		if ctx.Err() != nil {
			p.println("\nStopping.")
		}
		err = outcome(ctx, err, s.close())
	}()
	if err != nil {
		return err
	}
	if err := s.startAll(ctx, t, a); err != nil {
		return err
	}
	if err := s.printURLs(ctx, t, a); err != nil {
		return err
	}
	return s.waitForEnd(ctx)
}

// startAll loads the council, imports its history and starts every server.
func (s *environment) startAll(ctx context.Context, t tools, a addresses) error {
	if err := s.loadData(ctx); err != nil {
		return err
	}
	managers := filepath.Join(s.dir, "prometheus-managers")
	if err := s.importHistory(ctx, t, managers); err != nil {
		return err
	}
	if err := s.startExporter(ctx, a.exporter); err != nil {
		return err
	}
	err := s.step("Starting two Prometheus: managers, public", func() (string, error) {
		if err := s.startPrometheus(ctx, t, "managers", managers, a.managers, a.exporter); err != nil {
			return "", err
		}
		public := filepath.Join(s.dir, "prometheus-public")
		return "", s.startPrometheus(ctx, t, "public", public, a.public, a.exporter)
	})
	if err != nil {
		return err
	}
	if t.grafana != "" {
		if err := s.startGrafana(ctx, t, a); err != nil {
			return err
		}
	}
	return s.step("Waiting for the first scrapes", func() (string, error) {
		return "", s.waitUntil(ctx, "the first scrapes", time.Minute, func(ctx context.Context) error {
			for _, server := range []string{a.managers, a.public} {
				if _, err := prometheus(server).number(ctx, "count(childrens_authority_info)"); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// printURLs prints the addresses and three indicators.
func (s *environment) printURLs(ctx context.Context, t tools, a addresses) error {
	s.println("\nReady after %.0f s.\n", s.seconds())
	if t.grafana != "" {
		s.println("  Dashboards              http://%s", a.grafana)
	}
	s.println("  Exporter                http://%s", a.exporter)
	s.println("  Prometheus (managers)   http://%s", a.managers)
	s.println("  Prometheus (public)     http://%s\n", a.public)
	for _, indicator := range []struct{ indicator, title, unit string }{
		{"childrens_caseload_mean", "Cases per social worker", ""},
		{"childrens_cp_visits_on_time_ratio", "Child protection visits on time", "%"},
		{"childrens_ehcp_issued_on_time_ratio", "EHC plans issued within 20 weeks", "%"},
	} {
		value, err := prometheus(a.managers).number(ctx, fmt.Sprintf("childrens_indicator_value{indicator=%q}", indicator.indicator))
		if err != nil {
			return err
		}
		if indicator.unit == "%" {
			value *= 100
		}
		s.println("  %-34s %6.1f%-2s %s", indicator.title, math.Round(value*10)/10, indicator.unit, graph(a.managers, indicator.indicator))
	}
	if t.grafana == "" {
		s.println("\nNo Grafana is installed, so there are no dashboards. Get it from https://grafana.com/grafana/download (open source),")
		s.println("unpack it, and run again with GRAFANA_HOME set to its folder, or install its package, which puts grafana in PATH.")
	}
	s.println("\nThe council is invented. Ctrl-C ends everything and leaves nothing behind.")
	return nil
}

// graph is a page of Prometheus with the two years of an indicator.
func graph(server, indicator string) string {
	expression := fmt.Sprintf("last_over_time(%s[26h])", indicator)
	return "http://" + server + "/graph?" + url.Values{"g0.expr": {expression}, "g0.tab": {"0"}, "g0.range_input": {"2y"}}.Encode()
}
