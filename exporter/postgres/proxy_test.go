package postgres_test

import (
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// proxy stands between the exporter and a server. It can fall silent as a dead
// network does, and treat start-up parameters as PgBouncer does.
type proxy struct {
	listener net.Listener
	server   string
	silent   atomic.Bool
	// ignored drops the start-up parameters that a pooler ignores; refused is the one
	// that it refuses.
	ignored bool
	refused string
}

// listen starts a proxy to the database at a URL and gives the URL by way of it.
func (p *proxy) listen(t *testing.T, database string) string {
	t.Helper()
	at, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	if p.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.listener.Close() })
	p.server = filepath.Join(at.Query().Get("host"), ".s.PGSQL."+at.Query().Get("port"))
	go p.accept(t)
	at.Host, at.RawQuery = p.listener.Addr().String(), "sslmode=disable"
	return at.String()
}

func (p *proxy) accept(t *testing.T) {
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
		t.Cleanup(func() { _, _ = client.Close(), server.Close() })
		go func() {
			if p.start(client, server) == nil {
				go p.copy(client, server)
				p.copy(server, client)
			}
		}()
	}
}

// start passes on the first message, with the parameters that the server may see.
func (p *proxy) start(client, server net.Conn) error {
	header := make([]byte, 4)
	if _, err := io.ReadFull(client, header); err != nil {
		return err
	}
	body := make([]byte, binary.BigEndian.Uint32(header)-4)
	if _, err := io.ReadFull(client, body); err != nil {
		return err
	}
	if p.refused != "" && strings.Contains(string(body), "\x00"+p.refused+"\x00") {
		text := "SFATAL\x00C08P01\x00Munsupported startup parameter: " + p.refused + "\x00\x00"
		answer := binary.BigEndian.AppendUint32([]byte("E"), uint32(len(text)+4))
		_, _ = client.Write(append(answer, text...))
		return client.Close()
	}
	if p.ignored && len(body) > 12 {
		fields := strings.Split(string(body[4:]), "\x00")
		kept := string(body[:4])
		for i := 0; i+1 < len(fields) && fields[i] != ""; i += 2 {
			if fields[i] == "user" || fields[i] == "database" {
				kept += fields[i] + "\x00" + fields[i+1] + "\x00"
			}
		}
		body = []byte(kept + "\x00")
	}
	_, err := server.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(body)+4)), body...))
	return err
}

// copy passes bytes on. A silent proxy takes them and passes nothing.
func (p *proxy) copy(to, from net.Conn) {
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
