package report_test

import (
	"encoding/csv"
	"errors"
	"html"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/report"
	"childrens-services-exporter/exporter/revision"
	"childrens-services-exporter/internal/testcouncil"
)

// inOrder fails where the texts are not in the page in that order.
func inOrder(t *testing.T, page string, texts ...string) {
	t.Helper()
	rest := page
	for _, text := range texts {
		_, after, present := strings.Cut(rest, text)
		if !present {
			t.Fatalf("%q does not stand where it should", text)
		}
		rest = after
	}
}

// plain is a page without its tags, as it is read.
func plain(page string) string {
	_, body, _ := strings.Cut(page, "<body>")
	return strings.Join(strings.Fields(html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, " "))), " ")
}

// In March the visits of half the children are missing: 30 of 60 seen in time.
const lateVisits = "delete from ssd_cp_visits where substr(cppv_person_id, 2)::integer > 30"

func TestReportHasRedFirstThenEveryChapterInOrder(t *testing.T) {
	d := newSetup(t, lateVisits)
	d.writeCommentary(t, map[string]string{"visits.md": "---\nindicator: childrens_cp_visits_on_time_ratio\nperiod: 2025-26 Q4\nauthor: Head of safeguarding\naction: Two posts filled\npublished: true\n---\nVacancies left visits late.\n"})
	page, _ := d.report(t, d.request(t, "2025-26 Q4", april()))
	text := plain(page)
	inOrder(t, text, "Children's services: 2025-26 Q4", "Rutshire · January to March 2026", "Written on 20 April 2026",
		"At a glance", "Off target first", "Child protection visits on time", "50%", "95% or more", "Off target", "Head of safeguarding: Vacancies left visits late. Action: Two posts filled.",
		"What changed since the last report, and why",
		"3. Front door and assessments", "2025-26 Q1", "2025-26 Q2", "2025-26 Q3", "2025-26 Q4", "Referrals", "90", "Neighbours",
		"4. Child protection and children in need", "Children on a child protection plan", "60", "No target",
		"Child protection visits on time", "50%", "30 of 60", "Head of safeguarding", "Children on a plan whose latest visit lies within the limit.",
		"How to read this report")
	for _, forbidden := range []string{"<script", "http://", "https://", "url(", "@import", " on", "javascript:"} {
		if attribute := regexp.MustCompile(`<[^>]*` + regexp.QuoteMeta(forbidden) + `[a-z]*=`).FindString(page); attribute != "" || forbidden != " on" && strings.Contains(page, forbidden) {
			t.Errorf("the page holds %q %s", forbidden, attribute)
		}
	}
}

func TestTableHasEveryNumberOfThePage(t *testing.T) {
	d := newSetup(t, lateVisits)
	_, table := d.report(t, d.request(t, "2025-26 Q4", april()))
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(table, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var of [][]string
	for _, row := range rows {
		if row[1] == "childrens_cp_visits_on_time_ratio" {
			of = append(of, row[5:15])
		}
	}
	// The made-up council's visits are of whichever day, so that each quarter is the same.
	want := [][]string{
		{"2025-26 Q1", "2025-04-01", "2025-06-30", "false", "0.5", "30", "60", "", "", ""},
		{"2025-26 Q2", "2025-07-01", "2025-09-30", "false", "0.5", "30", "60", "", "", ""},
		{"2025-26 Q3", "2025-10-01", "2025-12-31", "false", "0.5", "30", "60", "", "", ""},
		{"2025-26 Q4", "2026-01-01", "2026-03-31", "false", "0.5", "30", "60", "", "0.95", "Off target"},
	}
	if diff := cmp.Diff(want, of); diff != "" {
		t.Error(diff)
	}
}

func TestOpenQuarterIsMarkedToDateAndRecordsNothing(t *testing.T) {
	d := newSetup(t)
	request := d.request(t, "2026-27 Q1", april())
	d.options.StateDir = t.TempDir()
	page, table := d.report(t, request)
	recorded := d.firstReported(request)
	inOrder(t, plain(page), "Children's services: 2026-27 Q1 to date", "1 April to 20 April 2026", "2026-27 Q1 is not over. Its numbers are to date, 20 April 2026, and will change",
		"2026-27 Q1 to date", "Referrals", "90", "1")
	if !strings.Contains(table, ",2026-27 Q1,2026-04-01,2026-04-20,true,1,") {
		t.Errorf("the table does not mark it:\n%s", table)
	}
	if _, known := recorded.Find("childrens_referrals", 1, "quarter", "2026-27 Q1"); known {
		t.Error("a quarter that is not over counts as reported")
	}
	if _, known := recorded.Find("childrens_referrals", 1, "quarter", "2025-26 Q4"); !known {
		t.Error("the closed quarter that the report shows first is not kept")
	}
}

func TestFirstReportedValuesStay(t *testing.T) {
	d := newSetup(t)
	d.options.StateDir = t.TempDir()
	request := d.request(t, "2025-26 Q4", april())
	if page, _ := d.report(t, request); !strings.Contains(page, "None of the numbers shown here that were reported before reads differently now.") {
		t.Error("the first report tells of a revision")
	}
	testcouncil.Session(t, d.database).MustExec("insert into ssd_cin_episodes (cine_referral_id, cine_person_id, cine_referral_date) select 'late ' || n, 'P1', '2026-03-30' from generate_series(1, 31) as n")
	next := d.request(t, "2026-27 Q1", calendar.Date(2026, time.July, 6))
	page, _ := d.report(t, next)
	recorded := d.firstReported(next)
	inOrder(t, plain(page), "Numbers reported before that are revised", "Referrals: 2025-26 Q4 was 90, now 121: 31 more recorded after 20 April 2026.", "Definitions that count something else", "No definition was changed since 1 April 2026")
	first, recordedBefore := recorded.Find("childrens_referrals", 1, "quarter", "2025-26 Q4")
	if !recordedBefore || first.By != revision.ByReport || first.Value != 90 {
		t.Errorf("kept %+v", first)
	}
	if !strings.Contains(plain(page), "before the period ended. Its numbers are not complete.") {
		t.Error("data that end in April are not said to be short of June")
	}
	if _, recordedBefore := recorded.Find("childrens_referrals", 1, "quarter", "2026-27 Q1"); recordedBefore {
		t.Error("a quarter of which the data lack the end counts as reported")
	}
}

func TestPeriodBeforeTheDataIsRefused(t *testing.T) {
	d := newSetup(t)
	request := d.request(t, "2010-11 Q1", april())
	if _, err := d.builder.Build(request, []*evaluate.Snapshot{d.evaluate(t, request)}); !errors.Is(err, report.ErrNoData) {
		t.Errorf("got %v", err)
	}
}

func TestReportIsRatedByTheCouncilsTableOfTargets(t *testing.T) {
	d := newSetup(t, "create table target (indicator text, valid_from date, target double precision, tolerance double precision)",
		"insert into target values ('childrens_cp_visits_on_time_ratio', '2025-04-01', 0.4, 0.1), ('childrens_none', '2025-04-01', 1, 1)", lateVisits)
	d.options.RAG.Targets, _ = rag.ReadTargets(d.builder.Settings, d.source.Catalogue)
	request := d.request(t, "2025-26 Q4", april())
	snapshot := d.evaluate(t, request)
	if rejected := snapshot.Issues; len(rejected) != 1 || !strings.Contains(rejected[0].Message, "childrens_none") {
		t.Errorf("left out: %v", rejected)
	}
	page, _ := d.render(t, request, snapshot)
	inOrder(t, plain(page), "Off target first", "Child protection visits on time", "30 of 60", "40% or more", "On target")
}

// What officers write may hold anything; a page shows its letters and does nothing.
func TestHostileCommentaryIsHarmlessAndReadable(t *testing.T) {
	d := newSetup(t)
	hostile := "<script>alert(\"x\")</script>\n=HYPERLINK(\"http://x\") 'single' & 👩\u200d👧 \u202eright to left\u202c\n</td></tr></table>end"
	d.writeCommentary(t, map[string]string{"visits.md": "---\nindicator: childrens_cp_visits_on_time_ratio\nperiod: 2025-26 Q4\nauthor: '=Head'\naction: '\"><img src=x onerror=alert(1)>'\npublished: true\n---\n" + hostile + "\n"})
	request := d.request(t, "2025-26 Q4", april())
	page, table := d.report(t, request)
	for _, forbidden := range []string{"<script", "<img", "\u202e"} {
		if strings.Contains(page, forbidden) || strings.Contains(table, forbidden) {
			t.Errorf("%q is let through", forbidden)
		}
	}
	if !strings.Contains(page, "‹script›alert(&#34;x&#34;)‹/script› =HYPERLINK(") || !strings.Contains(page, "👩\u200d👧 right to left ‹/td›‹/tr›‹/table›end") {
		t.Error("the text cannot be read")
	}
	if strings.Count(page, "<table") != strings.Count(page, "</table>") || strings.Count(page, "<td") != strings.Count(page, "</td>") {
		t.Error("the text breaks the page")
	}
	if !strings.Contains(table, "'=Head") {
		t.Error("a spreadsheet would run the author's name")
	}
}
