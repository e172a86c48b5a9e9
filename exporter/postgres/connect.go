// Package postgres opens the council's databases and reads them without standing in
// the way of a refresh: time-outs, savepoints, table locks and the texts of errors.
package postgres

import (
	"database/sql"
	"maps"
	"strconv"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
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

// response is the longest silence of a server that works on a statement.
func (t Timeouts) response() time.Duration { return t.Statement + min(t.Statement, responseGrace) }

// Open prepares a read-only pool for a source without connecting. Setting is the
// name of the environment variable with the address, for errors; neither the
// address nor a password is ever part of an error.
func Open(setting, address string, timeouts Timeouts) (*sqlx.DB, error) {
	return open(&connector{setting: setting, address: address, timeouts: timeouts, runtime: readerSettings(timeouts)})
}

// OpenFile is Open with the address that a file holds. The file is read again when
// the server refuses the login, so that a new password needs no restart.
func OpenFile(setting, file string, timeouts Timeouts) (*sqlx.DB, error) {
	c := &connector{setting: setting, file: file, timeouts: timeouts, runtime: readerSettings(timeouts)}
	var err error
	if c.address, err = c.readFile(); err != nil {
		return nil, err
	}
	return open(c)
}

// OpenWriter prepares a pool that may write, for load alone.
func OpenWriter(setting, address string, timeouts Timeouts) (*sqlx.DB, error) {
	c := &connector{setting: setting, address: address, timeouts: timeouts, runtime: sessionSettings(timeouts)}
	c.runtime["default_transaction_read_only"] = "off"
	c.runtime["idle_in_transaction_session_timeout"] = milliseconds(timeouts.Statement)
	return open(c)
}

func open(c *connector) (*sqlx.DB, error) {
	if err := c.configure(c.address); err != nil {
		return nil, err
	}
	db := sqlx.NewDb(sql.OpenDB(c), "postgres")
	// Two readers, each with a second connection that watches its locks, and one spare.
	db.SetMaxOpenConns(5)
	db.SetMaxIdleConns(1)
	db.SetConnMaxIdleTime(10 * time.Minute)
	return db, nil
}

// sessionSettings are the settings of every session.
func sessionSettings(timeouts Timeouts) map[string]string {
	return map[string]string{
		"lock_timeout":      milliseconds(timeouts.Lock),
		"statement_timeout": milliseconds(timeouts.Statement),
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
	}
}

// readerSettings are those of a session that only reads.
func readerSettings(timeouts Timeouts) map[string]string {
	settings := maps.Clone(sessionSettings(timeouts))
	maps.Copy(settings, map[string]string{
		"default_transaction_read_only": "on",
		// A policy that hides rows is an error: half of the children would look like all of them.
		"row_security":                        "off",
		"idle_in_transaction_session_timeout": milliseconds(idleTimeout),
	})
	return settings
}

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

// QuoteIdentifier writes the name of a schema, table or column as SQL.
func QuoteIdentifier(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// QuoteLiteral writes a text as SQL. It needs standard_conforming_strings, which
// Open sets: a backslash stands for itself.
func QuoteLiteral(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
