package postgres

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"maps"
	"os"
	"strings"
	"sync"

	"github.com/lib/pq"
)

// connector makes the connections of a pool, and knows the network connection
// beneath each of them.
type connector struct {
	setting string
	// file holds the address where it is not empty.
	file     string
	timeouts Timeouts
	// runtime are the settings that a session begins with.
	runtime map[string]string

	mutex   sync.Mutex
	address string
	driver  *pq.Connector
	// networks maps a driver.Conn to its *deadlineConn.
	networks sync.Map
}

// networkKey is the key under which a context carries the place for the network
// connection that is about to be made.
type networkKey struct{}

// configure prepares the driver for an address.
func (c *connector) configure(address string) error {
	config, err := parseAddress(c.setting, address)
	if err != nil {
		return err
	}
	config.ConnectTimeout = c.timeouts.Connect
	maps.Copy(config.Runtime, c.runtime)
	driver, err := pq.NewConnectorConfig(config)
	if err != nil {
		return fmt.Errorf("%s: is not accepted by the driver; check sslmode and certificates", c.setting)
	}
	driver.Dialer(deadlineDialer{c.timeouts.Connect, c.timeouts.response()})
	c.address, c.driver = address, driver
	return nil
}

// Connect makes a connection. Certificates and a .pgpass file are read at each one;
// an address that a file holds is read again where the server refuses the login.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	var network *deadlineConn
	ctx = context.WithValue(ctx, networkKey{}, &network)
	conn, err := c.current().Connect(ctx)
	if isLoginRefused(err) && c.reload() {
		conn, err = c.current().Connect(ctx)
	}
	if err != nil {
		return nil, err
	}
	if network != nil {
		c.networks.Store(conn, network)
		network.setOnClose(func() { c.networks.Delete(conn) })
	}
	return conn, nil
}

func (c *connector) current() *pq.Connector {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.driver
}

// reload reads the file with the address and reports whether it has changed. A file
// that cannot be read, or holds no address, leaves the old one in force.
func (c *connector) reload() (changed bool) {
	if c.file == "" {
		return false
	}
	address, err := c.readFile()
	if err != nil {
		return false
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return address != c.address && c.configure(address) == nil
}

func (c *connector) readFile() (string, error) {
	text, err := os.ReadFile(c.file)
	if err != nil {
		return "", fmt.Errorf("%s_FILE: the file cannot be read; check its path and rights", c.setting)
	}
	return strings.TrimSpace(string(text)), nil
}

// Driver gives the connector itself, so that ReadOnly finds it through the pool.
func (c *connector) Driver() driver.Driver { return poolDriver{c} }

// poolDriver is the driver of one pool.
type poolDriver struct{ *connector }

// Open is never called: a pool connects through its connector.
func (poolDriver) Open(string) (driver.Conn, error) {
	return nil, errors.New("a pool of this package opens no other address")
}

func isLoginRefused(err error) bool {
	var server *pq.Error
	return errors.As(err, &server) && server.Code.Class() == "28"
}
