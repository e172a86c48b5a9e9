package csvload

import (
	"context"
	"errors"
	"fmt"

	"github.com/lib/pq"
)

const lockNotAvailable = "55P03"

// databaseError is an error of the database without its text, which may quote a row. The cause stays reachable for
// errors.Is and errors.As.
type databaseError struct {
	action string
	cause  error
}

func newDatabaseError(action string, cause error) error { return &databaseError{action, cause} }

func (e *databaseError) Error() string { return fmt.Sprintf("could not %s: %s", e.action, e.reason()) }

func (e *databaseError) Unwrap() error { return e.cause }

func (e *databaseError) reason() string {
	var server *pq.Error
	if !errors.As(e.cause, &server) {
		if errors.Is(e.cause, context.DeadlineExceeded) {
			return "the server did not answer in time"
		}
		return "the connection failed; check that the server is running and reachable"
	}
	switch server.Code {
	case "42501":
		return "the login may not do this; use the owner of the tables, not the exporter's read-only login"
	case "0A000":
		return "another table refers to it by a foreign key; give a file for that table too, or drop the key"
	case "23502", "23503", "23505", "23514":
		return fmt.Sprintf("the constraint %s of table %s does not hold for the extract; correct the extract or drop the constraint",
			server.Constraint, server.Table)
	}
	return fmt.Sprintf("PostgreSQL error %s (%s)", server.Code, server.Code.Name())
}

// sqlState is the server's error code, or "".
func sqlState(err error) string {
	if server, ok := errors.AsType[*pq.Error](err); ok {
		return string(server.Code)
	}
	return ""
}
