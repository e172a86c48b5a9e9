package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"childrens-services-exporter/exporter/backfill"
	"childrens-services-exporter/exporter/calendar"
)

// labelFlags collects -label name=value.
type labelFlags map[string]string

func (l labelFlags) String() string { return "" }

// Set reads one label.
func (l labelFlags) Set(text string) error {
	name, value, complete := strings.Cut(text, "=")
	valid := regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_]*$`).MatchString(name)
	if !complete || !valid || value == "" || strings.HasPrefix(name, "__") {
		return fmt.Errorf("expected name=value, as in job=childrens-services")
	}
	l[name] = value
	return nil
}

// runBackfill writes history as OpenMetrics.
func runBackfill(ctx context.Context, p *program, arguments []string) error {
	yesterday := calendar.Today(time.Now()).AddDate(0, 0, -1)
	set := p.flags("backfill")
	from := set.String("from", "", "first day; a year before -to if it is not given")
	to := set.String("to", "", "last day, yesterday at the latest")
	directory := set.String("dir", "", "write a file per month into this folder instead of standard output")
	labels := labelFlags{}
	set.Var(labels, "label", "a label that the scrape adds (job, instance, authority); may be repeated")
	operands, err := p.parse(set, arguments)
	if err != nil || len(operands) > 0 {
		return errors.Join(err, unexpected("backfill", operands))
	}
	options := backfill.Options{Labels: labels, BatchDays: 92}
	if options.To, err = dayFlag("to", *to, yesterday); err != nil {
		return err
	}
	if options.From, err = dayFlag("from", *from, options.To.AddDate(-1, 0, 1)); err != nil {
		return err
	}
	switch {
	case options.To.After(yesterday):
		return usageError{fmt.Errorf("-to must be yesterday at the latest; today is the live exporter's")}
	case options.From.After(options.To):
		return usageError{fmt.Errorf("-from must not lie after -to")}
	}
	if options.Log, err = p.logger(); err != nil {
		return err
	}
	opened, err := p.open()
	if err != nil {
		return err
	}
	defer opened.close()
	options.Read = readOptions(p.config, calendar.Today(time.Now()))
	history := backfill.New(options)
	var failed []string
	for _, src := range opened.sources {
		err := history.Add(ctx, src)
		var partial *backfill.PartialError
		switch {
		case errors.As(err, &partial):
			failed = append(failed, partial.Error())
		case err != nil:
			return errors.New(readError(src.Name, err))
		}
	}
	return errors.Join(p.writeHistory(history, *directory), sourcesFailed(failed))
}

func (p *program) writeHistory(history *backfill.History, directory string) error {
	if directory == "" {
		return history.Write(p.stdout)
	}
	files, err := history.WriteMonths(directory)
	for _, file := range files {
		p.print("%s\n", file)
	}
	return err
}
