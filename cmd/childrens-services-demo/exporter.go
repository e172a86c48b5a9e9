package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"go.yaml.in/yaml/v3"
)

// authority names the council in the label that a scrape adds.
func (s *environment) authority() string { return s.profile.Name }

// writeSettings writes the council's own file: who it is, the population that rates are taken on, a promise with a date
// and the days on which its committee met.
func (s *environment) writeSettings() (string, error) {
	children, ofSchoolAge := map[int]int{}, map[int]int{}
	for year := s.today.Year() - 7; year < s.today.Year(); year++ {
		children[year] = s.profile.Population
		ofSchoolAge[year] = s.profile.Population * 11 / 18
	}
	text, err := yaml.Marshal(map[string]any{
		"authority": map[string]any{"name": "Synthetic council (" + s.profile.Name + ")", "la_code": s.profile.LACode},
		"targets": map[string]any{
			"childrens_cp_plans_open_long_ratio": []any{map[string]any{
				"owner": "Head of safeguarding",
				"trajectory": map[string]any{
					"start": 0.08, "end": 0.05, "starts": s.today.AddDate(0, -4, 0).Format(time.DateOnly), "ends": s.today.AddDate(0, 2, 0).Format(time.DateOnly),
				},
			}},
		},
		"meetings":    []string{s.today.AddDate(0, -4, -3).Format(time.DateOnly), s.today.AddDate(0, -1, -3).Format(time.DateOnly)},
		"populations": map[string]any{"children": children, "children_5_to_15": ofSchoolAge},
	})
	if err != nil {
		return "", fmt.Errorf("write the council's settings: %w", err)
	}
	file := filepath.Join(s.dir, "settings.yaml")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return "", fmt.Errorf("write the council's settings: %w", err)
	}
	return file, nil
}

// exporterEnv is the exporter's environment. One reading is enough to accept the tables, since nothing refreshes them.
func (s *environment) exporterEnv() ([]string, error) {
	settings, err := s.writeSettings()
	if err != nil {
		return nil, err
	}
	commentary, err := s.writeCommentary()
	if err != nil {
		return nil, err
	}
	socialCare, err := s.databaseURL("social_care")
	if err != nil {
		return nil, err
	}
	education, err := s.databaseURL("education")
	if err != nil {
		return nil, err
	}
	return []string{
		"CSE_SOCIAL_CARE_DATABASE_URL=" + socialCare, "CSE_EDUCATION_DATABASE_URL=" + education,
		"CSE_SETTINGS_FILE=" + settings, "CSE_COMMENTARY_DIR=" + commentary, "CSE_SETTLE_READINGS=1", "CSE_SETTLE_WAIT=200ms", "CSE_INTERVAL=1m",
	}, nil
}

// runExporter runs one of the exporter's commands.
func (s *environment) runExporter(ctx context.Context, stdout io.Writer, arguments ...string) error {
	environment, err := s.exporterEnv()
	if err != nil {
		return err
	}
	return runProgram(ctx, program{
		name: "exporter-" + arguments[0], path: s.exporter, arguments: arguments, environment: environment, stdout: stdout,
	}, s.logs())
}

// startExporter starts it and waits for its first collection of each source.
func (s *environment) startExporter(ctx context.Context, address string) error {
	environment, err := s.exporterEnv()
	if err != nil {
		return err
	}
	return s.step("Starting the exporter, first collection", func() (string, error) {
		err := s.startServer(program{
			name: "exporter", path: s.exporter, arguments: []string{"serve"},
			environment: append(environment, "CSE_LISTEN_ADDRESS="+address),
		})
		if err != nil {
			return "", err
		}
		return "", s.waitUntil(ctx, "the exporter's first collection", 6*time.Minute, func(ctx context.Context) error {
			_, err := get(ctx, "http://"+address+"/-/ready")
			return err
		})
	})
}
