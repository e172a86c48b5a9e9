package postgres_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/internal/temppg/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func TestBadAddressIsNamedAndNeverRepeated(t *testing.T) {
	for name, address := range map[string]string{
		"empty":              "  ",
		"key and value":      "host=db password=s3cret-word dbname=ssd",
		"no scheme":          "reader:s3cret-word@db/ssd",
		"another database":   "mysql://reader:s3cret-word@db/ssd",
		"a space in it":      "postgres://reader:s3cret-word@d b/ssd?sslmode=disable",
		"a bare percent":     "postgres://reader:s3cret-word%@db/ssd?sslmode=disable",
		"a bad port":         "postgres://reader:s3cret-word@db:54x2/ssd?sslmode=disable",
		"no sslmode":         "postgres://reader:s3cret-word@db/ssd",
		"an unknown sslmode": "postgres://reader:s3cret-word@db/ssd?sslmode=s3cret-word",
		"a bad option":       "postgres://reader:s3cret-word@db/ssd?sslmode=disable&connect_timeout=s3cret-word",
		"a bad certificate":  "postgres://reader:s3cret-word@db/ssd?sslmode=verify-full&sslrootcert=/s3cret-word.pem",
	} {
		db, err := postgres.Open("CSE_SOCIAL_CARE_DATABASE_URL", address, postgres.DefaultTimeouts())
		if err == nil {
			// Some faults show only when a connection is made.
			err = errors.New("CSE_SOCIAL_CARE_DATABASE_URL: " + postgres.Describe(db.PingContext(t.Context())))
			_ = db.Close()
		}
		if !strings.HasPrefix(err.Error(), "CSE_SOCIAL_CARE_DATABASE_URL: ") || strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSessionIsReadOnlyInLondonAndEveryWaitHasAnEnd(t *testing.T) {
	db, err := postgres.Open("TEST_URL", pgtest.Database(t), postgres.DefaultTimeouts())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	want := map[string]string{
		"default_transaction_read_only": "on", "timezone": "Europe/London", "datestyle": "ISO, DMY", "lock_timeout": "500ms",
		"statement_timeout": "10min", "idle_in_transaction_session_timeout": "5s", "row_security": "off", "standard_conforming_strings": "on",
		"application_name": "childrens-services-exporter",
	}
	got := map[string]string{}
	for name := range want {
		var value string
		if err := db.Get(&value, "select current_setting($1)", name); err != nil {
			t.Fatal(err)
		}
		got[name] = value
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err := db.Exec("create table written (n integer)"); err == nil {
		t.Error("the session may write")
	}
}

func TestDescribeQuotesNoRow(t *testing.T) {
	db, err := postgres.Open("TEST_URL", pgtest.Database(t), postgres.DefaultTimeouts())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for query, want := range map[string]string{
		"select 'Jane Example'::text::integer":                       "PostgreSQL error 22P02 (invalid_text_representation)",
		"select ('2026-02-' || 'Jane')::date":                        "PostgreSQL error 22007 (invalid_datetime_format)",
		"do $$ begin raise exception 'Jane Example is here'; end $$": "PostgreSQL error P0001 (raise_exception)",
		"select 1 / 0":       "PostgreSQL error 22012 (division_by_zero)",
		"select * from jane": `a table or column is missing: relation "jane" does not exist`,
	} {
		_, err := db.Exec(query)
		if got := postgres.Describe(err); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	if got := postgres.Describe(errors.New(`sql: Scan error on column "Jane Example"`)); strings.Contains(got, "Jane") {
		t.Error(got)
	}
}

func TestJoinsByEqualColumnsAreNotTriedRowByRow(t *testing.T) {
	db, err := postgres.Open("TEST_URL", pgtest.Database(t), postgres.DefaultTimeouts())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var setting string
	if err := db.Get(&setting, "show enable_nestloop"); err != nil || setting != "off" {
		t.Errorf("enable_nestloop is %q, %v", setting, err)
	}
}
