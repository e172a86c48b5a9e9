package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/source"
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
	for _, one := range opened.rejected {
		p.print("left out: %s\n", one.Message)
	}
	var failed []string
	for _, src := range opened.sources {
		options := source.ReadOptions{AsOf: calendar.Today(time.Now()), Mode: guard.AcceptOnce, MaxRetries: guardPolicy(p.config).SettleRetries()}
		err := src.Read(ctx, options, func(ctx context.Context, reading *source.Session) error {
			return p.checkSource(ctx, opened, src, reading)
		})
		if err != nil {
			failed = append(failed, unread(src.Name, err))
		}
	}
	return sourcesFailed(failed)
}

func (p *program) checkSource(ctx context.Context, opened *council, src *source.Source, reading *source.Session) error {
	p.print("%s: connected, %d tables read\n", src.Name, len(reading.Tables))
	today := calendar.Today(time.Now())
	for _, plan := range reading.Plans {
		verdict := "ready"
		_, err := reading.Evaluate(ctx, plan, []calendar.Period{plan.Cohort.Period(opened.calendar, plan.Cohort.Windows[0], today)})
		if err != nil {
			verdict = "unavailable: " + postgres.Describe(err)
		}
		for _, indicator := range plan.Cohort.Indicators {
			p.print("  %-60s %s\n", indicator.Name, verdict)
		}
	}
	return ctx.Err()
}

func (p *program) print(format string, arguments ...any) {
	// Nothing can be done about a closed terminal.
	_, _ = fmt.Fprintf(p.stdout, format, arguments...)
}
