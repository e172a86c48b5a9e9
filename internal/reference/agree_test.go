package reference_test

import (
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"childrens-services-exporter/internal/fixtures"
	"childrens-services-exporter/internal/reference"
	"childrens-services-exporter/internal/temppg/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// seedsEnv says how many random councils the SQL is checked on: a number, or from-to to look at some again.
const seedsEnv = "REFERENCE_SEEDS"

func seeds(t *testing.T) (from, to uint64) {
	t.Helper()
	text := os.Getenv(seedsEnv)
	if text == "" {
		text = "15"
	}
	first, last, several := strings.Cut(text, "-")
	if !several {
		first, last = "1", first
	}
	for into, written := range map[*uint64]string{&from: first, &to: last} {
		number, err := strconv.ParseUint(written, 10, 32)
		if err != nil {
			t.Fatalf("%s is %q: write a number of councils, or the first and the last as in 7-7", seedsEnv, text)
		}
		*into = number
	}
	return from, to
}

func TestAgreement(t *testing.T) {
	databases := []*database{open(t, "social_care"), open(t, "education")}
	from, to := seeds(t)
	councils, compared := 0, 0
	differences := map[string]int{}
	for seed := from; seed <= to; seed++ {
		c := reference.Generate(seed)
		want := referenceSamples(c)
		got := map[fixtures.View]map[string]float64{}
		for _, w := range databases {
			w.fill(t, c)
			w.evaluate(t, c, got)
		}
		councils++
		for _, v := range fixtures.Views(c) {
			compared += len(want[v])
			compare(t, seed, v, want[v], got[v], differences)
		}
	}
	all := 0
	for _, family := range slices.Sorted(maps.Keys(differences)) {
		t.Logf("%6d differences in %s", differences[family], family)
		all += differences[family]
	}
	t.Logf("%d councils, %d samples compared, %d differences", councils, compared, all)
}

// maxDifferencesShown is how many differences of one family are written out.
const maxDifferencesShown = 3

func referenceSamples(c reference.Case) map[fixtures.View]map[string]float64 {
	own := reference.New(c.Tables, c.Limits, c.Populations)
	all := map[fixtures.View]map[string]float64{}
	for _, v := range fixtures.Views(c) {
		all[v] = v.ReferenceSamples(own)
	}
	return all
}

func compare(t *testing.T, seed uint64, v fixtures.View, want, got map[string]float64, differences map[string]int) {
	t.Helper()
	keys := map[string]bool{}
	for key := range want {
		keys[key] = true
	}
	for key := range got {
		keys[key] = true
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		a, inWant := want[key]
		b, inGot := got[key]
		if inWant == inGot && math.Abs(a-b) <= 1e-9*max(1, math.Abs(a)) {
			continue
		}
		family, _, _ := strings.Cut(key, "{")
		differences[family]++
		if differences[family] <= maxDifferencesShown {
			t.Errorf("seed %d, %s: %s: reference %s, SQL %s", seed, v, key, format(a, inWant), format(b, inGot))
		} else {
			t.Fail()
		}
	}
}

func format(value float64, there bool) string {
	if !there {
		return "none"
	}
	return strconv.FormatFloat(value, 'g', -1, 64)
}

// cohorts are those that the reference implementation answers for.
func cohorts() []string {
	return []string{
		"front_door/contacts", "front_door/referrals", "early_help/started", "early_help/closed", "early_help/open",
		"assessments/completed", "assessments/open", "child_protection/enquiries", "child_protection/conferences",
		"front_door/contact_outcomes", "front_door/contact_referrals", "front_door/referral_outcomes", "front_door/decisions",
		"early_help/assessments", "early_help/stepped_up", "assessments/factors", "assessments/outcomes", "assessments/children_seen",
		"child_protection/enquiries_ended",
		"child_protection/conference_outcomes",
		"child_protection/plans", "child_protection/plans_started", "child_protection/visit_intervals", "child_protection/reviews",
		"child_protection/plans_ended", "child_protection/core_groups", "child_protection/visits", "child_protection/visits_by_method",
		"child_protection/visits_recorded", "child_protection/reviews_held", "child_protection/proceedings",
		"children_in_need/plans", "children_in_need/visits", "children_in_need/visits_recorded", "children_in_need/unallocated",
		"children_in_need/cases", "children_in_need/case_status",
		"looked_after/children", "looked_after/visits", "looked_after/reviews", "looked_after/reviews_held",
		"looked_after/started", "looked_after/ceased", "looked_after/placements", "looked_after/social_workers",
		"missing/episodes", "missing/children", "missing/returned",
		"looked_after/unaccompanied", "looked_after/distance", "looked_after/area", "looked_after/health", "looked_after/immunised",
		"looked_after/difficulties", "looked_after/visits_recorded",
		"missing/looked_after", "missing/interviews", "missing/from_placement",
		"care_leavers/young_people", "caseload/workers", "caseload/case_status",
		"supervision/workers", "workforce/in_post", "workforce/year", "workforce/intakes", "audit/audits", "audit/open_cases",
		"ehcp/plans", "ehcp/plans_issued", "home_education/children", "missing_education/children", "pupils/on_roll",
		"post16/young_people", "post16/year_before", "post16/winter", "post16/march", "post16/guarantee", "post16/groups",
		"schools/open", "schools/report_card", "schools/key_judgements",
		"attendance/pupils", "attendance/groups",
		"exclusions/events", "exclusions/reasons", "exclusions/rates",
		"ehcp/requests", "ehcp/decisions", "ehcp/assessments", "ehcp/reviews", "ehcp/review_decisions", "pupils/special_needs",
		"home_education/started", "home_education/ended", "missing_education/started", "missing_education/ended",
	}
}
