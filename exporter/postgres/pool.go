package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"
)

// maxStaleConnections is how many connections of a pool can turn out to have ended
// since they were last used, as after a restart of the server.
const maxStaleConnections = 3

// pool is the connections of Open, with the time limits that it was given.
type pool struct {
	db        *sqlx.DB
	connector *connector
}

func poolOf(db *sqlx.DB) (*pool, error) {
	driver, ours := db.Driver().(poolDriver)
	if !ours {
		return nil, errors.New("the connections are not those of Open")
	}
	return &pool{db, driver.connector}, nil
}

// session is one connection of a pool, taken out of it for a while.
type session struct {
	conn *sqlx.Conn
	// network is nil where the connection beneath is not known.
	network  *deadlineConn
	response time.Duration
}

// session takes a connection out of the pool, or makes one.
func (p *pool) session(ctx context.Context) (*session, error) {
	conn, err := p.db.Connx(ctx)
	if err != nil {
		return nil, err
	}
	s := &session{conn: conn, response: p.connector.timeouts.response()}
	_ = conn.Raw(func(driverConn any) error {
		if network, known := p.connector.networks.Load(driverConn); known {
			s.network = network.(*deadlineConn)
		}
		return nil
	})
	return s, nil
}

// release gives the connection back, with the limits that it came with.
func (s *session) release() {
	s.network.limitSilence(s.response)
	_ = s.conn.Close()
}
