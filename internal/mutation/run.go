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

// Outcome is what became of a mutant.
type Outcome string

// A mutant that nobody can notice, since every statement stays as it is, counts as little as one that the server refuses.
const (
	ByGolden Outcome = "caught by golden"
	ByOracle Outcome = "caught by oracle"
	Refused  Outcome = "refused"
	Same     Outcome = "same"
	Survived Outcome = "survived"
)

// Trial is a mutant and what became of it.
type Trial struct {
	Mutant
	Outcome Outcome
	// By says which council noticed what, or why the mutant was refused.
	By string

	changed bool
}

func (t *Trial) settle(outcome Outcome, by string) { t.Outcome, t.By = outcome, by }

// Prover tries mutants on councils.
type Prover struct {
	Definitions *Definitions
	// Councils are asked in their order: the golden ones first.
	Councils []*Council
	// Reasons explain survivors. What is explained is tried on all golden councils but only on a few others.
	Reasons Reasons
	// Done, where it is given, hears of every file as soon as its mutants have been tried.
	Done func(file string, trials []*Trial)
	// Workers is how many files are tried at a time.
	Workers int
}

// spot is how many random councils look at a mutant that is known to survive.
const spot = 4

// Prove tries every mutant on one council after another, until one notices.
func (p *Prover) Prove(ctx context.Context, mutants []Mutant) ([]*Trial, error) {
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
				if errs[i] = p.file(ctx, byFile[file]); errs[i] != nil {
					stop()
					return
				}
				if p.Done != nil {
					p.Done(file, byFile[file])
				}
			}
		})
	}
	working.Wait()
	return trials, errors.Join(errs...)
}

// file tries the mutants of one file.
func (p *Prover) file(ctx context.Context, trials []*Trial) error {
	random := 0
	for _, council := range p.Councils {
		open := trials
		if !council.Golden {
			if random++; random > spot {
				open = slices.DeleteFunc(slices.Clone(trials), func(t *Trial) bool { return p.Reasons.Of(t.Mutant) != "" })
			}
		}
		for _, src := range council.Sources {
			if err := p.council(ctx, council, src, open); err != nil {
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

// council tries on one council those mutants that nobody noticed so far.
func (p *Prover) council(ctx context.Context, council *Council, src string, trials []*Trial) error {
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
			if err := p.try(ctx, reading, council, src, trial); err != nil {
				return err
			}
		}
		return nil
	})
}

// cohorts are those that a mutant touches and a council answers for.
func (p *Prover) cohorts(council *Council, src string, m Mutant) []string {
	var cohorts []string
	for _, name := range p.Definitions.Cohorts(m) {
		if cohort := p.Definitions.cohorts[name]; cohort.Source == src && council.answers(cohort) {
			cohorts = append(cohorts, name)
		}
	}
	return cohorts
}

func (p *Prover) try(ctx context.Context, reading *source.Session, council *Council, src string, trial *Trial) error {
	plans, err := council.plans(p.Definitions, trial.Mutant, reading, src, p.cohorts(council, src, trial.Mutant))
	if err != nil {
		trial.settle(Refused, err.Error())
		return nil
	}
	caught := ByOracle
	if council.Golden {
		caught = ByGolden
	}
	for _, plan := range plans {
		trial.changed = true
		wrong, err := council.differs(ctx, reading, plan)
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

// refused tells a statement that the server does not accept, or does not end, from one that fails on a council's rows.
func refused(err error) bool {
	var server *pq.Error
	return errors.As(err, &server) && (strings.HasPrefix(string(server.Code), "42") || server.Code == "57014")
}

func (d *Definitions) isStaging(m Mutant) bool { return strings.HasPrefix(m.File, stagingFolder) }
