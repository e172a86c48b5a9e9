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

// demonstrate sets everything up, says where it is, and takes it down when the context ends.
func demonstrate(ctx context.Context, o options, stdout io.Writer) (err error) {
	p := newProgress(stdout)
	t, err := findTools()
	if err != nil {
		return err
	}
	a, err := chooseAddresses(true)
	if err != nil {
		return err
	}
	s, err := openStage(ctx, o, p)
	defer func() {
		if ctx.Err() != nil {
			p.say("\nStopping.")
		}
		err = ended(ctx, err, s.close())
	}()
	if err != nil {
		return err
	}
	if err := s.perform(ctx, t, a); err != nil {
		return err
	}
	if err := s.tell(ctx, t, a); err != nil {
		return err
	}
	return s.wait(ctx)
}

// perform brings up everything from the council to the dashboards.
func (s *stage) perform(ctx context.Context, t tools, a addresses) error {
	if err := s.furnish(ctx); err != nil {
		return err
	}
	managers := filepath.Join(s.dir, "prometheus-managers")
	if err := s.remember(ctx, t, managers); err != nil {
		return err
	}
	if err := s.serveExporter(ctx, a.exporter); err != nil {
		return err
	}
	err := s.step("Starting two Prometheus: managers, public", func() (string, error) {
		if err := s.servePrometheus(ctx, t, "managers", managers, a.managers, a.exporter); err != nil {
			return "", err
		}
		public := filepath.Join(s.dir, "prometheus-public")
		return "", s.servePrometheus(ctx, t, "public", public, a.public, a.exporter)
	})
	if err != nil {
		return err
	}
	if t.grafana != "" {
		if err := s.serveGrafana(ctx, t, a); err != nil {
			return err
		}
	}
	return s.step("Waiting for the first scrapes", func() (string, error) {
		return "", s.until(ctx, "the first scrapes", time.Minute, func(ctx context.Context) error {
			for _, server := range []string{a.managers, a.public} {
				if _, err := prometheus(server).number(ctx, "count(childrens_authority_info)"); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// tell prints where to look and three numbers to look at.
func (s *stage) tell(ctx context.Context, t tools, a addresses) error {
	s.say("\nReady after %.0f s.\n", s.seconds())
	if t.grafana != "" {
		s.say("  Dashboards              http://%s", a.grafana)
	}
	s.say("  Exporter                http://%s", a.exporter)
	s.say("  Prometheus (managers)   http://%s", a.managers)
	s.say("  Prometheus (public)     http://%s\n", a.public)
	for _, look := range []struct{ indicator, title, unit string }{
		{"childrens_caseload_mean", "Cases per social worker", ""},
		{"childrens_cp_visits_on_time_ratio", "Child protection visits on time", "%"},
		{"childrens_ehcp_issued_on_time_ratio", "EHC plans issued within 20 weeks", "%"},
	} {
		value, err := prometheus(a.managers).number(ctx, fmt.Sprintf("childrens_indicator_value{indicator=%q}", look.indicator))
		if err != nil {
			return err
		}
		if look.unit == "%" {
			value *= 100
		}
		s.say("  %-34s %6.1f%-2s %s", look.title, math.Round(value*10)/10, look.unit, graph(a.managers, look.indicator))
	}
	if t.grafana == "" {
		s.say("\nNo Grafana is installed, so there are no dashboards. Get it from https://grafana.com/grafana/download (open source),")
		s.say("unpack it, and run again with GRAFANA_HOME set to its folder, or install its package, which puts grafana in PATH.")
	}
	s.say("\nThe council is invented. Ctrl-C ends everything and leaves nothing behind.")
	return nil
}

// graph is a page of Prometheus with the two years of an indicator.
func graph(server, indicator string) string {
	expression := fmt.Sprintf("last_over_time(%s[26h])", indicator)
	return "http://" + server + "/graph?" + url.Values{"g0.expr": {expression}, "g0.tab": {"0"}, "g0.range_input": {"2y"}}.Encode()
}
