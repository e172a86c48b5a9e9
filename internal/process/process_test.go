package process_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"childrens-services-exporter/internal/process"
)

func command(script string) process.Command {
	return process.Command{
		Path: "/bin/sh", Args: []string{"-c", script}, Env: []string{"PATH=" + os.Getenv("PATH")},
		StopSignal: syscall.SIGTERM, KillAfter: 100 * time.Millisecond,
	}
}

func TestWaitReturnsHowTheProcessEnded(t *testing.T) {
	t.Setenv("CSE_INTERVAL", "1m")
	var output bytes.Buffer
	c := command(`echo "interval $CSE_INTERVAL"; exit 3`)
	c.Stdout = &output
	p, err := process.Start(c)
	if err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := p.Wait(t.Context()); !errors.As(err, &exit) || exit.ExitCode() != 3 {
		t.Errorf("Wait = %v, want exit status 3", err)
	}
	if got := output.String(); got != "interval \n" {
		t.Errorf("output %q, want nothing of our environment", got)
	}
	if p.Err() == nil {
		t.Error("Err is nil after the process failed")
	}
}

func TestStartOfAMissingProgram(t *testing.T) {
	if _, err := process.Start(process.Command{Path: "/no/such/program"}); err == nil || !strings.Contains(err.Error(), "/no/such/program") {
		t.Errorf("Start = %v, want an error that names the program", err)
	}
}

func TestWaitStopsTheProcessWithItsContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	p, err := process.Start(command("exec sleep 1000"))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Wait = %v, want the error of the context", err)
	}
	if err := syscall.Kill(p.PID(), 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("the process is still there: %v", err)
	}
}

// The script ignores the stop signal and keeps ours for output, which a child of it inherits.
func TestStopKillsAProcessThatIgnoresTheSignal(t *testing.T) {
	c := command(`trap "" TERM; echo ready; while :; do sleep 0.05; done`)
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	c.Stdout = write
	p, err := process.Start(c)
	if err != nil {
		t.Fatal(err)
	}
	if err := write.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := read.Read(make([]byte, 6)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := p.Stop(); err != nil {
			t.Error(err)
		}
	}
	if err := syscall.Kill(p.PID(), 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("the process is still there: %v", err)
	}
}
