package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// process is a program that we started and that does not outlive us.
type process struct {
	name  string
	log   string // file with what it wrote
	cmd   *exec.Cmd
	ended chan struct{}
	err   error // how it ended; read after ended
}

// program says what to start. Its environment holds nothing of ours but PATH and HOME: CSE_, PG and GF_ variables of
// the person's shell belong to other servers.
type program struct {
	name        string
	path        string
	arguments   []string
	environment []string
	stdin       io.Reader // nil is nothing
	stdout      io.Writer // nil is the log
	dir         string
}

// startProgram runs a program with a log of its own in the folder of logs.
func startProgram(p program, logs string) (*process, error) {
	started := &process{name: p.name, log: filepath.Join(logs, p.name+".log"), ended: make(chan struct{})}
	log, err := os.OpenFile(started.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", p.name, err)
	}
	started.cmd = exec.Command(p.path, p.arguments...)
	started.cmd.Stdin, started.cmd.Stdout, started.cmd.Stderr, started.cmd.Dir = p.stdin, log, log, p.dir
	if p.stdout != nil {
		started.cmd.Stdout = p.stdout
	}
	started.cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}, p.environment...)
	started.cmd.SysProcAttr = attributes()

	running := make(chan error)
	go func() {
		// The kernel ties the child's life to the thread that started it, so the thread has to stay.
		runtime.LockOSThread()
		err := started.cmd.Start()
		running <- err
		if err == nil {
			started.err = started.cmd.Wait()
		}
		_ = log.Close() // the child's copy is what is written to
		close(started.ended)
	}()
	if err := <-running; err != nil {
		return nil, fmt.Errorf("start %s: %w", p.name, err)
	}
	return started, nil
}

// runProgram starts a program that ends by itself and waits for it.
func runProgram(ctx context.Context, p program, logs string) error {
	started, err := startProgram(p, logs)
	if err != nil {
		return err
	}
	select {
	case <-started.ended:
		return started.failure()
	case <-ctx.Done():
		return errors.Join(ctx.Err(), started.stop())
	}
}

// failure explains how the process ended, with the last lines of its log.
func (p *process) failure() error {
	if p.err == nil {
		return nil
	}
	return fmt.Errorf("%s failed (%w): %s", p.name, p.err, p.lastLines(6))
}

func (p *process) lastLines(n int) string {
	text, err := os.ReadFile(p.log)
	if err != nil {
		return "it has no log"
	}
	lines := strings.Split(string(bytes.TrimSpace(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n  ")
}

// stop asks the process to end, insists after ten seconds, and returns when it is gone.
func (p *process) stop() error {
	for _, ask := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		if err := p.cmd.Process.Signal(ask); err != nil && !errors.Is(err, os.ErrProcessDone) {
			return fmt.Errorf("stop %s: %w", p.name, err)
		}
		patience := time.NewTimer(10 * time.Second)
		defer patience.Stop()
		select {
		case <-p.ended:
			return nil
		case <-patience.C:
		}
	}
	return fmt.Errorf("stop %s: process %d does not end", p.name, p.cmd.Process.Pid)
}
