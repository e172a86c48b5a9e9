package web_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/commentary"
	"childrens-services-exporter/exporter/csvload"
	"childrens-services-exporter/exporter/csvload/schema"
	"childrens-services-exporter/internal/testcouncil"
)

const remarkSheet = `indicator,period,text,author_role,published,action
childrens_cp_plans_open,2020-21 Q1,"<script>alert(""x"")</script> 👩‍👧
` + "\u202e" + `said in the table",Head of care,true,Hire
childrens_cp_visits_on_time_ratio,2020-21 Q1,said in the table too,Head of care,true,
childrens_cp_plans_of_unknown_age,2020-21 Q1,of managers alone,Head of care,true,
childrens_referrals,2020-21 Q1,SECRET DRAFT,Head of care,false,
childrens_referrals,2020-21 Q2,SECRET TOO,Head of care,,
childrens_none,2020-21 Q1,of nothing,Head of care,true,
childrens_referrals,soon,of no period,Head of care,true,
childrens_referrals,2020-21 Q3,of nobody,,true,
childrens_referrals,2020-21 Q4,TOO LONG,Head of care,true,
Mrs Smith,2020-21 Q1,of somebody,Head of care,true,
`

// The tables are heard by the same rules as the folder, and after it.
func TestCommentaryOfTablesIsHarmlessAndOnlyWhatIsPublished(t *testing.T) {
	s := serve(t, testcouncil.Database(t))
	tables, err := schema.Tables("local")
	if err != nil {
		t.Fatal(err)
	}
	sheets := fstest.MapFS{
		"commentary.csv": {Data: []byte(strings.Replace(remarkSheet, "TOO LONG", strings.Repeat("long ", 4000), 1))},
		"events.csv":     {Data: []byte("event,happened_on\nFirst lockdown,2020-03-23\nFirst lockdown,2020-03-24\n")},
	}
	if _, err := csvload.Load(t.Context(), testcouncil.Session(t, s.database), tables, sheets, csvload.Options{}); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	options := testcouncil.DefaultOptions()
	options.Now, options.Log = s.at.read, slog.New(slog.NewTextHandler(&log, nil))
	options.Commentary = commentary.Reader{Calendar: s.source.Calendar, Indicator: s.source.Catalogue.Indicator}
	s.restart(options)
	s.collect(t)
	s.pages.Commentary = s.remarks(t, map[string]string{"visits.md": remark("childrens_cp_visits_on_time_ratio", "2020-21 Q1", "said in the folder")})
	for _, path := range []string{"/metrics", "/metrics/public"} {
		_, text := get(t, s.handler(), path)
		want := []string{`childrens_commentary_info{action="Hire",author_role="Head of care",indicator="childrens_cp_plans_open",period="2020-21 Q1",text="‹script›alert(\"x\")‹/script› 👩‍👧 said in the table"} 1`}
		if diff := cmp.Diff(want, linesWithPrefix(text, `childrens_commentary_info{action="Hire",author_role="Head of care"`)); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
		if !strings.Contains(text, "said in the folder") || strings.Contains(text, "said in the table too") {
			t.Errorf("%s does not hear the folder first", path)
		}
		for _, never := range []string{"SECRET", "of nothing", "of no period", "of nobody", "of somebody", "long long", "<script", "\u202e"} {
			if strings.Contains(text, never) {
				t.Errorf("%s says %q", path, never)
			}
		}
		if managers := path == "/metrics"; strings.Contains(text, "of managers alone") != managers {
			t.Errorf("%s says what is for managers: %t", path, !managers)
		}
		if diff := cmp.Diff([]string{`childrens_event_info{date="2020-03-23",event="First lockdown"} 1`}, linesWithPrefix(text, "childrens_event_info{")); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
	}
	for _, message := range []string{"childrens_none in 2020-21 Q1", "childrens_referrals: the period is no period", "childrens_referrals in 2020-21 Q3: author is missing", "characters; shorten it to 1000", "a row whose indicator is no name", "another day has the words"} {
		if strings.Count(log.String(), message) != 1 {
			t.Errorf("the log does not say once %q:\n%s", message, log.String())
		}
	}
	for _, never := range []string{"SECRET", "Smith", "alert("} {
		if strings.Contains(log.String(), never) {
			t.Errorf("the log says %q", never)
		}
	}
}
