package postgres

import (
	"context"
	"net"
	"sync"
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

// DialContext connects until the context ends. A connection that is not for the pool
// only asks the server to cancel a statement, and need not wait for long.
func (d deadlineDialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := net.Dialer{Timeout: d.connectTimeout, KeepAliveConfig: net.KeepAliveConfig{
		Enable: true, Idle: keepaliveIdle, Interval: keepaliveInterval, Count: keepaliveCount,
	}}
	conn, err := dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	place, pooled := ctx.Value(networkKey{}).(**deadlineConn)
	if !pooled {
		return &deadlineConn{Conn: conn, silence: min(d.connectTimeout, d.idleTimeout)}, nil
	}
	*place = &deadlineConn{Conn: conn, silence: d.idleTimeout}
	return *place, nil
}

// deadlineConn is a network connection on which no silence of the server lasts
// longer than a limit.
type deadlineConn struct {
	net.Conn
	mutex sync.Mutex
	// silence is the longest that the server may say nothing.
	silence time.Duration
	// driverDeadline is the driver's own deadline. It bounds a login, and a read must
	// not move it back.
	driverDeadline time.Time
	onClose        func()
}

// SetDeadline records the driver's deadline beside the connection's own.
func (c *deadlineConn) SetDeadline(at time.Time) error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.driverDeadline = at
	return c.Conn.SetDeadline(at)
}

// limitSilence sets the longest silence, for a read that is waiting already too.
func (c *deadlineConn) limitSilence(limit time.Duration) {
	if c == nil {
		return
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.silence = limit
	_ = c.Conn.SetDeadline(c.nextDeadline())
}

func (c *deadlineConn) setOnClose(onClose func()) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.onClose = onClose
}

// Close ends the connection.
func (c *deadlineConn) Close() error {
	c.mutex.Lock()
	onClose := c.onClose
	c.onClose = nil
	c.mutex.Unlock()
	if onClose != nil {
		onClose()
	}
	return c.Conn.Close()
}

// Read ends with a time-out when the server stays silent.
func (c *deadlineConn) Read(into []byte) (int, error) {
	if err := c.extend(c.SetReadDeadline); err != nil {
		return 0, err
	}
	return c.Conn.Read(into)
}

// Write ends with a time-out when the server accepts nothing any more.
func (c *deadlineConn) Write(from []byte) (int, error) {
	if err := c.extend(c.SetWriteDeadline); err != nil {
		return 0, err
	}
	return c.Conn.Write(from)
}

func (c *deadlineConn) extend(set func(time.Time) error) error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return set(c.nextDeadline())
}

func (c *deadlineConn) nextDeadline() time.Time {
	end := time.Now().Add(c.silence)
	if !c.driverDeadline.IsZero() && c.driverDeadline.Before(end) {
		return c.driverDeadline
	}
	return end
}
