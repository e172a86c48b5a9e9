package staging

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"childrens-services-exporter/internal/temppg/pgtest"
)

func TestJSONFlagIsReadOutOfBrokenText(t *testing.T) {
	db := sqlx.MustOpen("postgres", pgtest.Database(t))
	defer func() { _ = db.Close() }()
	query := "select coalesce((" + jsonFlag([]string{"NFA_FLAG", "ADVICE_FLAG"}, "$1::text") + ")::text, 'unknown')"
	for text, want := range map[string]string{
		`{"NFA_FLAG": "Y"}`:                           "true",
		`{"NFA_FLAG":"N","ADVICE_FLAG":"N"}`:          "false",
		`{"ADVICE_FLAG": "N", "NFA_FLAG": "yes`:       "true", // cut off
		`{"NFA_FLAG": 1}`:                             "true",
		`{"NFA_FLAG" : False, "ADVICE_FLAG": null}`:   "false",
		`{"NFA_FLAG": "", "ADVICE_FLAG": ""}`:         "unknown",
		`{"NFA_FLAG": "Yesterday"}`:                   "unknown",
		`{"S47_NFA_FLAG": "Y"}`:                       "unknown",
		`{"COMMENTS": "NFA_FLAG: Y"}`:                 "unknown",
		`{"COMMENTS": "a "quoted" word and a \ slash`: "unknown",
		``: "unknown",
	} {
		var got string
		if err := db.Get(&got, query, text); err != nil || got != want {
			t.Errorf("%s is read as %s, want %s (%v)", text, got, want, err)
		}
	}
}

func TestCodesAreReadOutOfListAndDictionary(t *testing.T) {
	staging := &Staging{codes: map[string]codeSet{"factor": {"1A": nil, "2B": {"drugs"}, "20": nil}}}
	db := sqlx.MustOpen("postgres", pgtest.Database(t))
	defer func() { _ = db.Close() }()
	query := "select " + staging.codesInText(column{Codes: "factor"}, "$1::text")
	for text, want := range map[string][]string{
		`["1A", "2B"]`:                              {"1A", "2B"},
		`[ "1a","1A" , null, "Drugs"]`:              {"1A", "2B"},
		`["1A", "2`:                                 {"1A"}, // cut off
		`["9Z", "20"]`:                              {"20", "unknown"},
		`{"1A": "Yes", "2B": "No", "20": "yes"}`:    {"1A", "20"},
		`{"1A": true, "2B": false, "20": 0}`:        {"1A"},
		`{"1A": "by the child, often", "2B": null}`: {"1A"},
		`{"1A": "20", "2B": ""}`:                    {"1A"}, // a value is no code
		`{"1A": "Y", "2B":`:                         {"1A"},
		`[]`:                                        {},
		`1A and 2B`:                                 {},
	} {
		var got []string
		if err := db.QueryRow(query, text).Scan(pq.Array(&got)); err != nil {
			t.Fatal(err)
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

func TestUnreadableJSONFlagsAndUnknownFactorsAreCounted(t *testing.T) {
	db := sqlx.MustOpen("postgres", pgtest.Database(t))
	defer func() { _ = db.Close() }()
	db.MustExec(`create table contacts (outcome text, factors text);
		insert into contacts values ('{"NFA_FLAG": ""}', '["1A"]'), ('No further action', '["1A", "9Z"]'), ('{"NFA_F', '[]'), (' ', null), (null, '{"9Z": "No"}')`)
	shape, err := Introspect(t.Context(), db, "", "")
	if err != nil {
		t.Fatal(err)
	}
	staging := &Staging{codes: map[string]codeSet{"factor": {"1A": nil}}, relations: map[string]*relation{
		"contact": {name: "contact", Table: "contacts", Columns: map[string]column{
			"no_action": {From: []string{"outcome"}, As: "json_flag", Keys: []string{"NFA_FLAG"}},
			"factor":    {From: []string{"factors"}, As: "codes", Codes: "factor"},
		}},
	}}
	stats, err := staging.CountTable(t.Context(), db, shape, "contact", time.Date(2026, time.March, 31, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int64{"contact.no_action unreadable": 2, "contact.factor unmapped": 1}, stats.Checks); diff != "" {
		t.Errorf("checks (-want +got):\n%s", diff)
	}
}
