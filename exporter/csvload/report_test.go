package csvload_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/csvload"
)

func TestReportInPlainWords(t *testing.T) {
	report := csvload.Report{Committed: true, Tables: []csvload.Table{
		{Name: "ssd_person", File: "ssd_person.csv", Read: 64210, Loaded: 64210},
		{
			Name: "ssd_cp_plans", File: "SSD_CP_PLANS.CSV", Read: 2107, Loaded: 2099,
			Added:   []string{"cppl_cp_plan_ola"},
			Absent:  []string{"cppl_icpc_id", "cppl_referral_id"},
			Unknown: []int{4, 11},
			Rows: []csvload.Rejection{
				{Column: "cppl_cp_plan_id", Reason: "is empty", Count: 7, Lines: []int{3, 9, 12, 40, 41}},
				{Reason: "has the wrong number of fields", Count: 1, Lines: []int{77}},
			},
			Values: []csvload.Rejection{
				{Column: "cppl_cp_plan_end_date", Reason: "is not a day of the calendar", Count: 2, Lines: []int{5, 1802}},
			},
		},
		{Name: "ssd_missing", File: "ssd_missing.csv", Read: 1, Loaded: 1, Created: true},
	}}
	want := `ssd_person: 64,210 rows read from ssd_person.csv, 64,210 taken
ssd_cp_plans: 2,107 rows read from SSD_CP_PLANS.CSV, 2,099 taken
  7 rows refused: cppl_cp_plan_id is empty (lines 3, 9, 12, 40, 41, ...)
  1 row refused: the row has the wrong number of fields (line 77)
  2 values refused and left empty: cppl_cp_plan_end_date is not a day of the calendar (lines 5, 1802)
  2 names of the header are no column of the table, ignored: fields 4 and 11
  not in the file: cppl_icpc_id, cppl_referral_id
  new columns, to be granted to the exporter's login (deploy/postgres/roles.sql): cppl_cp_plan_ola
ssd_missing: 1 row read from ssd_missing.csv, 1 taken
  the table is new: grant the exporter's login its columns (deploy/postgres/roles.sql)
In all: 66,310 rows in 3 tables loaded, 8 rows and 2 values refused.
`
	var out strings.Builder
	n, err := report.WriteTo(&out)
	if err != nil || n != int64(out.Len()) {
		t.Errorf("wrote %d of %d: %v", n, out.Len(), err)
	}
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
}

func TestReportOfALoadThatFailed(t *testing.T) {
	report := csvload.Report{Tables: []csvload.Table{{Name: "ssd_person", File: "ssd_person.csv", Read: 120}}}
	want := "ssd_person: 120 rows read from ssd_person.csv, 0 taken\nNothing is loaded: the warehouse is as it was.\n"
	var out strings.Builder
	if _, err := report.WriteTo(&out); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
}
