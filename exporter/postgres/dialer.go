package postgres

import (
	"context"
	"net"
	"sync/atomic"
	"time"
)

// deadlineDialer sets a deadline on every read and write: the driver ignores its
// context while a server is frozen or the network gone.
type deadlineDialer struct {
	connectTimeout, idleTimeout time.Duration
}

// Dial connects within the connect timeout.
func (d deadlineDialer) Dial(network, address string) (net.Conn, error) {
	return d.DialTimeout(network, address, d.connectTimeout)
}

// DialTimeout connects within the given time.
func (d deadlineDialer) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return d.DialContext(ctx, network, address)
}

// DialContext connects until the context ends.
func (d deadlineDialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{Timeout: d.connectTimeout}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &deadlineConn{Conn: conn, idleTimeout: d.idleTimeout}, nil
}

type deadlineConn struct {
	net.Conn
	idleTimeout time.Duration
	// driverDeadline is the driver's own deadline, in Unix nanoseconds, or 0. It
	// bounds a login, and a read must not move it back.
	driverDeadline atomic.Int64
}

// SetDeadline records the driver's deadline beside the connection's own.
func (c *deadlineConn) SetDeadline(at time.Time) error {
	if at.IsZero() {
		c.driverDeadline.Store(0)
	} else {
		c.driverDeadline.Store(at.UnixNano())
	}
	return c.Conn.SetDeadline(at)
}

// Read ends with a time-out when the server stays silent.
func (c *deadlineConn) Read(into []byte) (int, error) {
	if err := c.SetReadDeadline(c.nextDeadline()); err != nil {
		return 0, err
	}
	return c.Conn.Read(into)
}

// Write ends with a time-out when the server accepts nothing any more.
func (c *deadlineConn) Write(from []byte) (int, error) {
	if err := c.SetWriteDeadline(c.nextDeadline()); err != nil {
		return 0, err
	}
	return c.Conn.Write(from)
}

func (c *deadlineConn) nextDeadline() time.Time {
	end := time.Now().Add(c.idleTimeout)
	if driver := c.driverDeadline.Load(); driver != 0 && driver < end.UnixNano() {
		return time.Unix(0, driver)
	}
	return end
}
