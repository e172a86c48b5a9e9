package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/internal/temppg/pgtest"
)

// password must never be seen.
const password = "hunter2"

// environment makes the settings exactly these for the test.
func environment(t testing.TB, settings map[string]string) {
	t.Helper()
	for _, variable := range os.Environ() {
		name, value, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, config.EnvironmentPrefix+"_") {
			t.Setenv(name, value) // puts it back after the test
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, value := range settings {
		t.Setenv(name, value)
	}
}

// files writes a folder of files.
func files(t testing.TB, contents map[string]string) string {
	t.Helper()
	directory := t.TempDir()
	for name, text := range contents {
		file := filepath.Join(directory, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return directory
}

func TestBadInputIsOneClearLine(t *testing.T) {
	const (
		social    = "CSE_SOCIAL_CARE_DATABASE_URL"
		nobody    = "postgres://reader:" + password + "@127.0.0.1:1/ssd?sslmode=disable"
		form      = "; expected postgres://user:password@host:5432/database?sslmode=verify-full"
		notThere  = "social_care: no connection; is the server running and reachable? (its address is in " + social + ")"
		indicator = "childrens_cp_plans_open"
		periods   = `-period: write a quarter as "2026-27 Q2", a financial year as 2026-27 or a month as 2026-09`
	)
	server := pgtest.Database(t)
	extracts := files(t, map[string]string{"ssd_person.csv": "pers_dob\n2020-01-01\n"})
	empty := files(t, map[string]string{"secret": "\n"})
	own := files(t, map[string]string{"youth/orders.yaml": "cohort: Orders\nrows: an order\n", "youth/orders.sql": "select 1"})
	settings := filepath.Join(files(t, map[string]string{"settings.yaml": "limits:\n  cp_visits: 15\n"}), "settings.yaml")
	tests := []struct {
		name     string
		settings map[string]string
		command  string
		code     int
		want     string
	}{
		{"misspelt variable", map[string]string{"CSE_INTERVALL": "5m"}, "check", 2, "CSE_INTERVALL is not a setting of this program; check its spelling against README.md"},
		{"misspelt variable of a secret", map[string]string{"CSE_DATABASE_URL": nobody}, "check", 2, "CSE_DATABASE_URL is not a setting of this program; check its spelling against README.md"},
		{"no database", nil, "check", 2, "no database is configured; set CSE_SOCIAL_CARE_DATABASE_URL, CSE_EDUCATION_DATABASE_URL or both"},
		{"no database to serve", nil, "", 2, "no database is configured; set CSE_SOCIAL_CARE_DATABASE_URL, CSE_EDUCATION_DATABASE_URL or both"},
		{"empty address", map[string]string{social: ""}, "check", 2, social + ": is empty; set it or remove it"},
		{"blank address", map[string]string{social: "  "}, "check", 2, social + ": is empty; set it or remove it"},
		{"address and file", map[string]string{social: nobody, social + "_FILE": "/nowhere"}, "check", 2, social + " and " + social + "_FILE are both set; keep one"},
		{"file that is not there", map[string]string{social + "_FILE": "/nowhere"}, "check", 2, social + "_FILE: the file cannot be read; check its path and rights"},
		{"empty file", map[string]string{social + "_FILE": empty + "/secret"}, "check", 2, social + "_FILE: the file is empty"},
		{"empty duration", map[string]string{"CSE_INTERVAL": ""}, "check", 2, "CSE_INTERVAL: its value is not a duration such as 5m"},
		{"no duration", map[string]string{"CSE_INTERVAL": password}, "check", 2, "CSE_INTERVAL: its value is not a duration such as 5m"},
		{"no number", map[string]string{"CSE_PUBLIC_ROUNDING": "few"}, "check", 2, "CSE_PUBLIC_ROUNDING: its value is not a number"},
		{"fraction", map[string]string{"CSE_MAX_SERIES": "1.5"}, "check", 2, "CSE_MAX_SERIES: its value is not a whole number"},
		{"too short", map[string]string{"CSE_INTERVAL": "1ms"}, "check", 2, "CSE_INTERVAL: its value is out of range; README.md says what is allowed"},
		{"threshold", map[string]string{"CSE_PUBLIC_THRESHOLD": "4"}, "check", 2, "CSE_PUBLIC_THRESHOLD, CSE_PUBLIC_ROUNDING: the threshold must be at least 5"},
		{"threshold that is not a number", map[string]string{"CSE_PUBLIC_THRESHOLD": "NaN"}, "check", 2, "CSE_PUBLIC_THRESHOLD: its value is not a number"},
		{"threshold without a bound", map[string]string{"CSE_PUBLIC_THRESHOLD": "+Inf"}, "check", 2, "CSE_PUBLIC_THRESHOLD: its value is not a number"},
		{"threshold that hides everything", map[string]string{"CSE_PUBLIC_THRESHOLD": "1e6"}, "check", 2, "CSE_PUBLIC_THRESHOLD: its value is out of range; README.md says what is allowed"},
		{"rounding that is not a number", map[string]string{"CSE_PUBLIC_ROUNDING": "nan"}, "check", 2, "CSE_PUBLIC_ROUNDING: its value is not a number"},
		{"rated denominator that is not a number", map[string]string{"CSE_RAG_DENOMINATOR": "NaN"}, "check", 2, "CSE_RAG_DENOMINATOR: its value is not a number"},
		{"rated denominator below 0", map[string]string{"CSE_RAG_DENOMINATOR": "-5"}, "check", 2, "CSE_RAG_DENOMINATOR: its value is out of range; README.md says what is allowed"},
		{"endless delay", map[string]string{"CSE_PUBLIC_DELAY": "1000000"}, "check", 2, "CSE_PUBLIC_DELAY: its value is out of range; README.md says what is allowed"},
		{"empty listen address", map[string]string{"CSE_LISTEN_ADDRESS": ""}, "check", 2, "CSE_LISTEN_ADDRESS: is empty; set it or remove it"},
		{"listen address", map[string]string{"CSE_LISTEN_ADDRESS": "nowhere", social: server}, "serve", 2,
			"cannot listen on nowhere: listen tcp: address nowhere: missing port in address; choose another CSE_LISTEN_ADDRESS or CSE_PUBLIC_LISTEN_ADDRESS"},
		{"log level", map[string]string{"CSE_LOG_LEVEL": "loud", social: server}, "serve", 2, "CSE_LOG_LEVEL must be debug, info, warn or error"},
		{"web configuration", map[string]string{"CSE_WEB_CONFIG_FILE": "/nowhere", social: server}, "serve", 2, "CSE_WEB_CONFIG_FILE: open /nowhere: no such file or directory"},
		{"short key", map[string]string{"CSE_WORKER_LABEL": "hash", "CSE_WORKER_KEY": password}, "check", 2, "CSE_WORKER_LABEL=hash needs CSE_WORKER_KEY with at least 16 characters"},

		{"bad escape", map[string]string{social: "postgres://reader:" + password + "%zz@db/ssd?sslmode=disable"}, "check", 2, social + ": is not a valid URL; percent-encode special characters in the password" + form},
		{"bad port", map[string]string{social: "postgres://reader:" + password + "@db:port/ssd?sslmode=disable"}, "check", 2, social + ": is not a valid URL; percent-encode special characters in the password" + form},
		{"another kind of address", map[string]string{social: "host=db password=" + password}, "check", 2, social + ": is not a PostgreSQL address" + form},
		{"no sslmode", map[string]string{social: "postgres://reader:" + password + "@db/ssd"}, "check", 2, social + ": does not choose sslmode; add ?sslmode=verify-full, or disable for a socket. If the password has a # or a ?, percent-encode it" + form},
		{"unknown sslmode", map[string]string{social: "postgres://reader:" + password + "@db/ssd?sslmode=sometimes"}, "check", 2, social + ": has an option that the driver does not accept" + form},

		{"unreachable", map[string]string{social: nobody}, "check", 1, notThere},
		{"both unreachable", map[string]string{social: nobody, "CSE_EDUCATION_DATABASE_URL": nobody}, "check", 1,
			notThere + "; " + strings.NewReplacer("social_care", "education", "SOCIAL_CARE", "EDUCATION").Replace(notThere)},
		{"unreachable for records", map[string]string{social: nobody}, "records " + indicator, 1, notThere},
		{"unreachable for history", map[string]string{social: nobody}, "backfill -to 2026-03-31", 1, notThere},
		{"unreachable for load", map[string]string{"CSE_LOAD_DATABASE_URL": nobody}, "load -source social_care " + extracts, 2,
			"could not connect to the warehouse: the connection failed; check that the server is running and reachable"},

		{"extract without a column", map[string]string{"CSE_LOAD_DATABASE_URL": server}, "load -source social_care " + extracts, 1,
			"ssd_person.csv, line 1: the header has no column pers_person_id: add it, or take the file away to leave the table as it is"},
		{"no extracts", map[string]string{"CSE_LOAD_DATABASE_URL": server}, "load -source social_care /nowhere", 2, "load: /nowhere is not a folder"},
		{"nowhere to load", nil, "load -source social_care " + extracts, 2, "CSE_LOAD_DATABASE_URL: is not set; it names the warehouse and a login that may write to it"},
		{"unknown source", nil, "load -source housing " + extracts, 2, "load needs -source social_care or -source education, and one folder"},

		{"typo in a definition", map[string]string{"CSE_CATALOGUE_DIR": own}, "catalogue", 2, "youth/orders.yaml:2: unknown key rows"},
		{"no definitions", map[string]string{"CSE_CATALOGUE_DIR": "/nowhere"}, "catalogue", 2, "CSE_CATALOGUE_DIR: /nowhere is not a folder"},
		{"no settings", map[string]string{"CSE_SETTINGS_FILE": "/nowhere"}, "catalogue", 2, "/nowhere: cannot be read; check CSE_SETTINGS_FILE"},

		{"unknown command", nil, "chek", 2, `no command "chek"; childrens-services-exporter help lists them`},
		{"unknown flag", nil, "check -fast", 2, "check: flag provided but not defined: -fast; check -h lists the flags"},
		{"one word too many", nil, "check now", 2, `check does not take "now"`},
		{"no indicator", nil, "records", 2, "records needs one indicator, as in: records childrens_cp_visits_overdue -team North"},
		{"unknown indicator", map[string]string{social: server}, "records childrens_cp_plan", 2, `no indicator "childrens_cp_plan"; the command catalogue lists them`},
		{"bad day", nil, "records " + indicator + " -as-of yesterday", 2, "-as-of must be a day such as 2026-03-31"},
		{"window that it lacks", map[string]string{social: server}, "records " + indicator + " -window quarter", 2, "-window: " + indicator + " is given for [snapshot]"},
		{"team that it lacks", map[string]string{social: server}, "records childrens_contacts -team North", 2, "-team: childrens_contacts knows no teams; leave it out"},
		{"source that is not there", map[string]string{"CSE_EDUCATION_DATABASE_URL": server}, "records " + indicator, 2, "the source social_care is not configured; set " + social},
		{"history from no day", nil, "backfill -from 2026-13-01", 2, "-from must be a day such as 2026-03-31"},
		{"history of tomorrow", nil, "backfill -to 2199-01-01", 2, "-to must be yesterday at the latest; today is the live exporter's"},
		{"history backwards", nil, "backfill -from 2026-03-01 -to 2026-02-01", 2, "-from must not lie after -to"},
		{"label without value", nil, "backfill -label job", 2, `backfill: invalid value "job" for flag -label: expected name=value, as in job=childrens-services; backfill -h lists the flags`},
		{"reserved label", nil, "backfill -label __name__=x", 2, `backfill: invalid value "__name__=x" for flag -label: expected name=value, as in job=childrens-services; backfill -h lists the flags`},
		{"report of no period", map[string]string{social: server}, "report", 2, periods},
		{"report of a period that is none", map[string]string{social: server}, "report -period 2026-27-Q5", 2, periods},
		{"report of a calendar year", map[string]string{social: server}, "report -period 2025", 2, periods},
		{"report of the future", map[string]string{social: server}, "report -period 2150-51", 2, "-period 2150-51 has not begun"},
		{"report into nowhere", map[string]string{social: server}, "report -period 2025-26 -dir /nowhere", 2, "-dir: /nowhere is not a folder"},
		{"public report of a month", map[string]string{social: server}, "report -public -period 2026-03", 2, "-public: the public is shown each quarter and nothing between (CSE_PUBLIC_PERIOD); give one"},
		{"public report too early", map[string]string{social: server, "CSE_PUBLIC_PERIOD": "month"}, "report -public -period 2026-03 -as-of 2026-04-15", 2,
			"-public: 2026-03 opens to the public 10 working days after it ends (CSE_PUBLIC_DELAY)"},
		{"report while nothing can be read", map[string]string{social: nobody}, "report -period 2025-26", 1, notThere},
		{"acceptance that nobody learns of", nil, "collect -accept", 2, "-accept needs CSE_STATE_DIR, through which the running exporter learns of it"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			environment(t, test.settings)
			var stdout, stderr strings.Builder
			if code := run(strings.Fields(test.command), &stdout, &stderr); code != test.code {
				t.Errorf("exit code %d, want %d", code, test.code)
			}
			if want := "childrens-services-exporter: " + test.want + "\n"; stderr.String() != want {
				t.Errorf("\n got %s\nwant %s", stderr.String(), want)
			}
			if strings.Contains(stdout.String()+stderr.String(), password) {
				t.Errorf("the password is shown:\n%s%s", stdout.String(), stderr.String())
			}
		})
	}
	t.Run("unknown limit", func(t *testing.T) {
		environment(t, map[string]string{"CSE_SETTINGS_FILE": settings})
		var stdout, stderr strings.Builder
		code := run([]string{"catalogue"}, &stdout, &stderr)
		if want := "childrens-services-exporter: " + settings + `: limits: "cp_visits" is not a limit; there are `; code != 2 || !strings.HasPrefix(stderr.String(), want) {
			t.Errorf("%d: %s", code, stderr.String())
		}
	})
}

func TestACommandThatWasStoppedDidNotSucceed(t *testing.T) {
	var stderr strings.Builder
	if code := exitCode(usageError{fmt.Errorf("nothing is loaded: %w", context.Canceled)}, &stderr); code != 1 {
		t.Errorf("exit code %d", code)
	}
	if want := "childrens-services-exporter: stopped before it was done\n"; stderr.String() != want {
		t.Errorf("got %q", stderr.String())
	}
}
