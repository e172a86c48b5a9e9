package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"childrens-services-exporter/exporter/calendar"
)

// printExposition prints one collection of a new council on stdout, and progress on stderr.
func printExposition(ctx context.Context, o options, stdout, stderr io.Writer) (err error) {
	s, err := openEnvironment(ctx, o, newProgress(stderr))
	defer func() { err = outcome(ctx, err, s.close()) }()
	if err != nil {
		return err
	}
	if err := s.loadData(ctx); err != nil {
		return err
	}
	return s.collect(ctx, stdout, o.public)
}

func (s *environment) collect(ctx context.Context, stdout io.Writer, public bool) error {
	arguments := []string{"collect"}
	if public {
		arguments = append(arguments, "-public")
	}
	return s.step("Collecting once", func() (string, error) { return "", s.runExporter(ctx, stdout, arguments...) })
}

// writeReports writes the report of a new council on its last closed quarter, for managers and for the public.
func writeReports(ctx context.Context, o options, stdout, stderr io.Writer) (err error) {
	folder, err := filepath.Abs(o.report)
	if err != nil {
		return fmt.Errorf("-report: %w", err)
	}
	s, err := openEnvironment(ctx, o, newProgress(stderr))
	defer func() { err = outcome(ctx, err, s.close()) }()
	if err != nil {
		return err
	}
	if err := s.loadData(ctx); err != nil {
		return err
	}
	cal, err := calendar.New(calendar.Options{})
	if err != nil {
		return fmt.Errorf("find the last quarter: %w", err)
	}
	quarter, err := cal.ReportPeriod(calendar.Quarter, s.today, 1)
	if err != nil {
		return fmt.Errorf("find the last quarter: %w", err)
	}
	return s.step("Writing the reports on "+quarter.Label, func() (string, error) {
		if err := s.runExporter(ctx, stdout, "report", "-period", quarter.Label, "-dir", folder); err != nil {
			return "", err
		}
		// A quarter opens to the public ten working days after it ended.
		if cal.WorkingDaysBetween(quarter.Ends, s.today) < 10 {
			return "not yet for the public", nil
		}
		return "", s.runExporter(ctx, stdout, "report", "-period", quarter.Label, "-dir", folder, "-public")
	})
}
