package source

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"

	"github.com/lib/pq"

	"childrens-services-exporter/exporter/definition/query"
)

// Describe says in plain words why a server could not be used, without the
// address, the user or a value from a row.
func Describe(err error) string {
	var server *pq.Error
	var network net.Error
	var operation *net.OpError
	var own *UnavailableError
	var grain *query.GrainError
	switch {
	case errors.As(err, &own):
		return own.Message
	case errors.As(err, &server):
		return serverReason(server)
	case errors.As(err, &network) && network.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return "the server did not answer in time"
	case errors.Is(err, context.Canceled):
		return "stopped"
	case errors.As(err, &operation) && operation.Op != "dial":
		return "the connection was lost"
	case errors.As(err, &operation):
		return "no connection; is the server running and reachable?"
	case errors.As(err, &grain):
		return grain.Error()
	case errors.Is(err, driver.ErrBadConn), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		errors.Is(err, sql.ErrConnDone), errors.Is(err, sql.ErrTxDone):
		return "the connection was lost"
	case errors.Is(err, pq.ErrSSLNotSupported):
		return "the server does not offer TLS; see sslmode in the address"
	}
	// The text of other errors may quote a value of a row, or the address.
	return "the server's answer could not be used"
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
