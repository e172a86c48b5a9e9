package temppg

import (
	"io"
	"os"
	"strings"
	"sync"
	"syscall"
	"time"

	"childrens-services-exporter/internal/process"
)

// command runs one of PostgreSQL's programs under the server's account. SIGQUIT is PostgreSQL's immediate shutdown, which
// frees its shared memory.
func command(path, dir string, owner *owner, log io.Writer, arguments ...string) process.Command {
	return process.Command{
		Path: path, Args: arguments, Dir: dir, Stdout: log, Stderr: log, Credential: owner.credential,
		// PGDATA, PGPORT and the rest of the caller's environment belong to another server.
		Env:        []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "LC_ALL=C.UTF-8", "TZ=UTC"},
		StopSignal: syscall.SIGQUIT, KillAfter: 10 * time.Second,
	}
}

// tail passes the log on and keeps its end, which has the error of a server that does not start.
type tail struct {
	mu   sync.Mutex
	next io.Writer
	end  []byte
}

const tailBytes = 2000

func newTail(next io.Writer) *tail {
	if next == nil {
		next = io.Discard
	}
	return &tail{next: next}
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.end = append(t.end, p...)
	if extra := len(t.end) - tailBytes; extra > 0 {
		t.end = append(t.end[:0], t.end[extra:]...)
	}
	return t.next.Write(p)
}

func (t *tail) last() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(string(t.end))
}
