package report_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/internal/testcouncil"
)

// Nothing of a hidden number shows, whichever it is: two councils that differ in
// hidden numbers alone have the same page and the same table, to the letter.
func TestPublicReportIsTheSameWhateverIsHidden(t *testing.T) {
	autumn := func(n string) string {
		return "insert into ssd_cin_episodes (cine_referral_id, cine_person_id, cine_referral_date) select 'autumn ' || n, 'P1', '2025-11-11' from generate_series(1, " + n + ") as n"
	}
	closed := func(n string) string {
		return "update ssd_cp_plans set cppl_cp_plan_end_date = '2026-02-01' where substr(cppl_cp_plan_id, 2)::integer > " + n
	}
	var pages, tables []string
	for _, hidden := range [][]string{{autumn("1"), closed("1")}, {autumn("5"), closed("5")}} {
		d := newSetup(t, hidden...)
		request := d.request(t, "2025-26 Q4", april())
		request.Public = true
		page, table := d.report(t, request)
		pages, tables = append(pages, page), append(tables, table)
	}
	if diff := cmp.Diff(pages[0], pages[1]); diff != "" {
		t.Errorf("the page tells what is hidden:\n%s", diff)
	}
	if diff := cmp.Diff(tables[0], tables[1]); diff != "" {
		t.Errorf("the table tells what is hidden:\n%s", diff)
	}
	inOrder(t, plain(pages[0]), "for the public", "counts of 1 to 5 are hidden", "Children on a child protection plan", "60", "60", "60", "hidden")
	if strings.Contains(pages[0], "date of birth is missing") || strings.Contains(pages[0], "was reported") {
		t.Error("the page has an indicator that is not public")
	}
	if strings.Count(tables[0], ",hidden,") < 4 {
		t.Errorf("the table does not say what is hidden:\n%s", tables[0])
	}
}

// Late records must not show as the difference of two papers on one quarter.
func TestPublicReportStaysAsPublished(t *testing.T) {
	d := newSetup(t)
	d.options.StateDir = t.TempDir()
	request := d.request(t, "2025-26 Q4", april())
	request.Public = true
	write := func() string {
		t.Helper()
		page, table := d.report(t, request)
		return page + table
	}
	before := write()
	testcouncil.Session(t, d.database).MustExec("delete from ssd_cp_plans where substr(cppl_cp_plan_id, 2)::integer > 40")
	if diff := cmp.Diff(before, write()); diff != "" {
		t.Error(diff)
	}
	d.options.StateDir = ""
	if page, _ := d.report(t, request); strings.Contains(before, page) {
		t.Error("the records did not change, so that nothing is shown")
	}
}
