package source

import (
	"context"
	"net"
	"sync/atomic"
	"time"
)

// deadlineDialer gives every read and write an end: the driver ignores its
// context while a server is frozen or the network gone.
type deadlineDialer struct {
	connect, silence time.Duration
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
	return &deadlineConn{Conn: conn, silence: d.silence}, nil
}

type deadlineConn struct {
	net.Conn
	silence time.Duration
	// until is the driver's own deadline, in Unix nanoseconds, or 0. It bounds a
	// login, and a read must not push it back.
	until atomic.Int64
}

// SetDeadline keeps the driver's deadline beside our own.
func (c *deadlineConn) SetDeadline(at time.Time) error {
	if at.IsZero() {
		c.until.Store(0)
	} else {
		c.until.Store(at.UnixNano())
	}
	return c.Conn.SetDeadline(at)
}

// Read ends with a time-out when the server stays silent.
func (c *deadlineConn) Read(into []byte) (int, error) {
	if err := c.SetReadDeadline(c.end()); err != nil {
		return 0, err
	}
	return c.Conn.Read(into)
}

// Write ends with a time-out when the server takes nothing any more.
func (c *deadlineConn) Write(from []byte) (int, error) {
	if err := c.SetWriteDeadline(c.end()); err != nil {
		return 0, err
	}
	return c.Conn.Write(from)
}

func (c *deadlineConn) end() time.Time {
	end := time.Now().Add(c.silence)
	if until := c.until.Load(); until != 0 && until < end.UnixNano() {
		return time.Unix(0, until)
	}
	return end
}
