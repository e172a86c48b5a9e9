// Package postgres opens the council's databases and reads them without standing in
// the way of a refresh: time-outs, savepoints, table locks and the texts of errors.
package postgres

import (
	"database/sql"
	"fmt"
	"maps"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// Timeouts end every wait between the exporter and a server.
type Timeouts struct {
	Connect   time.Duration
	Lock      time.Duration
	Statement time.Duration
}

// responseGrace is how much longer than the statement timeout a server may stay
// silent before it counts as frozen: the server has to cancel a statement first.
const responseGrace = 5 * time.Second

// DefaultTimeouts keeps the lock wait below PostgreSQL's deadlock_timeout (1 s), so
// that it is never a refresh that is chosen as the victim of a deadlock.
func DefaultTimeouts() Timeouts {
	return Timeouts{Connect: 10 * time.Second, Lock: 500 * time.Millisecond, Statement: 10 * time.Minute}
}

// Open prepares a read-only pool for a source without connecting. Setting is the
// name of the environment variable with the address, for errors; neither the
// address nor a password is ever part of an error.
func Open(setting, address string, timeouts Timeouts) (*sqlx.DB, error) {
	return open(setting, address, timeouts, "on")
}

// OpenWriter prepares a pool that may write, for load alone.
func OpenWriter(setting, address string, timeouts Timeouts) (*sqlx.DB, error) {
	return open(setting, address, timeouts, "off")
}

func open(setting, address string, timeouts Timeouts, readOnly string) (*sqlx.DB, error) {
	config, err := parseAddress(setting, address)
	if err != nil {
		return nil, err
	}
	config.ConnectTimeout = timeouts.Connect
	maps.Copy(config.Runtime, map[string]string{
		"default_transaction_read_only":       readOnly,
		"lock_timeout":                        milliseconds(timeouts.Lock),
		"statement_timeout":                   milliseconds(timeouts.Statement),
		"idle_in_transaction_session_timeout": milliseconds(timeouts.Statement),
		// Dozens of common table expressions cost more to compile than to run.
		"jit": "off",
		// The planner estimates a year of days at two rows and, on tables not analysed since a refresh, compares every row
		// with every row for minutes. Off, it still does so where only dates are compared and there is no other way.
		"enable_nestloop": "off",
		// For the same reason it would sort by day alone and compare every child of a day with every other.
		"enable_mergejoin": "off",
		// A year of days is grouped in memory rather than on the server's disk.
		"work_mem":  "64MB",
		"datestyle": "ISO, DMY",
		// QuoteLiteral is right for this setting alone.
		"standard_conforming_strings": "on",
		"timezone":                    "Europe/London",
	})
	connector, err := pq.NewConnectorConfig(config)
	if err != nil {
		return nil, fmt.Errorf("%s: is not accepted by the driver; check sslmode and certificates", setting)
	}
	connector.Dialer(deadlineDialer{timeouts.Connect, timeouts.Statement + min(timeouts.Statement, responseGrace)})
	db := sqlx.NewDb(sql.OpenDB(connector), "postgres")
	// Two readers, each with a second connection that watches its locks, and one spare.
	db.SetMaxOpenConns(5)
	db.SetMaxIdleConns(1)
	db.SetConnMaxIdleTime(10 * time.Minute)
	return db, nil
}

// parseAddress checks an address first, since the driver and net/url quote it, with
// its password, in their errors.
func parseAddress(setting, address string) (pq.Config, error) {
	invalid := func(problem string) (pq.Config, error) {
		return pq.Config{}, fmt.Errorf("%s: %s; expected postgres://user:password@host:5432/database?sslmode=verify-full", setting, problem)
	}
	if strings.TrimSpace(address) == "" {
		return invalid("is empty; set it or remove it")
	}
	if !strings.HasPrefix(address, "postgres://") && !strings.HasPrefix(address, "postgresql://") {
		return invalid("is not a PostgreSQL address")
	}
	parsed, err := url.Parse(address)
	if err != nil {
		return invalid("is not a valid URL; percent-encode special characters in the password")
	}
	if parsed.Query().Get("sslmode") == "" {
		return invalid("does not choose sslmode; add ?sslmode=verify-full, or disable for a socket")
	}
	config, err := pq.NewConfig(address)
	if err != nil {
		return invalid("has an option that the driver does not accept")
	}
	if config.ApplicationName == "" {
		config.ApplicationName = "childrens-services-exporter"
	}
	if config.Runtime == nil {
		config.Runtime = map[string]string{}
	}
	return config, nil
}

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

// QuoteIdentifier writes the name of a schema, table or column as SQL.
func QuoteIdentifier(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// QuoteLiteral writes a text as SQL. It needs standard_conforming_strings, which
// Open sets: a backslash stands for itself.
func QuoteLiteral(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
