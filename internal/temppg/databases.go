package temppg

import (
	"context"
	"fmt"
	"net/url"

	"github.com/lib/pq"
)

// superuser is the role initdb makes, and the name of the database it makes for it.
const superuser = "postgres"

// URL addresses a database for lib/pq and psql alike. Only the account that runs the server, and root, can open the socket.
func (c *Cluster) URL(database string) string {
	u := url.URL{
		Scheme: "postgres",
		User:   url.User(superuser),
		Path:   "/" + database,
		// Everything is spelt out: PGHOST, PGPORT and PGSSLMODE may be set for another server.
		RawQuery: url.Values{"host": {c.dir}, "port": {"5432"}, "sslmode": {"disable"}}.Encode(),
	}
	return u.String()
}

// Create makes an empty database.
func (c *Cluster) Create(ctx context.Context, name string) error {
	return c.exec(ctx, "create database "+pq.QuoteIdentifier(name))
}

// Clone makes a database that is a copy of another, in some 20 ms. It fails while a session is open on the original.
func (c *Cluster) Clone(ctx context.Context, name, template string) error {
	return c.exec(ctx, "create database "+pq.QuoteIdentifier(name)+" template "+pq.QuoteIdentifier(template))
}

// Drop removes a database if it exists, ending the sessions on it.
func (c *Cluster) Drop(ctx context.Context, name string) error {
	return c.exec(ctx, "drop database if exists "+pq.QuoteIdentifier(name)+" with (force)")
}

func (c *Cluster) exec(ctx context.Context, statement string) error {
	if _, err := c.admin.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("throw-away PostgreSQL: %s: %w", statement, err)
	}
	return nil
}
