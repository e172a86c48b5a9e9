package web_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/internal/testcouncil"
)

// metadata lists the families whose values count no child.
func metadata() []string {
	return []string{
		"childrens_authority_info", "childrens_indicator_info", "childrens_indicator_target", "childrens_indicator_limit", "childrens_indicator_tolerance",
		"childrens_indicator_rag", "childrens_indicator_period_rag", "childrens_indicator_period_suppressed", "childrens_public_period_info", "childrens_indicator_suppressed", "childrens_exporter_stale",
		"childrens_exporter_source_data_timestamp_seconds",
	}
}

// ofChildren lists the samples of a page that are no metadata.
func ofChildren(t *testing.T, page string) map[string]float64 {
	t.Helper()
	values := map[string]float64{}
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		series, text, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		family, _, _ := strings.Cut(series, "{")
		if slices.Contains(metadata(), family) {
			continue
		}
		if strings.Contains(series, `"`) {
			text = line[strings.LastIndexByte(line, ' ')+1 : len(line)-1]
			series = line[:strings.LastIndexByte(line, ' ')]
		}
		value, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		values[series] = value
	}
	return values
}

// A council the size of Rutland has some thirty children on a plan; here they
// leave one by one until there is none, and the public page is read each time.
func TestSmallCouncilShowsNoNumberFromOneToFive(t *testing.T) {
	database := testcouncil.Database(t)
	db := testcouncil.Session(t, database)
	for plans := 16; plans >= 0; plans-- {
		db.MustExec("delete from ssd_cp_plans where substr(cppl_cp_plan_id, 2)::integer > $1", plans)
		// Their last visit lies longer ago the higher their number.
		db.MustExec("update ssd_cp_visits set cppv_cp_visit_date = timestamp '2025-12-30' - make_interval(days => substr(cppv_person_id, 2)::integer * 2)")
		db.MustExec(`delete from ssd_cin_episodes where substr(cine_referral_id, 2)::integer > $1`, plans)
		db.MustExec("update ssd_cin_episodes set cine_referral_date = '2025-11-11'")
		s := serve(t, database)
		s.collect(t)
		_, text := get(t, s.handler(), "/metrics/public")
		for series, value := range ofChildren(t, text) {
			ratio := strings.HasSuffix(series, "_ratio") || (strings.HasPrefix(series, "childrens_indicator_value{") || strings.HasPrefix(series, "childrens_indicator_period{")) && strings.Contains(series, `_ratio"`)
			if value >= 1 && value <= 5 && !ratio {
				t.Errorf("with %d plans the page shows %s %g", plans, series, value)
			}
		}
		lines := fmt.Sprint(linesWithPrefix(text, "childrens_cp_plans_open "))
		want := map[bool]string{true: "[]", false: fmt.Sprintf("[childrens_cp_plans_open %d]", (plans+2)/5*5)}[plans > 0 && plans < 8]
		if lines != want {
			t.Errorf("with %d plans the page shows %s, want %s", plans, lines, want)
		}
		hidden := strings.Contains(text, `childrens_indicator_suppressed{indicator="childrens_cp_plans_open",reason="small_count",window="snapshot"} 1`)
		if hidden != (lines == "[]") {
			t.Errorf("with %d plans the page says hidden: %t", plans, hidden)
		}
	}
}

func TestPublicPageHasNothingBeyondTheAllowList(t *testing.T) {
	s := serve(t, testcouncil.Database(t), definition.Embedded())
	s.collect(t)
	allowed := map[string]bool{}
	for _, indicator := range s.source.Catalogue.Indicators() {
		if indicator.Public != definition.PublicNone {
			allowed[indicator.Name] = true
			for _, family := range indicator.Families() {
				allowed[family.Name] = family.By == ""
			}
		}
	}
	_, text := get(t, s.handler(), "/metrics/public")
	for series := range ofChildren(t, text) {
		name, labels, _ := strings.Cut(series, "{")
		if strings.HasPrefix(name, "childrens_indicator_") {
			_, name, _ = strings.Cut(labels, `indicator="`)
			name, _, _ = strings.Cut(name, `"`)
		}
		if !allowed[name] {
			t.Errorf("%s is on the page", series)
		}
		for _, label := range []string{"team=", "worker=", "_by_"} {
			if strings.Contains(series, label) && !strings.HasPrefix(series, "childrens_indicator_") {
				t.Errorf("%s is split", series)
			}
		}
	}
}
