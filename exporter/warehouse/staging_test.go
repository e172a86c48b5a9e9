package warehouse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/internal/throwaway/pgtest"
)

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
		query := "select coalesce(" + staging.coded(column{Codes: "title"}, "$1::text") + ", '')"
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
		"pupil": {name: "pupil", Table: "pupil", Columns: map[string]column{"pupil_id": id}, MayBeEmpty: true},
		"known": {name: "known", Table: "pupil_social_care", Optional: true, Columns: map[string]column{"pupil_id": id}},
	}}
	cohort := &catalogue.Cohort{SQL: "select pupil_id from pupil left join known using (pupil_id)"}
	plan := staging.prepare(&catalogue.Catalogue{}, cohort, shape)
	if plan.Missing != "" {
		t.Fatal(plan.Missing)
	}
	if diff := cmp.Diff([]string{"pupil"}, plan.Relations); diff != "" {
		t.Errorf("relations read (-want +got):\n%s", diff)
	}
	var rows int
	if err := db.Get(&rows, "with "+plan.relations+" select count(*) from known"); err != nil || rows != 0 {
		t.Errorf("the missing table has %d rows, %v", rows, err)
	}
	staging.relations["known"].Optional = false
	if plan := staging.prepare(&catalogue.Catalogue{}, cohort, shape); plan.Missing != "table pupil_social_care is missing" {
		t.Errorf("a table that is needed: %q", plan.Missing)
	}
}
