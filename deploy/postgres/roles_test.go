package postgres_test

import (
	"crypto/rand"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/lib/pq"

	"childrens-services-exporter/exporter/csvload/schema"
	"childrens-services-exporter/internal/fixtures"
	"childrens-services-exporter/internal/temppg/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func open(t *testing.T, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// create makes the tables of every group in one database, as a council with a single warehouse has them.
func create(t *testing.T, db *sql.DB) {
	t.Helper()
	if err := fixtures.Create(db, "social_care", "education", "local"); err != nil {
		t.Fatal(err)
	}
}

// grant runs roles.sql as its head says, with more settings if wanted, and returns the login it made.
func grant(t *testing.T, address string, settings ...string) string {
	t.Helper()
	// Roles are the server's, not the database's, and other tests are at work on it.
	login := "Exporter-" + rand.Text()[:8]
	arguments := []string{"-X", "-q", "-d", address, "-v", "login=" + login}
	for _, setting := range settings {
		arguments = append(arguments, "-v", setting)
	}
	t.Cleanup(func() {
		quoted := pq.QuoteIdentifier(login)
		if _, err := open(t, address).Exec("drop owned by " + quoted + "; drop role " + quoted); err != nil {
			t.Error(err)
		}
	})
	// Twice, because a council runs it again after each load that made a column.
	for range 2 {
		out, err := exec.CommandContext(t.Context(), "psql", append(arguments, "-f", "roles.sql")...).CombinedOutput()
		if err != nil || len(out) > 0 {
			t.Fatalf("psql: %v: %s", err, out)
		}
	}
	return login
}

// grantedColumns lists the columns that a login may read, as table.column.
func grantedColumns(t *testing.T, db *sql.DB, login string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), `
		-- A row is a column that the login may read.
		select class.relname || '.' || attribute.attname
		from pg_class class
		join pg_attribute attribute on attribute.attrelid = class.oid and attribute.attnum > 0
		where class.relnamespace = 'public'::regnamespace
		  and has_column_privilege($1, class.oid, attribute.attnum, 'select')
		order by 1`, login)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var columns []string
	for rows.Next() {
		var column string
		if err := rows.Scan(&column); err != nil {
			t.Fatal(err)
		}
		columns = append(columns, column)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return columns
}

func TestLoginCannotReadWhatNamesAChild(t *testing.T) {
	address := pgtest.Database(t)
	db := open(t, address)
	create(t, db)
	columns := grantedColumns(t, db, grant(t, address))
	if len(columns) < 300 {
		t.Errorf("%d columns granted, too few for the indicators", len(columns))
	}
	private := regexp.MustCompile(`name$|address|postcode$|_json$|upn|uln$|identifier|offence|single_unique|legacy|registration_no|advisor|` +
		`court|worker_id$|ssd_person_id|person_ref|provider$`)
	// Names of schools and teams, public postcodes, codes of factors, workers counted by number, kinds of provider.
	harmless := []string{
		"school.establishment_name", "ssd_department.dept_team_name", "ssd_department.dept_team_parent_name", "calendar.name",
		"postcode_lookup.postcode", "ssd_assessment_factors.cinf_assessment_factors_json", "supervision_session.worker_id",
		"ssd_cla_placement.clap_cla_placement_provider",
	}
	for _, column := range columns {
		_, name, _ := strings.Cut(column, ".")
		if private.MatchString(name) && !slices.Contains(harmless, column) {
			t.Errorf("%s is granted", column)
		}
	}
}

func TestOptionalColumnsAreGrantedOnRequest(t *testing.T) {
	address := pgtest.Database(t)
	db := open(t, address)
	create(t, db)
	without := grantedColumns(t, db, grant(t, address))
	for choice, column := range map[string]string{
		"placement_postcode=yes": "ssd_cla_placement.clap_cla_placement_postcode",
		"contact_outcome=yes":    "ssd_contacts.cont_contact_outcome_json",
	} {
		with := grantedColumns(t, db, grant(t, address, choice))
		more := slices.DeleteFunc(with, func(column string) bool { return slices.Contains(without, column) })
		if diff := cmp.Diff([]string{column}, more); diff != "" {
			t.Errorf("%s grants (-want +got):\n%s", choice, diff)
		}
	}
}

func TestLoginReadsAndNeverWrites(t *testing.T) {
	address := pgtest.Database(t)
	owner := open(t, address)
	// Another build, in a schema of its own, with names in capitals and columns missing.
	if _, err := owner.Exec(`create schema ssd; create table ssd."SSD_CP_PLANS" ("CPPL_CP_PLAN_ID" int, "CPPL_REMARK" text)`); err != nil {
		t.Fatal(err)
	}
	login := grant(t, address, "schema=ssd")
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	parsed.User = url.User(login)
	db := open(t, parsed.String())
	for statement, want := range map[string]string{
		`select "CPPL_CP_PLAN_ID" from ssd."SSD_CP_PLANS"`:                            "",
		`select "CPPL_REMARK" from ssd."SSD_CP_PLANS"`:                                "42501",
		`select * from ssd."SSD_CP_PLANS"`:                                            "42501",
		`delete from ssd."SSD_CP_PLANS"`:                                              "25006",
		`set transaction read write; delete from ssd."SSD_CP_PLANS"`:                  "42501",
		`set transaction read write; insert into ssd."SSD_CP_PLANS" values (1, 'x')`:  "42501",
		`set transaction read write; create table ssd.note (text text)`:               "42501",
		`set transaction read write; alter role "` + login + `" createdb`:             "42501",
		`set transaction read write; truncate ssd."SSD_CP_PLANS"`:                     "42501",
		`set transaction read write; lock table ssd."SSD_CP_PLANS" in exclusive mode`: "42501",
	} {
		_, err := db.ExecContext(t.Context(), statement)
		code := ""
		if server, ok := errors.AsType[*pq.Error](err); ok {
			code = string(server.Code)
		} else if err != nil {
			t.Errorf("%s: %v", statement, err)
		}
		if code != want {
			t.Errorf("%s: SQLSTATE %q, want %q", statement, code, want)
		}
	}
}

// A column that the exporter learns to read and nobody grants would switch its indicators off at every council.
func TestStagingReadsOnlyGrantedColumns(t *testing.T) {
	address := pgtest.Database(t)
	db := open(t, address)
	create(t, db)
	columns := grantedColumns(t, db, grant(t, address, "placement_postcode=yes", "contact_outcome=yes"))
	var known []string
	for _, group := range []string{"social_care", "education", "local"} {
		tables, err := schema.Tables(group)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			for _, column := range table.Columns {
				known = append(known, table.Name+"."+column.Name)
			}
		}
	}
	read := stagedColumns(t)
	if len(read) == 0 {
		t.Fatal("staging reads no column")
	}
	for _, column := range read {
		if slices.Contains(known, column) && !slices.Contains(columns, column) {
			t.Errorf("staging reads %s, which roles.sql does not grant", column)
		}
	}
}

// stagedColumns lists the columns that the exporter's staging relations are mapped from, as table.column.
func stagedColumns(t *testing.T) []string {
	t.Helper()
	tableLine := regexp.MustCompile(`^  table: (\w+)`)
	fromLine := regexp.MustCompile(`\bfrom: \[([^\]]+)\]`)
	var columns []string
	files := os.DirFS("../../exporter/staging/relations")
	err := fs.WalkDir(files, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".yaml") {
			return err
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		table := ""
		for line := range strings.Lines(string(text)) {
			if match := tableLine.FindStringSubmatch(line); match != nil {
				table = match[1]
			}
			if match := fromLine.FindStringSubmatch(line); match != nil {
				for column := range strings.SplitSeq(match[1], ",") {
					columns = append(columns, table+"."+strings.TrimSpace(column))
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return columns
}
