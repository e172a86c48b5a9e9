package collector_test

import (
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"testing"
)

// proxy forwards connections between the exporter and the server, and can fall silent
// or go away as a network does.
type proxy struct {
	listener net.Listener
	server   string
	lock     sync.Mutex
	silent   bool
	conns    []net.Conn
}

// proxyTo starts a proxy to the database at a URL and gives the URL by way of it.
func proxyTo(t *testing.T, database string) (*proxy, string) {
	t.Helper()
	at, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{listener: listener, server: filepath.Join(at.Query().Get("host"), ".s.PGSQL."+at.Query().Get("port"))}
	t.Cleanup(p.cut)
	go p.accept()
	at.Host, at.RawQuery = listener.Addr().String(), "sslmode=disable"
	return p, at.String()
}

func (p *proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("unix", p.server)
		if err != nil {
			_ = client.Close()
			continue
		}
		p.lock.Lock()
		p.conns = append(p.conns, client, server)
		p.lock.Unlock()
		go p.copy(server, client)
		go p.copy(client, server)
	}
}

// copy passes bytes on until one side ends. A silent proxy takes them and passes
// nothing, as a dead network does.
func (p *proxy) copy(to, from net.Conn) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		p.lock.Lock()
		silent := p.silent
		p.lock.Unlock()
		if !silent && n > 0 {
			if _, err := to.Write(buffer[:n]); err != nil {
				break
			}
		}
		if err != nil {
			break
		}
	}
	_, _ = to.Close(), from.Close()
}

func (p *proxy) silence(silent bool) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.silent = silent
}

// cut ends every connection and accepts no more.
func (p *proxy) cut() {
	_ = p.listener.Close()
	p.lock.Lock()
	defer p.lock.Unlock()
	for _, conn := range p.conns {
		_ = conn.Close()
	}
	p.conns = nil
}

// again accepts connections at the same address as before.
func (p *proxy) again(t *testing.T) {
	t.Helper()
	listener, err := net.Listen("tcp", p.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	p.listener = listener
	go p.accept()
}
