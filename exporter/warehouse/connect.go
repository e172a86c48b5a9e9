package warehouse

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"childrens-services-exporter/exporter/catalogue"
)

// Waits bound everything that can hang between the exporter and a server.
type Waits struct {
	Connect   time.Duration
	Lock      time.Duration
	Statement time.Duration
}

// DefaultWaits keeps the lock wait below PostgreSQL's deadlock_timeout (1 s), so
// that it is never a refresh that is chosen as the victim of a deadlock.
func DefaultWaits() Waits {
	return Waits{Connect: 10 * time.Second, Lock: 500 * time.Millisecond, Statement: 10 * time.Minute}
}

// Open prepares a read-only pool for a source without connecting. Setting is the
// name of the variable that the address came from, for errors; neither the
// address nor a password is ever part of an error.
func Open(setting, address string, waits Waits) (*sqlx.DB, error) {
	return open(setting, address, waits, "on")
}

// OpenWriter prepares a pool that may write, for load alone.
func OpenWriter(setting, address string, waits Waits) (*sqlx.DB, error) {
	return open(setting, address, waits, "off")
}

func open(setting, address string, waits Waits, readOnly string) (*sqlx.DB, error) {
	config, err := parseAddress(setting, address)
	if err != nil {
		return nil, err
	}
	config.ConnectTimeout = waits.Connect
	for name, value := range map[string]string{
		"default_transaction_read_only":       readOnly,
		"lock_timeout":                        milliseconds(waits.Lock),
		"statement_timeout":                   milliseconds(waits.Statement),
		"idle_in_transaction_session_timeout": milliseconds(waits.Statement),
		// Dozens of common table expressions cost more to compile than to run.
		"jit":       "off",
		"datestyle": "ISO, DMY",
		"timezone":  "Europe/London",
	} {
		config.Runtime[name] = value
	}
	connector, err := pq.NewConnectorConfig(config)
	if err != nil {
		return nil, fmt.Errorf("%s: is not accepted by the driver; check sslmode and certificates", setting)
	}
	connector.Dialer(deadlineDialer{waits.Connect, waits.Statement + 5*time.Second})
	db := sqlx.NewDb(openDB(connector), "postgres")
	db.SetMaxOpenConns(3)
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

// deadlineDialer gives every read an end: the driver ignores its context while
// a server is frozen or the network gone.
type deadlineDialer struct {
	connect, read time.Duration
}

// Dial connects within the connect wait.
func (d deadlineDialer) Dial(network, address string) (net.Conn, error) {
	return d.DialTimeout(network, address, d.connect)
}

// DialTimeout connects within the given wait.
func (d deadlineDialer) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return d.DialContext(ctx, network, address)
}

// DialContext connects until the context ends.
func (d deadlineDialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{Timeout: d.connect}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &deadlineConn{conn, d.read}, nil
}

type deadlineConn struct {
	net.Conn
	wait time.Duration
}

// Read ends with a time-out when the server stays silent for the wait.
func (c *deadlineConn) Read(into []byte) (int, error) {
	if err := c.SetReadDeadline(time.Now().Add(c.wait)); err != nil {
		return 0, err
	}
	return c.Conn.Read(into)
}

// Reason says in plain words why a server could not be used, without the
// address, the user or a value from a row.
func Reason(err error) string {
	var server *pq.Error
	var network net.Error
	var operation *net.OpError
	switch {
	case errors.As(err, &server):
		return serverReason(server)
	case errors.As(err, &network) && network.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return "the server did not answer in time"
	case errors.Is(err, context.Canceled):
		return "stopped"
	case errors.As(err, &operation):
		return "no connection; is the server running and reachable?"
	}
	var own *Refusal
	if errors.As(err, &own) {
		return own.Why
	}
	var grain *catalogue.GrainError
	if errors.As(err, &grain) {
		return grain.Error()
	}
	return "the connection failed"
}

func serverReason(err *pq.Error) string {
	switch err.Code {
	case "55P03":
		return "a table is locked by a refresh"
	case "57014":
		return "the query was cancelled or ran into its time limit"
	case "42501":
		return "the login lacks a right: " + err.Message
	case "42P01", "42703":
		return "a table or column is missing: " + err.Message
	}
	switch err.Code.Class() {
	case "28":
		return "the server refused the login; check user, password and pg_hba.conf"
	case "3D":
		return "the database does not exist; check the name in the address"
	case "53":
		return "the server has no free connection or memory"
	case "57":
		return "the server is starting up or shutting down"
	}
	// The message of other errors may quote a value of a row.
	return "PostgreSQL error " + string(err.Code) + " (" + err.Code.Name() + ")"
}
