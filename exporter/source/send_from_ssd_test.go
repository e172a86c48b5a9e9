package source_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/internal/fixtures"
	"childrens-services-exporter/internal/temppg/pgtest"
)

// ssdWith creates an SSD with some rows and runs the script that ships for an SSD with plans.
func ssdWith(t *testing.T, rows string) (url string, err error) {
	t.Helper()
	url = pgtest.Database(t)
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := fixtures.Create(db, "social_care"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(rows); err != nil {
		t.Fatal(err)
	}
	views, err := os.ReadFile(filepath.Join("..", "..", "deploy", "postgres", "send_from_ssd.sql"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(string(views))
	return url, err
}

// Tuesday 31 March 2026; the quarter is October to December 2025. 1 got a plan on the 140th day, 2 on the 141st; 3 too, but an
// exception applied. 4 was refused. 5's plan ceased.
const plansOfAnSSD = `
	insert into ssd_person (pers_person_id, pers_sex, pers_dob) select i, 'F', date '2015-05-01' from generate_series(1, 5) as i;
	insert into ssd_send (send_table_id, send_person_id) select 's' || i, i from generate_series(1, 5) as i;
	insert into ssd_ehcp_requests values
		('1', 's1', '2025-06-10', '2025-07-10', 'Y'), ('2', 's2', '2025-06-10', '2025-07-10', 'Y'), ('3', 's3', '2025-06-10', '2025-07-10', 'Y'),
		('4', 's4', '2025-10-10', '2025-11-10', 'N'), ('5', 's5', '2024-06-10', '2024-07-10', 'Y');
	insert into ssd_ehcp_assessment values
		('21', '1', '2025-09-10', 'Y', '0'), ('22', '2', '2025-09-10', 'Y', '0'), ('23', '3', '2025-09-10', 'Y', '1'), ('25', '5', '2024-09-10', 'Y', '0');
	insert into ssd_ehcp_named_plan values
		('31', '21', '2025-10-28', null, null), ('32', '22', '2025-10-29', null, null), ('33', '23', '2025-10-29', null, null),
		('35', '25', '2024-10-01', '2025-12-01', '2');
	insert into ssd_ehcp_active_plans values ('41', '1', null), ('42', '2', null);
	insert into ssd_sen_need values ('51', '41', 'ASD', '1'), ('52', '42', 'SEMH', '1')`

func isOfPlans(cohort *definition.Cohort) bool {
	return slices.ContainsFunc(cohort.Indicators, func(indicator *definition.Indicator) bool {
		return indicator.Name == "childrens_ehcp_open" || indicator.Name == "childrens_ehcp_issued"
	})
}

func TestPlansOfAnSSD(t *testing.T) {
	want := map[string]map[string]float64{
		"childrens_ehcp_open":                       {"total": 3},
		"childrens_ehcp_open_by_need":               {"ASD": 1, "SEMH": 1, "unknown": 1},
		"childrens_ehcp_issued":                     {"month": 0, "quarter": 3, "fytd": 3, "fy": 1, "rolling_12m": 3, "cy": 3},
		"childrens_ehcp_issued_on_time_numerator":   {"month": 0, "quarter": 1, "fytd": 1, "fy": 1, "rolling_12m": 1, "cy": 1},
		"childrens_ehcp_issued_on_time_denominator": {"month": 0, "quarter": 2, "fytd": 2, "fy": 1, "rolling_12m": 2, "cy": 2},
	}
	url, err := ssdWith(t, plansOfAnSSD)
	if err != nil {
		t.Fatal(err)
	}
	settings := config.Settings{Sources: map[string]config.SourceSettings{"education": {Schema: "send_from_ssd"}}}
	src := openSource(t, url, "education", settings)
	src.Settings = settings.Sources["education"]
	got := map[string]map[string]float64{}
	for _, session := range evaluate(t, src, fixtures.Golden{AsOf: "2026-03-31"}, isOfPlans) {
		for _, sample := range session.Samples() {
			if name := sample.Family.Name; want[name] != nil {
				if got[name] == nil {
					got[name] = map[string]float64{}
				}
				got[name][labelKey(sample)] = sample.Value
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("plans of an SSD (-by hand +from SQL):\n%s", diff)
	}
}

// An SSD as its scripts leave it has no rows of plans, which does not mean that there are none.
func TestPlaceholdersOfAnSSDAreNoPlans(t *testing.T) {
	for name, rows := range map[string]string{
		"empty": "",
		"a row of placeholders": `
			insert into ssd_send (send_table_id) values ('PLACEHOLDER_DATA');
			insert into ssd_ehcp_requests (ehcr_ehcp_request_id) values ('PLACEHOLDER_DATA');
			insert into ssd_ehcp_assessment (ehca_ehcp_assessment_id) values ('PLACEHOLDER_DATA');
			insert into ssd_ehcp_named_plan (ehcn_named_plan_id) values ('PLACEHOLDER_DATA');
			insert into ssd_ehcp_active_plans (ehcp_active_ehcp_id) values ('PLACEHOLDER_DATA');
			insert into ssd_sen_need (senn_table_id) values ('PLACEHOLDER_DATA')`,
	} {
		if _, err := ssdWith(t, rows); err == nil || !strings.Contains(err.Error(), "take plans from the education database") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
