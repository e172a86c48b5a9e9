package benchmark_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/benchmark"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

func unranked(string) (ranked, lowerBetter bool) { return false, false }

// values is a publication of one measure for two years, in the format of DfE's
// tool: a council in outer London with ten neighbours, of whom six have a figure.
func values() string {
	text := "measure,year,area,la_code,region,value\n"
	for _, year := range []string{"2022", "2023", "2024", "2025"} {
		for i, area := range []string{
			"England,970,NA,22.6", "London,986,NA,19.4", "London (Outer),988,NA,18.1", "South East,989,NA,28.4",
			"Croydon,306,Outer London,26.8", "Old,909,South East,99",
			"A,1,South East,10", "B,2,South East,20", "C,3,South East,30", "D,4,South East,40", "E,5,South East,26.8", "F,6,South East,50.2",
			"G,7,South East,-", "H,8,South East,-", "I,9,South East,-", "J,10,South East,-",
		} {
			area, rest, _ := strings.Cut(area, ",")
			if year != "2025" && i > 3 {
				rest = rest[:strings.LastIndexByte(rest, ',')] + ",1"
			}
			text += "ReReferral," + year + "," + area + "," + rest + "\n"
		}
	}
	return text
}

func neighbours() string {
	text := "\ufeffold_la_code,la_name,SN_1,SN_2,SN_3,SN_4,SN_5,SN_6,SN_7,SN_8,SN_9,SN_10\n"
	for _, code := range []string{"306", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"} {
		text += code + ",name,1,2,3,4,5,6,7,8,9,10\n"
	}
	return text
}

// convertedTable is the table of the publication, with every measure of the mapping.
func convertedTable(t *testing.T) fstest.MapFS {
	t.Helper()
	all := values()
	for _, measure := range benchmark.Measures(t) {
		if measure != "ReReferral" {
			all += strings.Join([]string{`"` + measure + `"`, "2025", "England", "970", "NA", "50"}, ",") + "\n"
		}
	}
	figures, areas, err := benchmark.Convert(strings.NewReader(all), strings.NewReader(neighbours()), "a test")
	if err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{"figures.csv": {Data: figures}, "areas.csv": {Data: areas}}
}

func TestConvertedPublicationReplacesTheShippedFigures(t *testing.T) {
	table, issues, err := benchmark.Read(convertedTable(t), "own")
	if err != nil || len(issues) > 0 {
		t.Fatal(err, issues)
	}
	view := table.For(306, func(string) (bool, bool) { return true, true })
	got := map[string]float64{}
	for _, figure := range view.Figures {
		if figure.Indicator == "childrens_referrals_repeat_ratio" && figure.Latest && len(figure.Area) > 1 {
			got[figure.AreaType+" "+figure.Area] = figure.Value
		}
	}
	// The mean of 10, 20, 30, 40, 26.8 and 50.2 is 29.5.
	want := map[string]float64{"england England": 0.226, "region London": 0.194, "authority Croydon": 0.268,
		"statistical_neighbour_mean Statistical neighbours": 0.295}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, rank := range view.Ranks {
		// 0.1 and 0.2 are lower, one other is equal; the shipped councils have no
		// figure of this publication.
		if rank.Indicator == "childrens_referrals_repeat_ratio" && (rank.Place != 3 || rank.Authorities != 7) {
			t.Errorf("place %d among %d, want 3 among 7", rank.Place, rank.Authorities)
		}
	}
}

func TestConvertKeepsThreeYearsAndOmitsUnpublishedFigures(t *testing.T) {
	text := string(convertedTable(t)["figures.csv"].Data)
	var years []string
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, "childrens_referrals_repeat_ratio,"); ok {
			years = append(years, rest[:4])
		}
	}
	if diff := cmp.Diff([]string{"2023", "2024", "2025"}, years); diff != "" {
		t.Error(diff)
	}
	if strings.Contains(text, "-,") || strings.Contains(text, ",-") {
		t.Error("a figure that is not published is written as a dash")
	}
}

func TestInvalidRowIsAnIssueWithItsLine(t *testing.T) {
	head := "indicator,area,year,value,source,publication\n"
	for _, test := range []struct{ row, want string }{
		{"childrens_referrals,306,,7000,us,2026", "own/extra.csv:2: indicator childrens_referrals has no year; give one such as 2025 or 2023/24; the row is left out"},
		{"childrens_referrals,306,26,7000,us,2026", `own/extra.csv:2: indicator childrens_referrals: year "26" is not one such as 2025 or 2023/24; the row is left out`},
		{"childrens_referrals,999,2026,7000,us,2026", `own/extra.csv:2: area "999" does not exist; areas.csv lists the codes; the row is left out`},
		{"childrens_referrals,306,2026,many,us,2026", "own/extra.csv:2: the value for area 306 is not a number; the row is left out"},
		{"childrens_referrals,306,2026,NaN,us,2026", "own/extra.csv:2: the value for area 306 is not a number; the row is left out"},
		{"childrens_referrals,306,2026,7000,,2026", "own/extra.csv:2: indicator childrens_referrals has no source or no publication; the row is left out"},
		{"childrens_referrals,306", "own/extra.csv:2: wrong number of fields; the row is left out"},
	} {
		own := fstest.MapFS{"extra.csv": {Data: []byte(head + test.row + "\nchildrens_referrals,872,2026,1900,us,2026\n")}}
		table, issues, err := benchmark.Read(own, "own")
		if err != nil || len(issues) != 1 || issues[0].Message != test.want || issues[0].Input != "benchmarks" {
			t.Errorf("%s: %v, %v", test.row, err, issues)
			continue
		}
		if got := latest(table, 872, "childrens_referrals"); got != "2026 1900" {
			t.Errorf("after %s the next row is lost: %s", test.row, got)
		}
	}
	_, issues, err := benchmark.Read(fstest.MapFS{"extra.csv": {Data: []byte("area,indicator\n")}}, "own")
	if err != nil || len(issues) != 1 || !strings.HasPrefix(issues[0].Message, "own/extra.csv:1: the first line must begin with indicator,area,year") {
		t.Errorf("a wrong head: %v, %v", err, issues)
	}
}

func latest(table *benchmark.Table, code int, indicator string) string {
	for _, figure := range table.For(code, unranked).Figures {
		if figure.Indicator == indicator && figure.Latest && figure.AreaType == benchmark.Authority {
			return fmt.Sprintf("%s %g", figure.Year, figure.Value)
		}
	}
	return ""
}

func TestUnknownAuthorityIsComparedWithEnglandOnly(t *testing.T) {
	table, _, err := benchmark.Read(nil, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []int{0, 999, 970, 986} {
		for _, figure := range table.For(code, unranked).Figures {
			if table.IsAuthority(code) || figure.AreaType != benchmark.England {
				t.Fatalf("%d is compared with %s", code, figure.AreaType)
			}
		}
	}
}

func TestTableHasEveryAuthorityWithRegionAndNeighbours(t *testing.T) {
	table, _, err := benchmark.Read(nil, "")
	if err != nil {
		t.Fatal(err)
	}
	authorities := 0
	for code := range 1000 {
		if !table.IsAuthority(code) {
			continue
		}
		authorities++
		sorts := map[string]map[string]bool{}
		for _, figure := range table.For(code, unranked).Figures {
			if figure.Indicator == "childrens_cp_plans_open_per_10k" {
				if sorts[figure.AreaType] == nil {
					sorts[figure.AreaType] = map[string]bool{}
				}
				sorts[figure.AreaType][figure.Area] = true
			}
		}
		if len(sorts[benchmark.Region]) != 1 || len(sorts[benchmark.Neighbour]) < 9 || len(sorts[benchmark.Neighbours]) != 1 {
			t.Errorf("%d is compared with %v", code, sorts)
		}
	}
	if authorities != 153 {
		t.Errorf("%d authorities", authorities)
	}
}

// A figure of an indicator that is not in the catalogue would not be served.
func TestEveryFigureBelongsToAnIndicator(t *testing.T) {
	loaded, err := definition.Load(config.Settings{}, definition.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, indicator := range loaded.Indicators() {
		names[indicator.Name] = true
	}
	table, _, err := benchmark.Read(nil, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range table.Indicators() {
		if !names[name] {
			t.Errorf("%s has figures and no definition", name)
		}
	}
}
