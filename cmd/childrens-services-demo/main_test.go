package main

import (
	"io"
	"strings"
	"testing"
)

func TestReadOptions(t *testing.T) {
	for name, c := range map[string]struct {
		arguments []string
		profile   string
		problem   string
	}{
		"nothing":            {nil, "wokingham", ""},
		"another council":    {[]string{"-profile", "croydon", "-seed", "7"}, "croydon", ""},
		"one public page":    {[]string{"-once", "-public"}, "wokingham", ""},
		"no such council":    {[]string{"-profile", "atlantis"}, "", "use one of small, wokingham"},
		"public of what":     {[]string{"-public"}, "", "-public goes with -once"},
		"once and smoke":     {[]string{"-once", "-smoke"}, "", "-smoke and -report with neither"},
		"a word too many":    {[]string{"now"}, "", `"now" is not expected`},
		"a flag that is not": {[]string{"-fast"}, "", "not defined: -fast"},
	} {
		t.Run(name, func(t *testing.T) {
			o, err := readOptions(c.arguments, io.Discard)
			switch {
			case c.problem == "" && err != nil:
				t.Fatal(err)
			case c.problem != "" && (err == nil || !strings.Contains(err.Error(), c.problem)):
				t.Fatalf("got error %v, want one with %q", err, c.problem)
			case o.profile.Name != c.profile:
				t.Errorf("profile %q, want %q", o.profile.Name, c.profile)
			}
		})
	}
}

func TestLoadedRowsReadsTheReport(t *testing.T) {
	report := "team: 3 rows read from team.csv, 3 loaded\nIn all: 470,049 rows in 54 tables loaded, 0 rows and 2 values refused.\n"
	if got, want := loadedRows(report), "470,049 rows"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSmallCountsFindsWhatCouldIdentifyAChild(t *testing.T) {
	for name, c := range map[string]struct {
		page                string
		samples, suppressed int
		problem             string
	}{
		"a small count":         {"childrens_cla_open 4", 1, 0, "childrens_cla_open"},
		"a rounded count":       {"childrens_cla_open 10", 1, 0, ""},
		"none at all":           {"childrens_cla_open 0", 1, 0, ""},
		"a rate that is small":  {"childrens_cla_open_per_10k 2.5", 1, 0, "childrens_cla_open_per_10k"},
		"all of many":           {"childrens_cp_visits_on_time_ratio 1", 1, 0, ""},
		"twice as many as all":  {"childrens_cp_visits_on_time_ratio 2", 1, 0, "childrens_cp_visits_on_time_ratio"},
		"a small generic count": {`childrens_indicator_value{indicator="childrens_cla_open"} 1`, 1, 0, "childrens_indicator_value"},
		"suppressed values":     {`childrens_indicator_suppressed{indicator="a"} 1`, 0, 1, ""},
		"who it is":             {`childrens_authority_info{name="a"} 1`, 0, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			family, _, _ := strings.Cut(strings.Fields(c.page)[0], "{")
			families, err := parse(strings.NewReader("# TYPE " + family + " gauge\n" + c.page + "\n"))
			if err != nil {
				t.Fatal(err)
			}
			samples, suppressed, problems := smallCounts(families)
			if samples != c.samples || suppressed != c.suppressed {
				t.Errorf("%d samples and %d suppressed, want %d and %d", samples, suppressed, c.samples, c.suppressed)
			}
			if c.problem == "" && len(problems) > 0 || c.problem != "" && (len(problems) != 1 || !strings.Contains(problems[0].Error(), c.problem)) {
				t.Errorf("got %v, want %q", problems, c.problem)
			}
		})
	}
}
