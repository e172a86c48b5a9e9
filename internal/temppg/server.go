package temppg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

// server is a child process that does not outlive this one.
type server struct {
	process *os.Process
	ended   chan struct{} // closed when the process is gone
	err     error         // how it ended; read after ended
}

// run starts a program as owner. The kernel sends the death signal when the thread that made the child ends, not when
// the process does, and Go ends threads as it likes; so one goroutine keeps its thread from the child's start to its
// end.
func run(command []string, dir string, owner *owner, log io.Writer) (*server, error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = dir
	cmd.Stdout, cmd.Stderr = log, log
	// PGDATA, PGPORT and the rest of the caller's environment belong to another server.
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "LC_ALL=C.UTF-8", "TZ=UTC"}
	cmd.SysProcAttr = attributes(owner)

	s := &server{ended: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with the goroutine
		err := cmd.Start()
		s.process = cmd.Process
		started <- err
		if err == nil {
			s.err = cmd.Wait()
		}
		close(s.ended)
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("run %s: %w", command[0], err)
	}
	return s, nil
}

// wait returns how the process ended, killing it when the context ends first.
func (s *server) wait(ctx context.Context) error {
	select {
	case <-s.ended:
		return s.err
	case <-ctx.Done():
		return errors.Join(ctx.Err(), s.quit(time.Second))
	}
}

// quit asks for PostgreSQL's immediate shutdown, which frees its shared memory, and insists after patience.
func (s *server) quit(patience time.Duration) error {
	if err := s.process.Signal(syscall.SIGQUIT); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("signal the server: %w", err)
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-s.ended:
		return nil
	case <-timer.C:
	}
	if err := s.process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("kill the server: %w", err)
	}
	<-s.ended
	return nil
}

// tail passes the log on and remembers its end, where a server that does not start says why.
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
