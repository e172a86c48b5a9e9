package mutation

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/lib/pq"

	"childrens-services-exporter/exporter/source"
)

// Outcome is the result of trying a mutant.
type Outcome string

// Same is a mutant that changes no statement. It is not counted, nor is one that the server refuses.
const (
	ByGolden    Outcome = "caught by golden"
	ByReference Outcome = "caught by reference"
	Refused     Outcome = "refused"
	Same        Outcome = "same"
	Survived    Outcome = "survived"
)

// Trial is a mutant and its outcome.
type Trial struct {
	Mutant
	Outcome Outcome
	// By names the council and the difference that caught the mutant, or the error that refused it.
	By string

	changed bool
}

func (t *Trial) settle(outcome Outcome, by string) { t.Outcome, t.By = outcome, by }

// Runner tries mutants on councils.
type Runner struct {
	Definitions *Definitions
	// Fixtures are tried in their order: the golden ones first.
	Fixtures []*Fixture
	// Reasons explain survivors. An explained mutant is tried on all golden councils and on explainedFixtures random ones.
	Reasons Reasons
	// OnFile, where it is given, is called after the mutants of a file have been tried.
	OnFile func(file string, trials []*Trial)
	// Workers is how many files are tried at a time.
	Workers int
}

// explainedFixtures is how many random councils an explained mutant is tried on.
const explainedFixtures = 4

// Run tries every mutant on one council after another until one of them gives another number.
func (p *Runner) Run(ctx context.Context, mutants []Mutant) ([]*Trial, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var trials []*Trial
	byFile := map[string][]*Trial{}
	var files []string
	for _, m := range mutants {
		trial := &Trial{Mutant: m}
		trials = append(trials, trial)
		if byFile[m.File] == nil {
			files = append(files, m.File)
		}
		byFile[m.File] = append(byFile[m.File], trial)
	}
	queue := make(chan string)
	go func() {
		defer close(queue)
		for _, file := range files {
			select {
			case queue <- file:
			case <-ctx.Done():
				return
			}
		}
	}()
	errs := make([]error, p.Workers)
	var working sync.WaitGroup
	for i := range p.Workers {
		working.Go(func() {
			for file := range queue {
				if errs[i] = p.runFile(ctx, byFile[file]); errs[i] != nil {
					stop()
					return
				}
				if p.OnFile != nil {
					p.OnFile(file, byFile[file])
				}
			}
		})
	}
	working.Wait()
	return trials, errors.Join(errs...)
}

// runFile tries the mutants of one file.
func (p *Runner) runFile(ctx context.Context, trials []*Trial) error {
	random := 0
	for _, council := range p.Fixtures {
		open := trials
		if !council.Golden {
			if random++; random > explainedFixtures {
				open = slices.DeleteFunc(slices.Clone(trials), func(t *Trial) bool { return p.Reasons.Of(t.Mutant) != "" })
			}
		}
		for _, src := range council.Sources {
			if err := p.tryOn(ctx, council, src, open); err != nil {
				return err
			}
		}
	}
	for _, trial := range trials {
		switch {
		case trial.Outcome != "":
		case trial.changed:
			trial.Outcome = Survived
		default:
			trial.Outcome = Same
		}
	}
	return nil
}

// tryOn tries on one council the mutants not caught so far.
func (p *Runner) tryOn(ctx context.Context, council *Fixture, src string, trials []*Trial) error {
	var alive []*Trial
	var all []string
	for _, trial := range trials {
		if cohorts := p.cohorts(council, src, trial.Mutant); trial.Outcome == "" && len(cohorts) > 0 {
			alive = append(alive, trial)
			all = append(all, cohorts...)
		}
	}
	if len(alive) == 0 {
		return nil
	}
	slices.Sort(all)
	return council.read(ctx, src, slices.Compact(all), func(ctx context.Context, reading *source.Session) error {
		for _, trial := range alive {
			if err := p.tryMutant(ctx, reading, council, src, trial); err != nil {
				return err
			}
		}
		return nil
	})
}

// cohorts are those that a mutant touches and a council answers for.
func (p *Runner) cohorts(council *Fixture, src string, m Mutant) []string {
	var cohorts []string
	for _, name := range p.Definitions.Cohorts(m) {
		if cohort := p.Definitions.cohorts[name]; cohort.Source == src && council.covers(cohort) {
			cohorts = append(cohorts, name)
		}
	}
	return cohorts
}

func (p *Runner) tryMutant(ctx context.Context, reading *source.Session, council *Fixture, src string, trial *Trial) error {
	plans, err := council.mutantPlans(p.Definitions, trial.Mutant, reading, src, p.cohorts(council, src, trial.Mutant))
	if err != nil {
		trial.settle(Refused, err.Error())
		return nil
	}
	caught := ByReference
	if council.Golden {
		caught = ByGolden
	}
	for _, plan := range plans {
		trial.changed = true
		wrong, err := council.firstDifference(ctx, reading, plan)
		switch {
		case reading.Err() != nil:
			return reading.Err()
		case ctx.Err() != nil:
			return ctx.Err()
		case refused(err):
			trial.settle(Refused, err.Error())
			return nil
		case err != nil:
			trial.settle(caught, council.Name+": "+err.Error())
			return nil
		case wrong != "":
			trial.settle(caught, council.Name+": "+wrong)
			return nil
		}
	}
	return nil
}

// refused is true of an error of the statement itself (class 42) or of its time limit, false of one about a council's rows.
func refused(err error) bool {
	var server *pq.Error
	return errors.As(err, &server) && (strings.HasPrefix(string(server.Code), "42") || server.Code == "57014")
}

func (d *Definitions) isStaging(m Mutant) bool { return strings.HasPrefix(m.File, stagingFolder) }
