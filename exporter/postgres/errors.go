package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/lib/pq"
)

// explained is an error of the program's own whose text quotes neither a row nor
// an address.
type explained interface {
	error
	Explain() string
}

// Describe says in plain words why a server could not be used, without the
// address, the user or a value from a row.
func Describe(err error) string {
	var own explained
	var server *pq.Error
	var network net.Error
	var operation *net.OpError
	switch {
	case errors.As(err, &own):
		return own.Explain()
	case errors.As(err, &server):
		return describeServerError(server)
	case errors.As(err, &network) && network.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return "the server did not answer in time"
	case errors.Is(err, context.Canceled):
		return "stopped"
	case errors.As(err, &operation) && operation.Op != "dial":
		return "the connection was lost"
	case errors.As(err, &operation):
		return "no connection; is the server running and reachable?"
	case errors.Is(err, driver.ErrBadConn), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		errors.Is(err, sql.ErrConnDone), errors.Is(err, sql.ErrTxDone):
		return "the connection was lost"
	case errors.Is(err, pq.ErrSSLNotSupported):
		return "the server does not offer TLS; see sslmode in the address"
	}
	// The text of other errors may quote a value of a row, or the address.
	return "the server's answer could not be used"
}

const (
	idleInTransaction = "25P03"
	protocolViolation = "08P01"
)

func describeServerError(err *pq.Error) string {
	switch err.Code {
	case lockNotAvailable:
		return "a table is locked by a refresh"
	case "57014":
		return "the query was cancelled or ran into its time limit"
	case "42501":
		if err.Routine == "check_enable_rls" {
			return "row-level security hides rows of a table from the login, and a part would look like all; give the login bypassrls: " + err.Message
		}
		return "the login lacks a right: " + err.Message
	case idleInTransaction:
		return "the exporter paused in the middle of reading, and the server ended the session so that no refresh waits"
	case protocolViolation:
		// PgBouncer's words; a server names an unknown parameter with another code.
		if _, parameter, refused := strings.Cut(err.Message, "unsupported startup parameter: "); refused {
			return "PgBouncer refuses the start-up parameter " + parameter + "; set in pgbouncer.ini ignore_startup_parameters = " +
				strings.Join(names(readerSettings(DefaultTimeouts())), ", ") + ". The exporter sets them again in every transaction"
		}
	case undefinedTable, "42703":
		return "a table or column is missing: " + err.Message
	}
	switch err.Code.Class() {
	case "08":
		return "the connection was lost"
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
