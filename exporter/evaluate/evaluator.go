package evaluate

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/commentary"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/disclosure"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/publication"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/revision"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/store"
	"childrens-services-exporter/exporter/unavailable"
)

// Options are how the values of a source are evaluated and rated.
type Options struct {
	// RAG rates values; its targets are those of the settings.
	RAG rag.Policy
	// Disclosure is the policy of disclosure control for the public page.
	Disclosure disclosure.Policy
	// Schedule sets when a closed period opens to the public.
	Schedule publication.Schedule
	// MaxSeries is the largest number of samples that one cohort may publish.
	MaxSeries int
	// Meetings are the days on which the committee meets.
	Meetings []time.Time
	// Commentary reads the council's tables of commentary; the zero value reads none.
	Commentary commentary.Reader
	// State is what outlives the process; nil is a store in memory.
	State *store.Store
	Now   func() time.Time
	Log   *slog.Logger
}

// Evaluator evaluates one source. It holds what is recorded of it over a restart.
type Evaluator struct {
	source        *source.Source
	cohorts       []*definition.Cohort
	options       Options
	log           *slog.Logger
	published     *publication.Record
	firstReported *revision.Record
	targets       *store.File
}

// New makes an evaluator of a source.
func New(src *source.Source, options Options) *Evaluator {
	if options.State == nil {
		options.State = store.Open("")
	}
	e := &Evaluator{
		source: src, options: options, log: options.Log.With("source", src.Name),
		published:     publication.Open(options.State, src.Name),
		firstReported: revision.Open(options.State, src.Name, options.Now()),
		targets:       options.State.File(store.Targets, src.Name),
	}
	for _, cohort := range src.Catalogue.Cohorts {
		if cohort.Source == src.Name {
			e.cohorts = append(e.cohorts, cohort)
		}
	}
	return e
}

// Initial is the snapshot before the first evaluation: what the state directory has,
// so that the public page outlives a restart and is rated by the same targets.
func (e *Evaluator) Initial() *Snapshot {
	s := &Snapshot{
		Source: e.source.Name, FirstReportedSince: e.firstReported.Since(), StateIssues: e.firstReported.Issues(),
		ratedBy: e.ratedBy(calendar.Today(e.options.Now())),
	}
	config.LogNew(e.log, s.StateIssues, nil)
	published, err := e.published.Load(e.cohorts)
	if err != nil {
		e.log.Warn("the public page may change", "err", err)
	}
	for _, cohort := range e.cohorts {
		s.Cohorts = append(s.Cohorts, CohortSnapshot{Cohort: cohort, Published: published[cohort.Name]})
	}
	table, exists := e.loadTargets()
	if exists {
		s.TargetTable, s.Issues = e.options.RAG.Targets.ReadTable(e.source.Name, table, e.source.Catalogue)
		config.LogNew(e.log, s.Issues, nil)
	}
	return s.WithTargets(e.options.RAG.Targets.WithTable(e.source.Name, s.TargetTable))
}

func (e *Evaluator) ratedBy(day time.Time) ratedBy {
	return ratedBy{
		policy: e.options.RAG, disclosure: e.options.Disclosure, day: day,
		publicDay: e.options.Schedule.OpenPeriod(e.source.Calendar, day).Ends,
	}
}

// Evaluate reads the source once, and again while its tables settle. The snapshot is
// the state afterwards, with or without an error, and nil where the context ended. The
// error is that of the whole source.
func (e *Evaluator) Evaluate(ctx context.Context, request Request) (*Snapshot, error) {
	previous := request.Previous
	if previous == nil {
		previous = e.Initial()
	}
	var evaluated *evaluation
	err := e.source.Read(ctx, request.Read, func(ctx context.Context, session *source.Session) error {
		// A reading that is made again begins with the same snapshot.
		evaluated = e.begin(request, previous, session)
		return evaluated.run(ctx)
	})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return e.failed(previous, err), err
	}
	return e.finish(request, previous, evaluated), nil
}

// failed is the previous snapshot with the error of an evaluation.
func (e *Evaluator) failed(previous *Snapshot, err error) *Snapshot {
	next := *previous
	next.Attempted, next.Held, next.Problem = e.options.Now(), nil, postgres.Describe(err)
	var guardErr *unavailable.Error
	if next.Up = errors.As(err, &guardErr); next.Up {
		next.Held = map[unavailable.Reason]string{guardErr.Reason: guardErr.Message}
	}
	return &next
}

// finish makes the snapshot of an evaluation that was accepted, and records what is
// to outlive the process.
func (e *Evaluator) finish(request Request, previous *Snapshot, evaluated *evaluation) *Snapshot {
	session := evaluated.session
	next := &Snapshot{
		Source: e.source.Name, Attempted: e.options.Now(), Up: true, Tables: session.Tables, Newest: newestEvent(session.Tables),
		TargetTable: previous.TargetTable, Issues: previous.Issues, ratedBy: e.ratedBy(request.Read.AsOf),
	}
	next.Succeeded = next.Attempted
	for _, cohort := range e.cohorts {
		next.Cohorts = append(next.Cohorts, evaluated.cohorts[cohort.Name])
	}
	for _, change := range session.Warnings {
		e.log.Warn("a sudden change was accepted", "change", change)
	}
	if session.StateProblem != "" {
		e.log.Warn("what was accepted is not remembered over a restart", "err", session.StateProblem)
	}
	e.logUnavailable(previous, next)
	// A table that is missing may be on its way back, so the last accepted targets
	// stay.
	if session.Targets != nil {
		next.TargetTable, next.Issues = e.options.RAG.Targets.ReadTable(e.source.Name, *session.Targets, e.source.Catalogue)
		config.LogNew(e.log, next.Issues, previous.Issues)
		if request.Published {
			e.saveTargets(*session.Targets)
		}
	}
	next = next.WithTargets(request.Targets.WithTable(e.source.Name, next.TargetTable))
	e.readCommentary(previous, next, session)
	if request.Published {
		e.savePublished(previous, next)
	}
	e.recordFirstReported(request, next)
	next.FirstReportedSince, next.StateIssues = e.firstReported.Since(), e.firstReported.Issues()
	return next
}

// logUnavailable names each cohort that has another problem than before.
func (e *Evaluator) logUnavailable(previous, next *Snapshot) {
	before := previous.byName()
	for _, cohort := range next.Cohorts {
		name := cohort.Cohort.Name
		if cohort.Problem != "" && cohort.Problem != before[name].Problem {
			e.log.Warn("a cohort is unavailable", "cohort", name, "reason", cohort.Reason, "err", cohort.Problem)
		}
		for _, w := range cohort.Withdrawn {
			if !slices.Contains(before[name].Withdrawn, w) {
				e.log.Warn("an indicator is unavailable", "indicator", w.Indicator.Name, "by", w.By, "reason", w.Reason, "err", w.Message)
			}
		}
		if cohort.Periods.Problem != "" && cohort.Periods.Problem != before[name].Periods.Problem {
			e.log.Warn("report periods are unavailable", "cohort", name, "reason", cohort.Periods.Reason, "err", cohort.Periods.Problem)
		}
	}
}

// readCommentary reads commentary and events of the council's tables.
func (e *Evaluator) readCommentary(previous, next *Snapshot, session *source.Session) {
	next.Commentary, next.HasCommentary = previous.Commentary, previous.HasCommentary
	if e.options.Commentary.Indicator == nil {
		return
	}
	next.Commentary = e.options.Commentary.ReadTables(e.source.Name, session.CouncilTables)
	next.HasCommentary = slices.Contains(session.CouncilTables.Tables, "commentary")
	config.LogNew(e.log, next.Commentary.Issues, previous.Commentary.Issues)
}
