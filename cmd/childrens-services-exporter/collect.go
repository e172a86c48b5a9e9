package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/expfmt"

	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/store"
)

// runCollect collects every source once and prints a page. With -accept it
// accepts tables that a guard holds back, which the running exporter reads from
// the state directory.
func runCollect(ctx context.Context, p *program, arguments []string) error {
	set := p.flags("collect")
	public := set.Bool("public", false, "print the public page")
	workers := set.Bool("workers", false, "print the page of workers' caseloads")
	accept := set.Bool("accept", false, "accept tables that a guard holds back")
	asOf := set.String("as-of", "", "see the data from this day instead of today")
	operands, err := p.parse(set, arguments)
	if err != nil || len(operands) > 0 {
		return errors.Join(err, unexpected("collect", operands))
	}
	now := time.Now
	if *asOf != "" {
		day, err := dayFlag("as-of", *asOf, time.Time{})
		if err != nil {
			return err
		}
		now = func() time.Time { return day.Add(12 * time.Hour) }
	}
	if *accept && p.config.StateDir == "" {
		return usageError{fmt.Errorf("-accept needs CSE_STATE_DIR, through which the running exporter learns of it")}
	}
	log, err := p.logger()
	if err != nil {
		return err
	}
	opened, err := p.open()
	if err != nil {
		return err
	}
	defer opened.close()
	opened.logIssues(log)
	collectors := p.collectors(opened, moment{now, store.Open(""), log})
	failed := p.collectAll(ctx, collectors, *accept)
	pages := p.pages(opened, collectors, now)
	pages.Commentary = p.commentary(opened, log)
	page := pages.ManagersPage()
	switch {
	case *public:
		page = pages.PublicPage()
	case *workers:
		page = pages.WorkersPage()
	}
	return errors.Join(p.exposition(page), failed)
}

// collectAll collects each source, and retries while tables settle. A source that fails
// does not stop the next.
func (p *program) collectAll(ctx context.Context, collectors []*collector.Collector, accept bool) error {
	var failed []string
	for _, c := range collectors {
		if err := c.Collect(ctx, collector.Request{Accept: accept, MaxRetries: guardPolicy(p.config).SettleRetries()}); err != nil {
			failed = append(failed, readError(c.Snapshot().Source, err))
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return sourcesFailed(failed)
}

func (p *program) exposition(page prometheus.Collector) error {
	registry := prometheus.NewRegistry()
	if err := registry.Register(page); err != nil {
		return err
	}
	families, err := registry.Gather()
	if err != nil {
		return fmt.Errorf("the page is inconsistent: %w", err)
	}
	encoder := expfmt.NewEncoder(p.stdout, expfmt.NewFormat(expfmt.TypeTextPlain))
	for _, family := range families {
		if err := encoder.Encode(family); err != nil {
			return err
		}
	}
	return nil
}
