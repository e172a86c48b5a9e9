package source

import (
	"fmt"
	"maps"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// Timeouts bound everything that can hang between the exporter and a server.
type Timeouts struct {
	Connect   time.Duration
	Lock      time.Duration
	Statement time.Duration
}

// responseGrace is how much longer than its longest statement a server may stay
// silent before it counts as frozen: it is to cancel a statement first.
const responseGrace = 5 * time.Second

// DefaultTimeouts keeps the lock wait below PostgreSQL's deadlock_timeout (1 s), so
// that it is never a refresh that is chosen as the victim of a deadlock.
func DefaultTimeouts() Timeouts {
	return Timeouts{Connect: 10 * time.Second, Lock: 500 * time.Millisecond, Statement: 10 * time.Minute}
}

// Open prepares a read-only pool for a source without connecting. Setting is the
// name of the variable that the address came from, for errors; neither the
// address nor a password is ever part of an error.
func Open(setting, address string, waits Timeouts) (*sqlx.DB, error) {
	return open(setting, address, waits, "on")
}

// OpenWriter prepares a pool that may write, for load alone.
func OpenWriter(setting, address string, waits Timeouts) (*sqlx.DB, error) {
	return open(setting, address, waits, "off")
}

func open(setting, address string, waits Timeouts, readOnly string) (*sqlx.DB, error) {
	config, err := parseAddress(setting, address)
	if err != nil {
		return nil, err
	}
	config.ConnectTimeout = waits.Connect
	maps.Copy(config.Runtime, map[string]string{
		"default_transaction_read_only":       readOnly,
		"lock_timeout":                        milliseconds(waits.Lock),
		"statement_timeout":                   milliseconds(waits.Statement),
		"idle_in_transaction_session_timeout": milliseconds(waits.Statement),
		// Dozens of common table expressions cost more to compile than to run.
		"jit": "off",
		// The planner takes a year of days for two and, on tables not analysed since a refresh, tries every row against
		// every row for minutes. Off, it still does so where only dates are compared and there is no other way.
		"enable_nestloop": "off",
		// For the same reason it would sort by day alone and compare every child of a day with every other.
		"enable_mergejoin": "off",
		// A year of days is grouped in memory rather than on the server's disk.
		"work_mem":  "64MB",
		"datestyle": "ISO, DMY",
		// Words of the council's settings are quoted for this alone.
		"standard_conforming_strings": "on",
		"timezone":                    "Europe/London",
	})
	connector, err := pq.NewConnectorConfig(config)
	if err != nil {
		return nil, fmt.Errorf("%s: is not accepted by the driver; check sslmode and certificates", setting)
	}
	connector.Dialer(deadlineDialer{waits.Connect, waits.Statement + min(waits.Statement, responseGrace)})
	db := sqlx.NewDb(openDB(connector), "postgres")
	// Two readers, each with a connection that watches over it, and one to spare.
	db.SetMaxOpenConns(5)
	db.SetMaxIdleConns(1)
	db.SetConnMaxIdleTime(10 * time.Minute)
	return db, nil
}

// parseAddress checks an address before the driver or net/url can repeat it,
// password and all, in an error of theirs.
func parseAddress(setting, address string) (pq.Config, error) {
	invalid := func(why string) (pq.Config, error) {
		return pq.Config{}, fmt.Errorf("%s: %s; expected postgres://user:password@host:5432/database?sslmode=verify-full", setting, why)
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
