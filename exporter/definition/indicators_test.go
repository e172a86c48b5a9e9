package definition_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

// TestIndicatorsAreThoseOfTheList keeps names and ids from changing by accident:
// dashboards, alerts and years of stored history hang on them. A line is an id, a
// family and its labels.
func TestIndicatorsAreThoseOfTheList(t *testing.T) {
	text, err := os.ReadFile("testdata/indicators.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimSpace(string(text)), "\n")
	var got []string
	for _, indicator := range load(t, config.Settings{}, definition.Embedded()).Indicators() {
		for _, family := range indicator.Families() {
			if family.Part == definition.Value {
				got = append(got, strings.Join(append([]string{fmt.Sprintf("%03d", indicator.ID), family.Name}, family.Labels...), " "))
			}
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-listed +published:\n%s", diff)
	}
}

// TestEveryIDBelongsToOneMainIndicator lets only supporting indicators share an id.
func TestEveryIDBelongsToOneMainIndicator(t *testing.T) {
	first := map[int]string{}
	supporting := map[int]string{}
	for _, indicator := range load(t, config.Settings{}, definition.Embedded()).Indicators() {
		if indicator.Supporting {
			supporting[indicator.ID] = indicator.Name
			continue
		}
		if other := first[indicator.ID]; other != "" {
			t.Errorf("id %d belongs to %s and %s", indicator.ID, other, indicator.Name)
		}
		first[indicator.ID] = indicator.Name
	}
	for id, name := range supporting {
		if first[id] == "" {
			t.Errorf("%s supports id %d, which no indicator has", name, id)
		}
	}
	for _, id := range []int{
		1, 4, 5, 8, 9, 10, 13, 14, 15, 20, 22, 23, 25, 30, 32, 33, 36, 37, 39, 44, 47, 48, 60, 63, 75, 76, 77, 82, 86, 91, 93, 106,
		26, 27, 28, 29, 31, 34, 35, 38, 40, 41, 42, 43,
	} {
		if first[id] == "" {
			t.Errorf("id %d is missing", id)
		}
	}
}
