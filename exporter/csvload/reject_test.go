package csvload_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"childrens-services-exporter/exporter/csvload"
	"childrens-services-exporter/exporter/csvload/schema"
)

// seeded is a warehouse with contents to keep.
func seeded(t *testing.T) *sqlx.DB {
	t.Helper()
	db := newDatabase(t)
	db.MustExecContext(t.Context(), `create table plan (plan_id varchar(8) not null, starts date check (starts > '2000-01-01'));
		insert into plan values ('old', '2026-01-01')`)
	return db
}

func unchanged(t *testing.T, db *sqlx.DB) {
	t.Helper()
	if diff := cmp.Diff([]string{"(old,2026-01-01)"}, contents(t, db, "select plan::text from plan")); diff != "" {
		t.Errorf("plans after a load that failed (-want +got):\n%s", diff)
	}
	if got := contents(t, db, "select relname from pg_class where relname = 'visit'"); len(got) > 0 {
		t.Error("a load that failed left a table behind")
	}
}

func TestLoadRejectsFiles(t *testing.T) {
	const good = "plan_id,starts\np1,2026-04-01\n"
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{
			"no file", map[string]string{".keep": "", "notes/plan.csv": good},
			"no file to load: export at least one table as <table>.csv; nothing is loaded",
		}, {
			"unknown table", map[string]string{"plan.csv": good, "housing.csv": good},
			"housing.csv: no table is called housing: rename the file after its table, or take it away",
		}, {
			"no CSV", map[string]string{"plan.csv": good, "plan.xlsx": good},
			"plan.xlsx: not a CSV file: export it as <table>.csv, or take it away",
		}, {
			"two files", map[string]string{"plan.csv": good, "PLAN.csv": good},
			"PLAN.csv and plan.csv are both for table plan: keep one",
		}, {
			"no header", map[string]string{"plan.csv": ""},
			"plan.csv, line 1: the file is empty: it needs at least a header",
		}, {
			"unknown separator", map[string]string{"plan.csv": "plan_id^starts\np1^2026-04-01\n"},
			"plan.csv, line 1: the header has no column plan_id: add it, or take the file away to leave the table as it is",
		}, {
			"UTF-32", map[string]string{"plan.csv": "\xff\xfe\x00\x00p\x00\x00\x00"},
			"plan.csv, line 1: the file is UTF-32: export it as UTF-8",
		}, {
			"half a character", map[string]string{"plan.csv": "\xff\xfep\x00\n\x00\x00\xd8\n\x00"},
			"plan.csv, line 2: the file is UTF-16 with a character that is cut in two: export it again, as UTF-8",
		}, {
			"two encodings", map[string]string{"plan.csv": good + "Chlo\xc3\xa9,\nChlo\xe9,\n"},
			"plan.csv, line 4: the file has UTF-8 and another encoding in it: export it as UTF-8",
		}, {
			"a byte of no encoding", map[string]string{"plan.csv": good + "Chlo\xe9\x81,\n"},
			"plan.csv, line 3: a byte fits neither UTF-8 nor Windows-1252: export the file as UTF-8",
		}, {
			"two problems", map[string]string{"plan.csv": "", "visit.csv": ""},
			"plan.csv, line 1: the file is empty: it needs at least a header\nvisit.csv, line 1: the file is empty: it needs at least a header",
		}, {
			"missing required column", map[string]string{"plan.csv": good, "visit.csv": "person_id,due\np1,2026-05-01\n"},
			"visit.csv, line 1: the header has no column visit_id: add it, or take the file away to leave the table as it is",
		}, {
			"a row for a header", map[string]string{"plan.csv": "p1,p1\n"},
			"plan.csv, line 1: the header has no column plan_id: add it, or take the file away to leave the table as it is",
		}, {
			"duplicate header", map[string]string{"plan.csv": "plan_id,starts,Starts\np1,,\n"},
			`plan.csv, line 1: fields 2 and 3 of the header are both called "starts": rename or remove one`,
		}, {
			"stray quotation mark", map[string]string{"visit.csv": "visit_id\nv1\n", "plan.csv": "plan_id\np1\np2\nsecret\"\n"},
			"plan.csv, line 4: a quotation mark is out of place: put fields that hold one in quotes and double it; nothing is loaded",
		}, {
			"open quotation mark", map[string]string{"plan.csv": "plan_id\np1\n\"secret\np3\n"},
			"plan.csv, line 3: a quotation mark is out of place: put fields that hold one in quotes and double it; nothing is loaded",
		}, {
			"no row left", map[string]string{"plan.csv": "plan_id,starts\n,2026-04-01\nsecret\n"},
			"plan.csv, line 3: 1 row has the wrong number of fields: expected the fields of the header; put values with a separator or a" +
				" line end in quotes, or leave such rows out with -allow plan\n" +
				"plan.csv, line 2: plan_id is empty; 1 of 1 value refused: expected values that fit character varying(8); fill it in," +
				" or let it pass with -allow plan.plan_id\n" +
				"plan.csv: 0 rows where the table holds 1: expected half at least, or -allow-shrink plan if so many are to go",
		}, {
			"constraint", map[string]string{"plan.csv": "plan_id,starts\nsecret,1999-12-31\n"},
			"could not copy into plan: the constraint plan_starts_check of table plan does not hold for the extract;" +
				" correct the extract or drop the constraint",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := seeded(t)
			_, err := csvload.Load(t.Context(), db, []schema.Table{plans, visits[0]}, extracts(c.files), csvload.Options{})
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(c.want, err.Error()); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			unchanged(t, db)
		})
	}
}

func TestLoadReportsDatabaseErrors(t *testing.T) {
	for _, c := range []struct{ name, setUp, want string }{
		{"view", "create view visit as select 1 as visit_id",
			"visit: the warehouse has no table but a view of this name: load into the tables beneath it"},
		{"type", "create table visit (visit_id uuid)",
			"visit: column visit_id has the type uuid, which is not supported: change it to varchar, or leave the column out"},
		{"foreign key", "create table visit (visit_id varchar(8) primary key); create table report (visit_id varchar(8) references visit)",
			"could not empty the tables: another table refers to it by a foreign key; give a file for that table too, or drop the key"},
		{"right", "create table visit (visit_id varchar(8)); create role reader; grant select on visit to reader; set role reader",
			"could not lock visit: the login may not do this; use the owner of the tables, not the exporter's read-only login"},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := newDatabase(t)
			db.SetMaxOpenConns(1) // so that the role that setUp takes stays
			db.MustExecContext(t.Context(), c.setUp)
			if c.name == "right" {
				t.Cleanup(func() { db.MustExec("reset role; drop owned by reader; drop role reader") })
			}
			_, err := csvload.Load(t.Context(), db, visits, extracts(map[string]string{"visit.csv": "visit_id\nv1\n"}), csvload.Options{})
			if err == nil || err.Error() != c.want {
				t.Errorf("error %v, want %s", err, c.want)
			}
		})
	}
}

func TestLoadFailsOnALockedTable(t *testing.T) {
	db := seeded(t)
	reader := db.MustBegin()
	defer func() { _ = reader.Rollback() }()
	reader.MustExec("select from plan")
	_, err := csvload.Load(t.Context(), db, []schema.Table{plans},
		extracts(map[string]string{"plan.csv": "plan_id\np1\n"}), csvload.Options{LockWait: 50 * time.Millisecond})
	want := "plan: another session has kept the table busy for 50ms: load again when no refresh or report is running; nothing is loaded"
	if err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	unchanged(t, db)
}

func TestLoadKeepsTheCauseOfAnError(t *testing.T) {
	db := seeded(t)
	_, err := csvload.Load(t.Context(), db, []schema.Table{plans},
		extracts(map[string]string{"plan.csv": "plan_id,starts\nsecret,1999-12-31\n"}), csvload.Options{})
	var server *pq.Error
	if !errors.As(err, &server) || server.Code != "23514" {
		t.Errorf("cause %v, want SQLSTATE 23514", err)
	}
}

// endlessFile is a file that never ends and, after many rows, stops the load.
type endlessFile struct {
	fs.File
	stop context.CancelFunc
	read int
}

func (e *endlessFile) Read(p []byte) (int, error) {
	if e.read == 0 {
		e.read += copy(p, "plan_id\n")
		return e.read, nil
	}
	n := copy(p, strings.Repeat("p1\n", len(p)/3))
	if e.read += n; e.read > 8<<20 {
		e.stop()
	}
	return n, nil
}

type endlessDir struct {
	fstest.MapFS
	stop context.CancelFunc
}

func (d endlessDir) Open(name string) (fs.File, error) {
	file, err := d.MapFS.Open(name)
	if err != nil || name == "." {
		return file, err
	}
	return &endlessFile{File: file, stop: d.stop}, nil
}

func TestLoadStopsWithItsContext(t *testing.T) {
	db := seeded(t)
	ctx, stop := context.WithCancel(t.Context())
	dir := endlessDir{fstest.MapFS{"plan.csv": {}}, stop}
	_, err := csvload.Load(ctx, db, []schema.Table{plans}, dir, csvload.Options{})
	if !errors.Is(err, context.Canceled) || !strings.HasPrefix(err.Error(), "the load was stopped and nothing is loaded") {
		t.Errorf("error %v, want one that says it was stopped", err)
	}
	unchanged(t, db)
}

// brokenFile is a file that fails in the middle, as one on a network share does.
type brokenFile struct {
	fs.File
	io.Reader
}

func (b brokenFile) Read(p []byte) (int, error) { return b.Reader.Read(p) }

type brokenDir struct{ fstest.MapFS }

func (d brokenDir) Open(name string) (fs.File, error) {
	file, err := d.MapFS.Open(name)
	if err != nil || name == "." {
		return file, err
	}
	return brokenFile{file, io.MultiReader(strings.NewReader("plan_id\np1\n"), iotest.ErrReader(fs.ErrClosed))}, nil
}

func TestLoadRollsBackWhenAFileFails(t *testing.T) {
	db := seeded(t)
	_, err := csvload.Load(t.Context(), db, []schema.Table{plans}, brokenDir{fstest.MapFS{"plan.csv": {}}}, csvload.Options{})
	if want := "read plan.csv: file already closed; nothing is loaded"; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	unchanged(t, db)
}
