package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"go.yaml.in/yaml/v3"
)

// startPrometheus starts one with the scrape configuration of deploy/prometheus, changed only where this machine
// differs: address, labels, and an interval for people who have just sat down to look.
func (s *environment) startPrometheus(ctx context.Context, t tools, audience, data, address, exporter string) error {
	config, err := s.scrapeConfig(audience, exporter)
	if err != nil {
		return err
	}
	err = s.startServer(program{
		name: "prometheus-" + audience, path: t.prometheus, dir: s.dir, arguments: []string{
			"--config.file=" + config, "--storage.tsdb.path=" + data, "--storage.tsdb.retention.time=10y",
			"--web.listen-address=" + address, "--log.level=warn",
		},
	})
	if err != nil {
		return err
	}
	return s.waitUntil(ctx, "Prometheus for "+audience, time.Minute, func(ctx context.Context) error {
		_, err := get(ctx, "http://"+address+"/-/ready")
		return err
	})
}

type target struct {
	Targets []string          `yaml:"targets"`
	Labels  map[string]string `yaml:"labels"`
}

func (s *environment) scrapeConfig(audience, exporter string) (string, error) {
	shipped := filepath.Join(s.repository, "deploy", "prometheus", audience+".yml")
	text, err := os.ReadFile(shipped)
	if err != nil {
		return "", fmt.Errorf("read the scrape configuration: %w", err)
	}
	var config struct {
		Global map[string]any   `yaml:"global"`
		Rules  []string         `yaml:"rule_files"`
		Scrape []map[string]any `yaml:"scrape_configs"`
	}
	if err := yaml.Unmarshal(text, &config); err != nil {
		return "", fmt.Errorf("%s: %w", shipped, err)
	}
	config.Global["scrape_interval"], config.Global["scrape_timeout"], config.Global["evaluation_interval"] = "5s", "5s", "15s"
	for i, rules := range config.Rules {
		config.Rules[i] = filepath.Join(s.repository, "deploy", "prometheus", rules)
	}
	for _, scrape := range config.Scrape {
		scrape["static_configs"] = []target{{
			Targets: []string{exporter},
			Labels:  map[string]string{"instance": s.authority(), "authority": s.authority()},
		}}
	}
	text, err = yaml.Marshal(config)
	if err != nil {
		return "", fmt.Errorf("write the scrape configuration: %w", err)
	}
	file := filepath.Join(s.dir, audience+".yml")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return "", fmt.Errorf("write the scrape configuration: %w", err)
	}
	return file, nil
}
