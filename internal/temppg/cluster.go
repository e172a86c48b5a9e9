// Package temppg runs a temporary PostgreSQL server that ends with its caller and leaves nothing behind.
//
// It exists for tests and for the demonstration council: durability is switched off, so nothing worth keeping may
// go into it. The server listens on a Unix socket inside its own directory and on no network address.
package temppg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	_ "github.com/lib/pq" // the driver behind the "postgres" name

	"childrens-services-exporter/internal/process"
)

// longestSocketDir keeps the socket's path within sockaddr_un, 108 bytes on Linux and 104 on the BSDs.
const longestSocketDir = 103 - len("/.s.PGSQL.5432")

// Options say where and how large. The zero value is a small server for tests.
type Options struct {
	Dir  string    // created, or empty when it exists; removed by Stop; "" is a new one in memory or under /tmp
	Bulk bool      // larger buffers and background statistics, for a council's worth of rows
	Log  io.Writer // the server's own log; nil keeps only its last lines, for the error of a failed start
}

// Cluster is one running server. It is safe for concurrent use.
type Cluster struct {
	dir    string
	lock   *os.File
	server *process.Process
	admin  *sql.DB
	stop   func() error
}

// Start creates a cluster and returns once it answers, in well under a second. The context ends the wait, not the
// server: call Stop. A process that dies without Stop takes the server with it, and the next Start removes what
// it left on disk.
func Start(ctx context.Context, o Options) (*Cluster, error) {
	bin, err := findBinaries()
	if err != nil {
		return nil, err
	}
	owner, err := serverOwner()
	if err != nil {
		return nil, err
	}
	dir, lock, err := createDirectory(o.Dir, o.Bulk, owner)
	if err != nil {
		return nil, err
	}
	c := &Cluster{dir: dir, lock: lock}
	c.stop = sync.OnceValue(c.shutDown)
	if err := c.start(ctx, bin, owner, o); err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	return c, nil
}

func (c *Cluster) start(ctx context.Context, bin string, owner *owner, o Options) error {
	log := newTail(o.Log)
	files := filepath.Join(c.dir, "data")
	// Without sync: the cluster is worth nothing after a crash, and syncing is half the time of a start.
	initdb, err := process.Start(command(filepath.Join(bin, "initdb"), c.dir, owner, log, "--no-sync", "--no-instructions",
		"-D", files, "-A", "trust", "-U", superuser, "-E", "UTF8", "--locale=C.UTF-8"))
	if err != nil {
		return fmt.Errorf("create a throw-away PostgreSQL cluster: %w", err)
	}
	if err := initdb.Wait(ctx); err != nil {
		return fmt.Errorf("create a throw-away PostgreSQL cluster: %w: %s", err, log.last())
	}

	arguments := append([]string{"-D", files, "-k", c.dir}, settings(o.Bulk)...)
	c.server, err = process.Start(command(filepath.Join(bin, "postgres"), c.dir, owner, log, arguments...))
	if err != nil {
		return fmt.Errorf("start a throw-away PostgreSQL: %w", err)
	}
	c.admin, err = sql.Open("postgres", c.URL(superuser))
	if err != nil {
		return fmt.Errorf("address the throw-away PostgreSQL: %w", err)
	}
	return c.waitUntilReady(ctx, log)
}

// waitUntilReady polls until the server accepts a session: it has no other way to say so without a notification socket.
func (c *Cluster) waitUntilReady(ctx context.Context, log *tail) error {
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	for {
		ping := c.admin.PingContext(ctx)
		if ping == nil {
			return nil
		}
		select {
		case <-c.server.Ended():
			return fmt.Errorf("the throw-away PostgreSQL ended while starting: %s", log.last())
		case <-ctx.Done():
			return fmt.Errorf("the throw-away PostgreSQL did not answer (%w): %w", ping, ctx.Err())
		case <-poll.C:
		}
	}
}

// Stop ends the server at once, whoever is connected, and removes its directory. Further calls repeat the result.
func (c *Cluster) Stop() error { return c.stop() }

func (c *Cluster) shutDown() error {
	var errs []error
	if c.admin != nil {
		errs = append(errs, c.admin.Close())
	}
	if c.server != nil {
		errs = append(errs, c.server.Stop())
	}
	// The lock goes last: while it is held no other process takes the directory for a leftover.
	errs = append(errs, os.RemoveAll(c.dir), c.lock.Close())
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("stop the throw-away PostgreSQL: %w", err)
	}
	return nil
}

// settings trade every safeguard against a crash for speed. The zone is fixed so that a test means the same anywhere.
func settings(bulk bool) []string {
	s := []string{
		"listen_addresses=", "port=5432", "fsync=off", "full_page_writes=off", "synchronous_commit=off",
		"wal_level=minimal", "max_wal_senders=0", "timezone=UTC", "log_timezone=UTC", "max_connections=100",
	}
	if bulk {
		s = append(s, "shared_buffers=512MB", "work_mem=64MB", "maintenance_work_mem=256MB", "max_wal_size=8GB")
	} else {
		s = append(s, "shared_buffers=32MB", "autovacuum=off")
	}
	var arguments []string
	for _, setting := range s {
		arguments = append(arguments, "-c", setting)
	}
	return arguments
}
