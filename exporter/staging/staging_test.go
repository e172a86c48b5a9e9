package staging

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/csvload/schema"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/internal/temppg/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func TestCodesAreFoundByWordAndByPattern(t *testing.T) {
	staging := &Staging{codes: map[string]codeSet{"title": {
		"excluded": {"*manager*", "duty_team"},
		"holds":    {"*worker*", "relief manager"},
	}}}
	db := sqlx.MustOpen("postgres", pgtest.Database(t))
	defer func() { _ = db.Close() }()
	for word, want := range map[string]string{
		"holds": "holds", "Social Worker": "holds", "SOCIAL WORK MANAGER": "excluded",
		"Worker's manager": "excluded", // the first code, where two patterns fit
		"Relief Manager":   "holds",    // an exact word goes before any pattern
		"Duty_Team":        "excluded", "duty-team": "", "Head of service": "", "": "",
	} {
		var got string
		query := "select coalesce(" + staging.codeSQL(column{Codes: "title"}, "$1::text") + ", '')"
		if err := db.Get(&got, query, word); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%q is read as %q, want %q", word, got, want)
		}
	}
}

func TestTableThatIsOptionalMayBeMissing(t *testing.T) {
	db := sqlx.MustOpen("postgres", pgtest.Database(t))
	defer func() { _ = db.Close() }()
	db.MustExec("create table pupil (pupil_id text)")
	shape, err := Introspect(t.Context(), db, "", "")
	if err != nil {
		t.Fatal(err)
	}
	id := column{From: []string{"pupil_id"}, As: "id"}
	staging := &Staging{relations: map[string]*relation{
		"pupil":   {name: "pupil", Table: "pupil", Columns: map[string]column{"pupil_id": id}, MayBeEmpty: true},
		"support": {name: "support", Table: "pupil_social_care", Optional: true, Columns: map[string]column{"pupil_id": id}},
	}}
	cohort := &definition.Cohort{SQL: "select pupil_id from pupil left join support using (pupil_id)"}
	plan := staging.prepare(&definition.Catalogue{}, cohort, shape)
	if plan.Missing != "" {
		t.Fatal(plan.Missing)
	}
	if diff := cmp.Diff([]string{"pupil"}, plan.Relations); diff != "" {
		t.Errorf("relations read (-want +got):\n%s", diff)
	}
	var rows int
	if err := db.Get(&rows, "with "+plan.RelationSQL+" select count(*) from support"); err != nil || rows != 0 {
		t.Errorf("the missing table has %d rows, %v", rows, err)
	}
	staging.relations["support"].Optional = false
	if plan := staging.prepare(&definition.Catalogue{}, cohort, shape); plan.Missing != "table pupil_social_care is missing" {
		t.Errorf("a table that is needed: %q", plan.Missing)
	}
}

func TestVisitNamesItsChildOrItsPlan(t *testing.T) {
	visit := &relation{name: "cp_visit", Table: "ssd_cp_visits", OneOf: [][]string{{"person", "plan"}}, Columns: map[string]column{
		"person": {From: []string{"cppv_person_id"}, As: "id", Optional: true},
		"plan":   {From: []string{"cppv_cp_plan_id"}, As: "id", Optional: true},
		"day":    {From: []string{"cppv_cp_visit_date"}, As: "date"},
	}}
	has := func(columns ...string) *Schema {
		tableColumns := map[string]tableColumn{"cppv_cp_visit_date": {"cppv_cp_visit_date", "date"}}
		for _, column := range columns {
			tableColumns[column] = tableColumn{column, "text"}
		}
		return &Schema{tables: map[string]*Table{"ssd_cp_visits": {Name: "ssd_cp_visits", columns: tableColumns}}}
	}
	wanted := []string{"day", "person", "plan"}
	for _, build := range []string{"cppv_person_id", "cppv_cp_plan_id"} {
		if missing := visit.locate(has(build), wanted).noRows; missing != "" {
			t.Errorf("with %s alone: %s", build, missing)
		}
	}
	if missing := visit.locate(has(), wanted).noRows; missing == "" {
		t.Error("a visit of neither a child nor a plan is accepted")
	}
	if missing := visit.locate(has(), []string{"day"}).noRows; missing != "" {
		t.Errorf("columns that are not wanted: %s", missing)
	}
}

func TestDateBeforeTheOneItFollowsIsCounted(t *testing.T) {
	db := sqlx.MustOpen("postgres", pgtest.Database(t))
	defer func() { _ = db.Close() }()
	db.MustExec(`create table assessments (begun date, authorised date);
		insert into assessments values ('2026-03-02', '2026-03-01'), ('2026-03-02', '2026-03-02'), ('2026-03-02', '1900-01-01'), (null, '2026-03-01')`)
	shape, err := Introspect(t.Context(), db, "", "")
	if err != nil {
		t.Fatal(err)
	}
	staging := &Staging{relations: map[string]*relation{"assessment": {name: "assessment", Table: "assessments", Columns: map[string]column{
		"begun":      {From: []string{"begun"}, As: "date"},
		"authorised": {From: []string{"authorised"}, As: "date", NotBefore: "begun"},
	}}}}
	stats, err := staging.CountTable(t.Context(), db, shape, "assessment", time.Date(2026, time.March, 31, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int64{"assessment.authorised before begun": 1}, stats.Checks); diff != "" {
		t.Errorf("checks (-want +got):\n%s", diff)
	}
}

func TestDistanceNeedsNoPostcode(t *testing.T) {
	db := sqlx.MustOpen("postgres", pgtest.Database(t))
	defer func() { _ = db.Close() }()
	for _, group := range []string{"social_care", "local"} {
		ddl, err := schema.DDL(group)
		if err != nil {
			t.Fatal(err)
		}
		db.MustExec(ddl)
	}
	db.MustExec("drop table postcode_lookup; alter table ssd_cla_placement drop column clap_cla_placement_postcode")
	shape, err := Introspect(t.Context(), db, "", "")
	if err != nil {
		t.Fatal(err)
	}
	definitions, err := definition.Load(config.Settings{}, definition.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	staging, err := New("social_care", config.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	ready := map[string]bool{}
	for _, plan := range staging.Prepare(definitions, shape) {
		ready[plan.Cohort.Name] = plan.Missing == ""
	}
	for cohort, want := range map[string]bool{
		"looked_after/distance": true, "looked_after/area": false, "missing/from_placement": false, "missing/episodes": true,
	} {
		if ready[cohort] != want {
			t.Errorf("%s without postcodes: ready is %t, want %t", cohort, ready[cohort], want)
		}
	}
}
