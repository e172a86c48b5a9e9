// Package process runs child processes that end with this process.
package process

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// Command is a program to start.
type Command struct {
	Path       string
	Args       []string // without the program
	Env        []string // all of it; nothing is inherited
	Dir        string
	Stdin      io.Reader
	Stdout     io.Writer
	Stderr     io.Writer
	Credential *syscall.Credential // nil runs it as ourselves

	StopSignal syscall.Signal // asks the program to end; on Linux the kernel sends it too when this process dies
	KillAfter  time.Duration  // from StopSignal to SIGKILL
}

// Process is a started command.
type Process struct {
	cmd    *exec.Cmd
	cancel context.CancelFunc
	ended  chan struct{}
	err    error // set before ended is closed
}

// Start starts a command.
func Start(c Command) (*Process, error) {
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, c.Path, c.Args...)
	cmd.Env, cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = c.Env, c.Dir, c.Stdin, c.Stdout, c.Stderr
	if c.Env == nil {
		cmd.Env = []string{} // nil would inherit ours
	}
	cmd.SysProcAttr = attributes(c)
	cmd.Cancel = func() error { return cmd.Process.Signal(c.StopSignal) }
	cmd.WaitDelay = c.KillAfter

	p := &Process{cmd: cmd, cancel: cancel, ended: make(chan struct{})}
	started := make(chan error)
	go func() {
		// The kernel sends the death signal when the thread that started the child ends, so the goroutine keeps its thread
		// until the child has ended. It never unlocks: the thread ends with the goroutine.
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			p.err = cmd.Wait()
		}
		cancel()
		close(p.ended)
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("run %s: %w", c.Path, err)
	}
	return p, nil
}

// PID is the number of the process.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Ended is closed when the process has ended.
func (p *Process) Ended() <-chan struct{} { return p.ended }

// Err is how the process ended. It is valid once Ended is closed.
func (p *Process) Err() error { return p.err }

// Wait returns how the process ended. It stops the process if the context ends first.
func (p *Process) Wait(ctx context.Context) error {
	select {
	case <-p.ended:
		return p.err
	case <-ctx.Done():
		return errors.Join(ctx.Err(), p.Stop())
	}
}

// Stop asks the process to end, kills it after KillAfter, and returns when it has ended. Stopping it again does nothing.
func (p *Process) Stop() error {
	p.cancel()
	limit := time.NewTimer(2*p.cmd.WaitDelay + time.Second)
	defer limit.Stop()
	select {
	case <-p.ended:
		return nil
	case <-limit.C:
		return fmt.Errorf("process %d does not end", p.PID())
	}
}
