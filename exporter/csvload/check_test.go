package csvload

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/internal/temppg/pgtest"
)

func london(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestTimestamp(t *testing.T) {
	for _, c := range []struct{ value, want, reason string }{
		{"2026-05-01", "2026-05-01 00:00:00", ""},
		{" 2026-05-01 ", "2026-05-01 00:00:00", ""},
		{"01/05/2026", "2026-05-01 00:00:00", ""},
		{"01/05/2026 9:05", "2026-05-01 09:05:00", ""},
		{"01/05/2026 09:05", "2026-05-01 09:05:00", ""},
		{"01/05/2026 09:05:59", "2026-05-01 09:05:59", ""},
		{"2026-05-01 09:05:59.123", "2026-05-01 09:05:59.123", ""},
		{"2026-05-01 23:59:59.9999999", "2026-05-01 23:59:59.999999", ""},
		{"2026-05-01T09:05:59", "2026-05-01 09:05:59", ""},
		{"2026-05-01T23:05:59Z", "2026-05-02 00:05:59", ""},
		{"2026-05-01T00:05:59+01:00", "2026-05-01 00:05:59", ""},
		{"2026-05-01 00:05:59 +0530", "2026-04-30 19:35:59", ""},
		{"2026-12-01T20:00:00-05", "2026-12-02 01:00:00", ""},
		{"0001-01-01", "0001-01-01 00:00:00", ""},
		{"9999-12-31 00:00:00", "9999-12-31 00:00:00", ""},
		{"2024-02-29", "2024-02-29 00:00:00", ""},
		{"2000-02-29", "2000-02-29 00:00:00", ""},
		{"1900-02-29", "", notADay},
		{"2025-02-29", "", notADay},
		{"31/04/2026", "", notADay},
		{"02/13/2026", "", notADay},
		{"00/01/2026", "", notADay},
		{"2026-00-01", "", notADay},
		{"0000-01-01", "", notADay},
		{"2026-5-1", "2026-05-01 00:00:00", ""},
		{"1/5/2026", "2026-05-01 00:00:00", ""},
		{"01-05-2026", "2026-05-01 00:00:00", ""},
		{"01.05.2026", "2026-05-01 00:00:00", ""},
		{"1 May 2026", "2026-05-01 00:00:00", ""},
		{"20260501", "2026-05-01 00:00:00", ""},
		{"2026-05-01x", "", notADate},
		{"2026-05-01 ", "2026-05-01 00:00:00", ""},
		{"2026-05-01 24:00:00", "", notATime},
		{"2026-05-01 23:60", "", notATime},
		{"2026-05-01 23:59:60", "", notATime},
		{"2026-05-01 09:05 pm", "2026-05-01 21:05:00", ""},
		{"2026-05-01 09:05:5", "", notATime},
		{"2026-05-01 09:05:05.", "", notATime},
		{"2026-05-01 09:05:05.1234567890", "", notATime},
		{"2026-05-01 09:05:05+1", "", notATime},
		{"2026-05-01 09:05:05+01:60", "", notATime},
		{"2026-05-01 09:05:05ZZ", "", notATime},
		{"infinity  ", "", notADate},
		{"Apr  1 2026 12:00AM", "2026-04-01 00:00:00", ""},
		{"Apr 11 2026 12:30:05:500PM", "2026-04-11 12:30:05.5", ""},
		{"April 1, 2026", "2026-04-01 00:00:00", ""},
		{"01-APR-26", "2026-04-01 00:00:00", ""},
		{"01-APR-26 01.02.03.000000 PM", "2026-04-01 13:02:03", ""},
		{"01-SEP-37", "1937-09-01 00:00:00", ""},
		{"31-DEC-99", "", twoDigitYear},
		{"01-JAN-00", "", twoDigitYear},
		{"01 Apr 2026", "2026-04-01 00:00:00", ""},
		{"01-Apr-2026 09:05", "2026-04-01 09:05:00", ""},
		{"01-Foo-2026", "", notADate},
		{"01-Apr/2026", "", notADate},
		{"1/4/2026 00:00", "2026-04-01 00:00:00", ""},
		{"01/04/2026 12:00:00 AM", "2026-04-01 00:00:00", ""},
		{"01/04/2026 13:00:00 AM", "", notATime},
		{"01/04/26", "", twoDigitYear},
		{"26/04/01", "", twoDigitYear},
		{"2026/04/01 09:05:00", "2026-04-01 09:05:00", ""},
		{"20260401T090500", "", notATime},
		{"20260401 09:05", "2026-04-01 09:05:00", ""},
		{"01042026", "", notADay},
		{"1042026", "", notADate},
		{"46113", "2026-04-01 00:00:00", ""},
		{"46113.5", "2026-04-01 12:00:00", ""},
		{"46113.0", "2026-04-01 00:00:00", ""},
		{"2958465", "9999-12-31 00:00:00", ""},
		{"1", "1900-01-01 00:00:00", ""},
		{"4611", "", notADate},
		{"1775001600000", "", notADate},
		{"0026-04-01", "", otherAge},
		{"0202-05-01", "", otherAge},
		{"2206-05-01", "", otherAge},
		{"2999-12-31", "2999-12-31 00:00:00", ""},
		{"1753-01-01", "1753-01-01 00:00:00", ""},
		{"1899-12-30", "1899-12-30 00:00:00", ""},
	} {
		if got, reason := checkTimestamp(dateAndTime, dateReading{order: DayFirst})(c.value, london(t)); got != c.want || reason != c.reason {
			t.Errorf("timestamp(%q) = %q, %q; want %q, %q", c.value, got, reason, c.want, c.reason)
		}
	}
}

func TestCheckForTypes(t *testing.T) {
	for _, typ := range []string{
		"varchar(48)", "character varying(48)", "character varying", "char(1)", "character(5)", "text", "smallint", "integer",
		"bigint", "double precision", "real", "numeric", "numeric(5,2)", "boolean", "date", "timestamp",
		"timestamp without time zone", "timestamp(3) without time zone", "timestamp with time zone",
	} {
		if _, ok := checkFor(typ, dateReading{order: DayFirst}); !ok {
			t.Errorf("no check for %s", typ)
		}
	}
	for _, typ := range []string{"uuid", "jsonb", "text[]", "time without time zone", "interval", "money", "bytea", ""} {
		if _, ok := checkFor(typ, dateReading{order: DayFirst}); ok {
			t.Errorf("a check for %q, of which nothing is known", typ)
		}
	}
}

// PostgreSQL has the last word: one value that passes the check and that it refuses costs a whole night's load.
func TestPostgreSQLAcceptsWhatChecksAccept(t *testing.T) {
	db, err := sqlx.Open("postgres", pgtest.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	// Built from pieces that values are made of, in the wrong order more often than not.
	pieces := []string{
		"0", "1", "9", "12", "2026", "29", "02", "-", "/", ":", ".", " ", "T", "Z", "+", "e", "E", "308", "-400", "99999999",
		"32767", "32768", "9.995", "999.995", "2025-02-29", "2024-02-29", "31/12/2026", "2026-03-29 01:30:00", ".5", "+01:00",
		"Y", "no", "true", "\\", "\t", "\n", "\"", "é", "\x00", "🙂", "inf", "nan", "0x1p4", "1_0",
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, typ := range []string{
		"varchar(4)", "char(3)", "text", "smallint", "integer", "bigint", "double precision", "real", "numeric", "numeric(5,2)",
		"numeric(3,0)", "boolean", "date", "timestamp", "timestamp with time zone",
	} {
		check, ok := checkFor(typ, dateReading{order: DayFirst})
		if !ok {
			t.Fatal(typ)
		}
		tx := db.MustBegin()
		tx.MustExec("create table probe (value " + typ + ")")
		passed := 0
		for range 2000 {
			value := ""
			for range 1 + random.IntN(4) {
				value += pieces[random.IntN(len(pieces))]
			}
			if isBlank(value, false) {
				continue
			}
			accepted, reason := check(value, london(t))
			if reason != "" {
				continue
			}
			passed++
			if _, err := tx.Exec("insert into probe values ($1)", accepted); err != nil {
				t.Errorf("%s: %q passed as %q: %v", typ, value, accepted, err)
				break
			}
		}
		if passed < 20 {
			t.Errorf("%s: only %d values passed, too few to tell", typ, passed)
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
	}
}
