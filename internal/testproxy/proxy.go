// Package testproxy stands between the exporter and a PostgreSQL server in tests of what a network or a connection pooler
// does. It listens on loopback.
package testproxy

import (
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// Proxy forwards connections to a server. It can fall silent as a dead network does, go away and come back, and treat
// start-up parameters as PgBouncer does. The zero value forwards everything.
type Proxy struct {
	// DropParameters drops the start-up parameters that a pooler ignores.
	DropParameters bool
	// RefusedParameter is the start-up parameter that is refused, if any.
	RefusedParameter string

	listener net.Listener
	server   string
	silent   atomic.Bool

	mutex       sync.Mutex
	connections []net.Conn
}

// Start listens for the rest of the test and gives the URL of the database by way of the proxy.
func (p *Proxy) Start(t *testing.T, database string) string {
	t.Helper()
	at, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	p.server = filepath.Join(at.Query().Get("host"), ".s.PGSQL."+at.Query().Get("port"))
	p.listen(t, "127.0.0.1:0")
	t.Cleanup(p.Cut)
	at.Host, at.RawQuery = p.listener.Addr().String(), "sslmode=disable"
	return at.String()
}

// Silence makes the proxy take bytes and pass none on, or ends that.
func (p *Proxy) Silence(silent bool) { p.silent.Store(silent) }

// Cut ends every connection and accepts no more.
func (p *Proxy) Cut() {
	_ = p.listener.Close()
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for _, connection := range p.connections {
		_ = connection.Close()
	}
	p.connections = nil
}

// Resume accepts connections at the same address as before Cut.
func (p *Proxy) Resume(t *testing.T) {
	t.Helper()
	p.listen(t, p.listener.Addr().String())
}

func (p *Proxy) listen(t *testing.T, address string) {
	t.Helper()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	p.listener = listener
	go p.accept(listener)
}

func (p *Proxy) accept(listener net.Listener) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("unix", p.server)
		if err != nil {
			_ = client.Close()
			continue
		}
		p.mutex.Lock()
		p.connections = append(p.connections, client, server)
		p.mutex.Unlock()
		go func() {
			if p.forwardStart(client, server) == nil {
				go p.forward(client, server)
				p.forward(server, client)
			}
		}()
	}
}

// forwardStart passes on the first message, with the parameters that the server may see.
func (p *Proxy) forwardStart(client, server net.Conn) error {
	header := make([]byte, 4)
	if _, err := io.ReadFull(client, header); err != nil {
		return err
	}
	body := make([]byte, binary.BigEndian.Uint32(header)-4)
	if _, err := io.ReadFull(client, body); err != nil {
		return err
	}
	if p.RefusedParameter != "" && strings.Contains(string(body), "\x00"+p.RefusedParameter+"\x00") {
		text := "SFATAL\x00C08P01\x00Munsupported startup parameter: " + p.RefusedParameter + "\x00\x00"
		answer := binary.BigEndian.AppendUint32([]byte("E"), uint32(len(text)+4))
		_, _ = client.Write(append(answer, text...))
		return client.Close()
	}
	if p.DropParameters && len(body) > 12 {
		body = withoutParameters(body)
	}
	if p.silent.Load() {
		return nil
	}
	_, err := server.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(body)+4)), body...))
	return err
}

// withoutParameters leaves user and database in a start-up message.
func withoutParameters(body []byte) []byte {
	fields := strings.Split(string(body[4:]), "\x00")
	message := slices.Clone(body[:4])
	for i := 0; i+1 < len(fields) && fields[i] != ""; i += 2 {
		if fields[i] == "user" || fields[i] == "database" {
			message = append(message, fields[i]+"\x00"+fields[i+1]+"\x00"...)
		}
	}
	return append(message, 0)
}

// forward passes bytes on until one side ends. A silent proxy takes them and passes nothing, and does not say that a side
// has ended.
func (p *Proxy) forward(to, from net.Conn) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if !p.silent.Load() && n > 0 {
			if _, err := to.Write(buffer[:n]); err != nil {
				break
			}
		}
		if err != nil {
			break
		}
	}
	if !p.silent.Load() {
		_, _ = to.Close(), from.Close()
	}
}
