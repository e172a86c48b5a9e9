package main

import (
	"log/slog"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/publication"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/store"
	"childrens-services-exporter/exporter/web"
)

// moment is the day that a command sees the data from, with its clock and store. A
// command that looks from another day than today has a store in memory.
type moment struct {
	now   func() time.Time
	state *store.Store
	log   *slog.Logger
}

// ragPolicy sets how indicators are rated against their targets.
func (p *program) ragPolicy(a *app) rag.Policy {
	return rag.Policy{MinDenominator: float64(p.config.RAGDenominator), Targets: a.targets}
}

// schedule sets when a closed period opens to the public.
func (p *program) schedule() publication.Schedule {
	return publication.Schedule{Kind: calendar.Kind(p.config.PublicPeriod), Delay: p.config.PublicDelay}
}

// evaluators makes one evaluator per source.
func (p *program) evaluators(a *app, m moment) []*evaluate.Evaluator {
	evaluators := make([]*evaluate.Evaluator, len(a.sources))
	for i, src := range a.sources {
		evaluators[i] = evaluate.New(src, evaluate.Options{
			RAG: p.ragPolicy(a), Disclosure: disclosurePolicy(p.config), Schedule: p.schedule(),
			MaxSeries: p.config.MaxSeries, Meetings: a.meetings, Commentary: a.commentaryReader(),
			State: m.state, Now: m.now, Log: m.log,
		})
	}
	return evaluators
}

// collectors makes one collector per source.
func (p *program) collectors(a *app, m moment) []*collector.Collector {
	targets := collector.NewTargets(a.targets)
	collectors := make([]*collector.Collector, len(a.sources))
	for i, evaluator := range p.evaluators(a, m) {
		collectors[i] = collector.New(evaluator, collector.Options{
			Interval: p.config.Interval, RetryInterval: p.config.SettleWait, PeriodInterval: p.config.PeriodInterval,
			Targets: targets, Now: m.now, Log: m.log,
		})
	}
	return collectors
}

// pages are the metric pages of the collectors.
func (p *program) pages(a *app, collectors []*collector.Collector, now func() time.Time) *web.Exporter {
	return &web.Exporter{
		Collectors: collectors, Settings: a.settings, Calendar: a.calendar, Schedule: p.schedule(),
		Benchmarks: a.benchmarks, Issues: a.issues,
		MaxAge: p.config.MaxAge, PeriodAge: max(p.config.PeriodInterval, p.config.Interval) + p.config.MaxAge,
		Workers: workerLabels(p.config), Now: now,
	}
}
