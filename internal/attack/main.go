// Command attack plays a reader of the public page who knows the program, keeps every page for years and does sums. It
// publishes the pages of synthetic councils by the product's own rules, deduces what it can of what is suppressed, and
// scores the deductions by the truth.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/disclosure"
	"childrens-services-exporter/exporter/publication"
	"childrens-services-exporter/internal/synthetic"
)

func main() { os.Exit(attack()) }

// attack gives the exit code: 1 where a page discloses something, or an error kept it from being attacked.
func attack() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	profiles := flag.String("profiles", "small", "profiles of councils, separated by commas")
	seeds := flag.Uint64("seeds", 10, "how many councils of each profile")
	directory := flag.String("cache", "", "a directory to keep the exact values of the councils in")
	examples := flag.Int("examples", 3, "how many deductions of each method to print")
	flag.Parse()
	disclosed, err := run(ctx, os.Stdout, options{strings.Split(*profiles, ","), *seeds, cache(*directory), *examples})
	switch {
	case err != nil:
		_, _ = fmt.Fprintln(os.Stderr, err)
		return 1
	case disclosed:
		_, _ = fmt.Fprintln(os.Stderr, "the pages disclose suppressed values")
		return 1
	}
	return 0
}

type options struct {
	profiles []string
	seeds    uint64
	cache    cache
	examples int
}

// run attacks every council and reports whether anything was disclosed.
func run(ctx context.Context, out io.Writer, o options) (disclosed bool, err error) {
	total := map[string]score{}
	for _, profile := range o.profiles {
		for seed := uint64(1); seed <= o.seeds; seed++ {
			pages, err := openArchive(ctx, council{profile, seed}, o.cache, disclosure.DefaultPolicy().Apply)
			if err != nil {
				return false, err
			}
			_, _ = fmt.Fprintf(out, "%s %d: %d of %d values are shown\n", profile, seed, len(pages.shown), len(pages.asked))
			for _, m := range methods() {
				sum := total[m.name]
				sum.add(m.play(pages))
				total[m.name] = sum
			}
		}
	}
	for _, m := range methods() {
		s := total[m.name]
		_, _ = fmt.Fprintf(out, "%-45s %s\n", m.name, s)
		for _, example := range s.examples[:min(o.examples, len(s.examples))] {
			_, _ = fmt.Fprintln(out, "    "+example)
		}
		disclosed = disclosed || s.isDisclosed()
	}
	return disclosed, nil
}

// method is one way to deduce suppressed values.
type method struct {
	name string
	play func(*archive) score
}

func methods() []method {
	return []method{
		{"quarters of ratios from longer windows", func(a *archive) score { return a.chains(calendar.Quarter) }},
		{"exact counts from the digits of rates", (*archive).rates},
		{"exact counts from several ratios", (*archive).bases},
		{"groups between two published ones", (*archive).differences},
		{"0 beside a suppressed share", (*archive).zeros},
	}
}

const quarterlyPages = 24

// openArchive gives the pages of a council.
func openArchive(ctx context.Context, town council, values cache, apply control) (*archive, error) {
	profile, err := synthetic.FindProfile(town.Profile)
	if err != nil {
		return nil, err
	}
	population := float64(profile.Population)
	settings := config.Settings{Populations: config.Populations{
		"children": {2020: population}, "children_5_to_15": {2020: float64(profile.Population * 11 / 18)},
	}}
	schedules := []publication.Schedule{{Kind: calendar.Quarter, Delay: 10}}
	cohorts, err := values.exactValues(ctx, town, settings, schedules, map[calendar.Kind]int{calendar.Quarter: quarterlyPages})
	if err != nil {
		return nil, fmt.Errorf("%v: %w", town, err)
	}
	return newArchive(cohorts, settings, schedules[0], quarterlyPages, apply)
}
