package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/exporter/store"
)

// runCheck connects to every source and prints, per indicator, whether it is ready.
func runCheck(ctx context.Context, p *program, arguments []string) error {
	if operands, err := p.parse(p.flags("check"), arguments); err != nil || len(operands) > 0 {
		return errors.Join(err, unexpected("check", operands))
	}
	opened, err := p.open()
	if err != nil {
		return err
	}
	defer opened.close()
	for _, issue := range opened.issues {
		p.print("left out: %s\n", issue.Message)
	}
	now := time.Now
	request := evaluate.Request{
		Read:    source.ReadOptions{AsOf: calendar.Today(now()), Mode: guard.AcceptOnce, MaxRetries: guardPolicy(p.config).SettleRetries()},
		Targets: opened.targets, Availability: true,
	}
	evaluators := p.evaluators(opened, moment{now, store.Open(""), slog.New(slog.DiscardHandler)})
	snapshots, errs := evaluate.All(ctx, evaluators, request)
	var failed []string
	for i, snapshot := range snapshots {
		if errs[i] != nil {
			failed = append(failed, readError(snapshot.Source, errs[i]))
			continue
		}
		p.printAvailability(snapshot)
	}
	return errors.Join(ctx.Err(), sourcesFailed(failed))
}

// printAvailability prints whether each indicator of a source can be evaluated.
func (p *program) printAvailability(snapshot *evaluate.Snapshot) {
	p.print("%s: connected, %d tables read\n", snapshot.Source, len(snapshot.Tables))
	for _, cohort := range snapshot.Cohorts {
		availability := "ready"
		if cohort.Problem != "" {
			availability = "unavailable: " + cohort.Problem
		}
		for _, indicator := range cohort.Cohort.Indicators {
			p.print("  %-60s %s\n", indicator.Name, availabilityOf(indicator, cohort, availability))
		}
	}
}

// availabilityOf says of an indicator what is withdrawn of it, in a cohort that can be had.
func availabilityOf(indicator *definition.Indicator, cohort evaluate.CohortSnapshot, ready string) string {
	if cohort.Problem != "" {
		return ready
	}
	if withdrawal, withdrawn := staging.FindWithdrawal(cohort.Withdrawn, indicator, ""); withdrawn {
		return "unavailable: " + withdrawal.Message
	}
	for _, breakdown := range indicator.Breakdowns {
		if withdrawal, withdrawn := staging.FindWithdrawal(cohort.Withdrawn, indicator, breakdown.By); withdrawn {
			ready += ", but not by " + breakdown.By + ": " + withdrawal.Message
		}
	}
	return ready
}

func (p *program) print(format string, arguments ...any) {
	// Nothing can be done about a closed terminal.
	_, _ = fmt.Fprintf(p.stdout, format, arguments...)
}
