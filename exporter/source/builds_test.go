package source_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/unavailable"
	"childrens-services-exporter/internal/fixtures"
	"childrens-services-exporter/internal/reference"
	"childrens-services-exporter/internal/temppg/pgtest"
)

// buildSeeds are the random councils that are loaded into every build.
const buildSeeds = 6

// TestEveryBuildGivesTheSameNumbers loads a few councils into the tables of every build: a cohort gives the numbers that it gives in the
// release that the definitions are written for, or it is unavailable for the reason in testdata/builds/unavailable.txt.
func TestEveryBuildGivesTheSameNumbers(t *testing.T) {
	builds := readBuilds(t)
	listed := readUnavailable(t)
	standard := builds[slices.IndexFunc(builds, func(b build) bool { return b.name == standardBuild })]
	want := standard.answers(t, builds)
	for _, cohort := range slices.Sorted(maps.Keys(want.rows)) {
		if want.rows[cohort] == 0 {
			t.Errorf("%s: the random councils have no row for it; give them some in internal/reference/generate*.go", cohort)
		}
	}
	for _, b := range builds {
		if b.placeholders {
			continue
		}
		t.Run(b.name, func(t *testing.T) {
			got := want
			if b.name != standardBuild {
				got = b.answers(t, builds)
			}
			if diff := cmp.Diff(listed[b.name], got.unavailable, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("unavailable (-testdata/builds/unavailable.txt +got):\n%s", diff)
			}
			for cohort, samples := range want.samples {
				if got.unavailable[cohort] != "" {
					continue
				}
				if diff := cmp.Diff(samples, got.samples[cohort]); diff != "" {
					t.Errorf("%s (-%s +%s):\n%s", cohort, standardBuild, b.name, diff)
				}
			}
		})
	}
}

// TestPlaceholdersAreNoZeros fills every table with the one row that some builds leave where they have nothing: no
// cohort gives a number, since a zero would be taken for a fact.
func TestPlaceholdersAreNoZeros(t *testing.T) {
	builds := readBuilds(t)
	b := builds[slices.IndexFunc(builds, func(b build) bool { return b.placeholders })]
	src, db := b.open(t, guard.Policy{MinStableReads: 1, MinPersistentReads: 4})
	if err := fixtures.Fill(db, b.placeholder()); err != nil {
		t.Fatal(err)
	}
	answers := b.evaluate(t, src, reference.Generate(1))
	for _, cohort := range src.Catalogue.Cohorts {
		if cohort.Source != src.Name {
			continue
		}
		if reason := answers.unavailable[cohort.Name]; !strings.Contains(reason, "is empty") {
			t.Errorf("%s: unavailable %q, want that something is empty", cohort.Name, reason)
		}
	}
}

// buildAnswers holds the results of the cohorts of a build for all councils together.
type buildAnswers struct {
	samples     map[string]map[string]float64 // by cohort and by seed and sample
	rows        map[string]int64
	unavailable map[string]string
}

func (b build) open(t *testing.T, policy guard.Policy) (*source.Source, *sql.DB) {
	t.Helper()
	url := pgtest.Database(t)
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := b.create(db); err != nil {
		t.Fatal(err)
	}
	src := openSource(t, url, "social_care", config.Settings{})
	src.Guard = source.NewGuard(policy)
	return src, db
}

func (b build) answers(t *testing.T, builds []build) buildAnswers {
	t.Helper()
	src, db := b.open(t, guard.Policy{})
	var filled []string
	all := buildAnswers{map[string]map[string]float64{}, map[string]int64{}, map[string]string{}}
	for seed := range uint64(buildSeeds) {
		council := reference.Generate(seed + 1)
		rows, err := fixtures.Rows(council, "social_care", "local")
		if err != nil {
			t.Fatal(err)
		}
		tables := b.rows(inAllBuilds(rows, builds))
		if err := fixtures.Fill(db, tables, filled...); err != nil {
			t.Fatalf("%s, seed %d: %v", b.name, council.Seed, err)
		}
		filled = slices.Sorted(maps.Keys(tables))
		src.Guard = source.NewGuard(guard.Policy{MinStableReads: 1, MinPersistentReads: 1, MaxUnmappedShare: 1})
		answers := b.evaluate(t, src, council)
		for cohort, samples := range answers.samples {
			if all.samples[cohort] == nil {
				all.samples[cohort] = map[string]float64{}
			}
			for key, value := range samples {
				all.samples[cohort][fmt.Sprintf("seed %d: %s", council.Seed, key)] = value
			}
			all.rows[cohort] += answers.rows[cohort]
		}
		maps.Copy(all.unavailable, answers.unavailable)
	}
	return all
}

func (b build) evaluate(t *testing.T, src *source.Source, council reference.Case) buildAnswers {
	t.Helper()
	all := buildAnswers{map[string]map[string]float64{}, map[string]int64{}, map[string]string{}}
	definitions := *src.Catalogue
	definitions.Populations = fixtures.Populations(council)
	src.Catalogue = &definitions
	err := src.Read(t.Context(), source.ReadOptions{AsOf: fixtures.Time(council.Days[0])}, func(ctx context.Context, session *source.Session) error {
		for _, plan := range session.Plans {
			cohort := plan.Cohort
			var periods []calendar.Period
			for _, day := range council.Days {
				live, err := fixtures.View{Day: day, Offset: fixtures.Live}.Periods(src.Calendar, cohort)
				if err != nil {
					return err
				}
				periods = append(periods, live...)
			}
			result, err := session.Evaluate(ctx, plan, periods)
			if missing, ok := errors.AsType[*unavailable.Error](err); ok {
				all.unavailable[cohort.Name] = missing.Message
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", b.name, err)
				continue
			}
			all.samples[cohort.Name] = map[string]float64{}
			for _, p := range periods {
				all.rows[cohort.Name] += result.Rows(p)
				for _, r := range result.Observations(p) {
					for _, sample := range r.Samples() {
						all.samples[cohort.Name][sample.Family.Name+" "+string(p.Kind)+" to "+p.Ends.Format(time.DateOnly)+" "+labelKey(sample)] = sample.Value
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("%s: %v", b.name, err)
	}
	return all
}

// readUnavailable reads what is unavailable in which build, and why. A line is a build, a cohort and the reason.
func readUnavailable(t *testing.T) map[string]map[string]string {
	t.Helper()
	text, err := os.ReadFile("testdata/builds/unavailable.txt")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]map[string]string{}
	for line := range strings.SplitSeq(strings.TrimSpace(string(text)), "\n") {
		words := strings.SplitN(line, " ", 3)
		if strings.HasPrefix(line, "#") || len(words) != 3 {
			continue
		}
		if listed[words[0]] == nil {
			listed[words[0]] = map[string]string{}
		}
		listed[words[0]][words[1]] = words[2]
	}
	return listed
}
