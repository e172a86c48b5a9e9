// Command verify changes the definitions of indicators, one small change at a time, and lists which changes neither the
// golden councils nor the reference implementation notice.
//
//	go run ./internal/verify -every 40 -first 7
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/internal/mutation"
)

// allDefined is true once every id from 1 to lastID is in the catalogue; from then on none may go.
const (
	allDefined = true
	lastID     = 106
)

type options struct {
	step, first                     int
	councils, workers               int
	of, survivors, golden           string
	indicators, progress, explained bool
}

func main() {
	var o options
	flag.IntVar(&o.step, "every", 1, "try every so manieth mutant only")
	flag.IntVar(&o.first, "first", 0, "with -every, the one to begin with")
	flag.StringVar(&o.of, "of", "", "try mutants of files with this in their path only")
	flag.IntVar(&o.councils, "councils", 30, "how many random councils to ask where the golden ones notice nothing")
	flag.IntVar(&o.workers, "workers", 2, "how many files to try at a time")
	flag.BoolVar(&o.explained, "explained", false, "try those mutants alone that have a reason to survive, to see which reasons are stale")
	flag.BoolVar(&o.progress, "progress", false, "say on standard error what survives as soon as a file is done")
	flag.StringVar(&o.golden, "golden", "exporter/source/testdata/golden", "folder of the golden councils")
	flag.StringVar(&o.survivors, "survivors", "internal/mutation/survivors", "folder of the reasons why mutants may survive")
	flag.BoolVar(&o.indicators, "indicators", false, "print what proves each indicator")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "verify:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) (err error) {
	if o.step < 1 || o.first < 0 || o.councils < 1 || o.workers < 1 {
		return errors.New("-every, -councils and -workers are at least 1, -first at least 0")
	}
	definitions, err := mutation.ReadDefinitions()
	if err != nil {
		return err
	}
	mutants, err := definitions.Mutants()
	if err != nil {
		return err
	}
	reasons, err := mutation.ReadReasons(o.survivors)
	if err != nil {
		return err
	}
	set, err := loadFixtures(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, set.close()) }()

	selected := choose(mutants, reasons, o)
	began := time.Now()
	prover := mutation.Runner{
		Definitions: definitions, Fixtures: append(set.golden, set.random...), Reasons: reasons, Workers: o.workers,
	}
	if o.progress {
		prover.OnFile = func(file string, trials []*mutation.Trial) {
			fmt.Fprintln(os.Stderr, file, len(trials))
			mutation.Survivors(os.Stderr, trials, reasons)
		}
	}
	tried, err := prover.Run(ctx, selected)
	if err != nil {
		return err
	}
	fmt.Printf("%d of %d mutants on %d golden and %d random councils in %s\n\n",
		len(selected), len(mutants), len(set.golden), len(set.random), time.Since(began).Round(time.Second))
	return report(tried, mutants, reasons, set, o)
}

func choose(mutants []mutation.Mutant, reasons mutation.Reasons, o options) []mutation.Mutant {
	var selected []mutation.Mutant
	for i, m := range mutants {
		if i%o.step == o.first%o.step && strings.Contains(m.File, o.of) && (!o.explained || reasons.Of(m) != "") {
			selected = append(selected, m)
		}
	}
	return selected
}

func report(tried []*mutation.Trial, mutants []mutation.Mutant, reasons mutation.Reasons, set *fixtureSet, o options) error {
	var wrong []error
	if unexplained := mutation.Survivors(os.Stdout, tried, reasons); unexplained > 0 {
		wrong = append(wrong, fmt.Errorf("%d survivors have no reason: add a case that notices, or the reason to %s", unexplained, o.survivors))
	}
	for _, stale := range reasons.Stale(mutants, tried) {
		wrong = append(wrong, fmt.Errorf("a reason explains nothing any more, take it out of %s: %s", o.survivors, stale))
	}
	fmt.Println()
	if err := mutation.Folders(os.Stdout, tried, reasons); err != nil {
		return err
	}
	definitions, err := definition.Load(config.Settings{}, definition.Embedded())
	if err != nil {
		return err
	}
	if o.indicators {
		fmt.Println()
		if err := mutation.Indicators(os.Stdout, definitions, set.goldenFamilies, set.referenceFamilies, tried); err != nil {
			return err
		}
	}
	for what, missing := range map[string][]string{
		"no indicator has id":                              mutation.Missing(definitions, lastID),
		"no golden council answers for":                    mutation.Unverified(definitions, set.goldenFamilies),
		"the reference implementation does not answer for": mutation.Unverified(definitions, set.referenceFamilies),
	} {
		if len(missing) == 0 {
			continue
		}
		fmt.Printf("\n%s: %s\n", what, strings.Join(missing, ", "))
		if allDefined {
			wrong = append(wrong, fmt.Errorf("%s: %s", what, strings.Join(missing, ", ")))
		}
	}
	return errors.Join(wrong...)
}
