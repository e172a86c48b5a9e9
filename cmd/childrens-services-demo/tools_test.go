package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"childrens-services-exporter/internal/synthetic"
)

func TestScrapeConfigIsTheShippedOneForThisMachine(t *testing.T) {
	root, err := repository()
	if err != nil {
		t.Fatal(err)
	}
	for audience, want := range map[string]map[string]string{
		"managers": {job: "/metrics", job + "_workers": "/metrics/workers"},
		"public":   {job + "_public": "/metrics/public"},
	} {
		s := &environment{options: options{profile: synthetic.Profile{Name: "small"}}, repository: root, dir: t.TempDir()}
		file, err := s.scrapeConfig(audience, "127.0.0.1:4711")
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var config struct {
			Rules  []string `yaml:"rule_files"`
			Scrape []struct {
				Job     string   `yaml:"job_name"`
				Path    string   `yaml:"metrics_path"`
				Targets []target `yaml:"static_configs"`
			} `yaml:"scrape_configs"`
		}
		if err := yaml.Unmarshal(text, &config); err != nil {
			t.Fatal(err)
		}
		// The pages show what the rules of the screens record.
		read := map[string]bool{}
		for _, pattern := range config.Rules {
			files, err := filepath.Glob(pattern)
			if err != nil || !filepath.IsAbs(pattern) {
				t.Errorf("%s: rules %s: %v", audience, pattern, err)
			}
			for _, rules := range files {
				read[filepath.Base(rules)] = true
			}
		}
		if !read["screens_"+audience+".yml"] {
			t.Errorf("%s: Prometheus reads %v, not the rules of the screens", audience, read)
		}
		got := map[string]string{}
		for _, scrape := range config.Scrape {
			got[scrape.Job] = scrape.Path
			here := []target{{Targets: []string{"127.0.0.1:4711"}, Labels: map[string]string{"instance": "small", "authority": "small"}}}
			if diff := cmp.Diff(here, scrape.Targets); diff != "" {
				t.Errorf("%s: targets (-want +got):\n%s", scrape.Job, diff)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: jobs and pages (-want +got):\n%s", audience, diff)
		}
	}
}

func TestFindGrafana(t *testing.T) {
	write := func(t *testing.T, file string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("#!/bin/sh\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("none is no error", func(t *testing.T) {
		t.Setenv("PATH", t.TempDir())
		if executable, _, err := findGrafana(""); executable != "" || err != nil {
			t.Errorf("got %q, %v", executable, err)
		}
	})
	t.Run("in the folder that is named", func(t *testing.T) {
		home := t.TempDir()
		write(t, filepath.Join(home, "bin", "grafana"))
		executable, at, err := findGrafana(home)
		if executable != filepath.Join(home, "bin", "grafana") || at != home || err != nil {
			t.Errorf("got %q, %q, %v", executable, at, err)
		}
	})
	t.Run("a named folder without one is an error", func(t *testing.T) {
		if _, _, err := findGrafana(t.TempDir()); err == nil || !strings.Contains(err.Error(), "GRAFANA_HOME") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("in PATH, with its home above", func(t *testing.T) {
		home := t.TempDir()
		write(t, filepath.Join(home, "bin", "grafana"))
		write(t, filepath.Join(home, "conf", "defaults.ini"))
		t.Setenv("PATH", filepath.Join(home, "bin"))
		if _, at, err := findGrafana(""); at != home || err != nil {
			t.Errorf("got %q, %v", at, err)
		}
	})
}

func TestListenNearAvoidsATakenPort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	got, err := listenNear(taken.Addr().(*net.TCPAddr).Port)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Close()
	if where := got.Addr().String(); where == taken.Addr().String() || !strings.HasPrefix(where, "127.0.0.1:") {
		t.Errorf("got %s, with %s taken", where, taken.Addr())
	}
}
