package web_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/benchmark"
	"childrens-services-exporter/exporter/config"
)

func TestPagesCompareTheCouncilWithWhatWasPublished(t *testing.T) {
	s := collected(t)
	table, rejected, err := benchmark.Read(nil, "")
	if err != nil || len(rejected) > 0 {
		t.Fatal(err, rejected)
	}
	s.pages.Benchmarks, s.pages.Settings.Authority.LACode = table, 306
	s.pages.Issues = []config.Issue{{Input: "benchmarks", Message: "extra.csv:2: no year"}}
	for _, path := range []string{"/metrics", "/metrics/public"} {
		_, text := get(t, s.handler(), path)
		got := linesWithPrefix(text, "childrens_benchmark{")
		for _, want := range []string{
			`childrens_benchmark{area="Croydon",area_type="authority",indicator="childrens_referrals",year="2025"} 7986`,
			`childrens_benchmark{area="England",area_type="england",indicator="childrens_cp_plans_open",year="2025"} 49420`,
			`childrens_benchmark{area="London",area_type="region",indicator="childrens_cp_plans_open",year="2025"} 7120`,
			`childrens_benchmark{area="Lewisham",area_type="statistical_neighbour",indicator="childrens_cp_plans_open",year="2025"} `,
			`childrens_benchmark{area="Statistical neighbours",area_type="statistical_neighbour_mean",indicator="childrens_referrals",year="2025"} `,
		} {
			if !slices.ContainsFunc(got, func(line string) bool { return strings.HasPrefix(line, want) }) {
				t.Errorf("%s does not say %s", path, want)
			}
		}
		for _, line := range got {
			if !strings.Contains(line, `"childrens_referrals"`) && !strings.Contains(line, `"childrens_cp_plans_open"`) {
				t.Errorf("%s compares what it does not serve: %s", path, line)
			}
		}
		// Of earlier years each neighbour has none of its own.
		others := slices.DeleteFunc(slices.Clone(got), func(line string) bool { return strings.Contains(line, `area_type="statistical_neighbour"`) })
		if history := linesWithPrefix(text, "childrens_benchmark_history{"); len(history) != 2*len(others) || len(others) == len(got) {
			t.Errorf("%s has %d figures of two earlier years, %d of the latest, %d of them a neighbour's", path, len(history), len(got), len(got)-len(others))
		}
	}
	_, text := get(t, s.handler(), "/metrics")
	if diff := cmp.Diff([]string{`childrens_exporter_rejected_entries{input="benchmarks"} 1`}, linesWithPrefix(text, `childrens_exporter_rejected_entries{input="benchmarks"`)); diff != "" {
		t.Error(diff)
	}
	// A count is as large as the council, so that it has no place in a table.
	if ranks := linesWithPrefix(text, "childrens_benchmark_rank"); len(ranks) > 0 {
		t.Errorf("ranked: %v", ranks)
	}
}
