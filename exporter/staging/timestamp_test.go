package staging

import (
	"database/sql"
	"testing"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/internal/temppg/pgtest"
)

// cleanValue is the value of a staging column for a value of a source column, or an
// empty text for no value. The session's zone is not London's, since the
// server's own setting must not matter.
func cleanValue(t *testing.T, db *sqlx.DB, staging *Staging, as, kind, value string) string {
	t.Helper()
	definition := column{As: as, Codes: "test"}
	at := locatedColumn{source: tableColumn{name: `"Source Column"`, dataType: kind}}
	var got sql.NullString
	query := "select clean.col::text from (select " + withoutSentinels(definition, "col", locatedColumn{}) +
		" from (select " + staging.columnSQL(definition, at) + " as col from (select $1::" + kind + ` as "Source Column") as source_table) as source_row) as clean`
	if err := db.Get(&got, query, value); err != nil {
		t.Errorf("%s of %s %q: %v", as, kind, value, err)
	}
	return got.String
}

func openInTokyo(t *testing.T) *sqlx.DB {
	t.Helper()
	db := sqlx.MustOpen("postgres", pgtest.Database(t))
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	db.MustExec("set timezone = 'Asia/Tokyo'")
	return db
}

func TestDatesAreTheCivilDayInLondon(t *testing.T) {
	db := openInTokyo(t)
	local, utc := &Staging{}, &Staging{utc: true}
	for _, test := range []struct {
		staging     *Staging
		kind, value string
		want        string
	}{
		{local, "date", "2026-02-28", "2026-02-28"},
		{local, "timestamp", "2026-06-30 23:30:00", "2026-06-30"},
		{utc, "timestamp", "2026-06-30 23:30:00", "2026-07-01"}, // half past midnight in summer
		{utc, "timestamp", "2026-12-31 23:30:00", "2026-12-31"}, // the same hour in winter
		{utc, "timestamp", "2026-07-01 00:00:00", "2026-07-01"}, // a day without a clock
		{utc, "date", "2026-07-01", "2026-07-01"},               // no zone to move it
		{local, "timestamptz", "2026-06-30 23:30:00+01", "2026-06-30"},
		{local, "timestamptz", "2026-06-30 23:30:00+00", "2026-07-01"},
		{local, "timestamptz", "2026-03-29 00:59:59+00", "2026-03-29"}, // the clocks go forward
		{local, "timestamptz", "2026-10-25 00:30:00+00", "2026-10-25"}, // and back
		{local, "text", "2026-06-30", "2026-06-30"},
		{local, "text", " 30/06/2026 ", "2026-06-30"},
		{local, "text", "01/12/2026", "2026-12-01"}, // day first
		{local, "text", "30/06/2026 23:30", "2026-06-30"},
		{local, "varchar", "2026-06-30 23:30:00.1234567", "2026-06-30"},
		{local, "text", "2026-06-30T23:30:00Z", "2026-07-01"},
		{local, "text", "2026-06-30T23:30:00+01:00", "2026-06-30"},
		{local, "text", "2026-06-30 23:30:00.0000000 +00:00", "2026-07-01"}, // datetimeoffset
		{utc, "text", "2026-06-30 23:30:00", "2026-07-01"},
		{utc, "text", "2026-06-30", "2026-06-30"},
		{local, "bpchar", "2026-06-30", "2026-06-30"},
		{local, "text", "29/02/2028", "2028-02-29"},
		{local, "json", `"2026-06-30"`, ""}, // no type is worth an error
		{local, "int4", "20260630", ""},
	} {
		if got := cleanValue(t, db, test.staging, "date", test.kind, test.value); got != test.want {
			t.Errorf("%s %q (utc %t) is read as %q, want %q", test.kind, test.value, test.staging.utc, got, test.want)
		}
	}
}

func TestDatesThatCannotBeAreNoDates(t *testing.T) {
	db := openInTokyo(t)
	for _, value := range []string{
		"31/02/2026", "2026-02-29", "2026-13-01", "00/01/2026", "2026-00-10", "1/2/2026", "31.03.2026", "Mar 3 2026",
		"2026-03-31 25:00", "2026-03-31 10:60", "2026-03-31T10:00:00+25:00", "2026-03-31T10:00:00+01:99", "2026-03-31 10:00 BST",
		"unknown", "", "'; drop table ssd_person; --", "0000-00-00", "2026-03-31; 2026-04-01",
	} {
		if got := cleanValue(t, db, &Staging{}, "date", "text", value); got != "" {
			t.Errorf("%q is read as %q", value, got)
		}
	}
	for kind, sentinels := range map[string][]string{
		"timestamp": {"1900-01-01", "1900-01-02 00:00", "9999-12-31", "infinity", "-infinity"},
		"date":      {"1900-01-01", "9999-12-31", "2100-01-01", "infinity"},
		"text":      {"1900-01-01", "01/01/1900", "9999-12-31", "31/12/9999", "9999-12-31 23:59:59.9999999"},
	} {
		for _, value := range sentinels {
			for _, as := range []string{"date", "timestamp"} {
				if got := cleanValue(t, db, &Staging{}, as, kind, value); got != "" {
					t.Errorf("the sentinel %s %q is read as the %s %q", kind, value, as, got)
				}
			}
		}
	}
}

func TestTimestampsKeepTheirClock(t *testing.T) {
	db := openInTokyo(t)
	for _, test := range []struct{ kind, value, want string }{
		{"timestamp", "2026-06-30 23:30:00", "2026-06-30 23:30:00"},
		{"timestamptz", "2026-06-30 23:30:00+00", "2026-07-01 00:30:00"},
		{"text", "30/06/2026 23:30", "2026-06-30 23:30:00"},
		{"text", "2026-06-30T23:30:00Z", "2026-07-01 00:30:00"},
		{"date", "2026-06-30", "2026-06-30 00:00:00"},
	} {
		if got := cleanValue(t, db, &Staging{}, "timestamp", test.kind, test.value); got != test.want {
			t.Errorf("%s %q is read as %q, want %q", test.kind, test.value, got, test.want)
		}
	}
}

func TestPlaceholdersFlagsAndNumbers(t *testing.T) {
	db := openInTokyo(t)
	staging := &Staging{teams: map[string]string{"501": "North"}, codes: map[string]codeSet{"test": {"NEG": {"neglect"}}}}
	for _, test := range []struct{ as, kind, value, want string }{
		{"id", "text", "P1 ", "P1"}, {"id", "text", "SSD_PH", ""}, {"id", "text", "0", ""}, {"id", "int4", "-1", ""},
		{"id", "int8", "9007199254740993", "9007199254740993"}, {"id", "uuid", "6c84fb90-12c4-11e1-840d-7b25c5ee775a", "6c84fb90-12c4-11e1-840d-7b25c5ee775a"},
		{"team", "text", "501", "North"}, {"team", "text", "502", "502"}, {"team", "text", "SSD_PH", ""}, {"team", "text", " ", ""},
		{"text", "text", " a ", "a"}, {"text", "bpchar", "a    ", "a"}, {"text", "text", "", ""},
		{"flag", "bpchar", "Y    ", "true"}, {"flag", "text", "No", "false"}, {"flag", "int4", "1", "true"},
		{"flag", "bool", "false", "false"}, {"flag", "text", "maybe", ""}, {"flag", "text", "SSD_PH", ""},
		{"number", "numeric", "12.5", "12.5"}, {"number", "text", "12.5", "12.5"}, {"number", "text", "1e400", ""},
		{"number", "text", "12,5", ""}, {"number", "int4", "-1", ""}, {"number", "numeric", "999.9", ""},
		{"number", "float4", "999.9", ""}, {"number", "float8", "NaN", ""}, {"number", "numeric", "NaN", ""},
		{"number", "float8", "Infinity", ""}, {"number", "text", "999999999999999999999999", ""}, {"number", "int4", "0", "0"},
		{"number", "bool", "true", ""},
		{"code", "text", "NEGLECT", "NEG"}, {"code", "text", " neg ", "NEG"}, {"code", "text", "other", ""},
	} {
		if got := cleanValue(t, db, staging, test.as, test.kind, test.value); got != test.want {
			t.Errorf("%s of %s %q is %q, want %q", test.as, test.kind, test.value, got, test.want)
		}
	}
}
