package main

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestRunProgramReportsTheLastLines(t *testing.T) {
	err := runProgram(context.Background(), program{
		name: "sad", path: "sh", arguments: []string{"-c", "echo first; echo the reason >&2; exit 3"},
	}, t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "sad failed (exit status 3)") || !strings.Contains(err.Error(), "the reason") {
		t.Errorf("got %v", err)
	}
}

func TestRunProgramHidesTheEnvironment(t *testing.T) {
	t.Setenv("CSE_LISTEN_ADDRESS", "elsewhere")
	var output bytes.Buffer
	err := runProgram(context.Background(), program{
		name: "env", path: "sh", arguments: []string{"-c", `echo "$CSE_LISTEN_ADDRESS,$CSE_INTERVAL"`},
		environment: []string{"CSE_INTERVAL=1m"}, stdout: &output,
	}, t.TempDir())
	if err != nil || output.String() != ",1m\n" {
		t.Errorf("got %q, %v", output.String(), err)
	}
}

func TestRunProgramEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	err := runProgram(ctx, program{name: "long", path: "sleep", arguments: []string{"1000"}}, t.TempDir())
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestStopLeavesNoProcess(t *testing.T) {
	started, err := startProgram(program{name: "long", path: "sleep", arguments: []string{"1000"}}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := started.Stop(); err != nil {
		t.Error(err)
	}
	if err := syscall.Kill(started.PID(), 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("the process is still there: %v", err)
	}
	if err := started.Stop(); err != nil {
		t.Errorf("a second stop: %v", err)
	}
}

func TestEnvironmentReportsAProcessThatEnds(t *testing.T) {
	s := &environment{dir: t.TempDir(), progress: newProgress(t.Output())}
	started, err := startProgram(program{name: "short", path: "sh", arguments: []string{"-c", "echo gone; exit 1"}}, s.dir)
	if err != nil {
		t.Fatal(err)
	}
	s.processes = append(s.processes, started)
	if err := s.waitForEnd(context.Background()); err == nil || !strings.Contains(err.Error(), "short ended unexpectedly: gone") {
		t.Errorf("got %v", err)
	}
	if err := s.checkProcesses(); err == nil {
		t.Error("the stage takes an ended process for alive")
	}
}

func TestOutcomeSeparatesInterruptFromFailure(t *testing.T) {
	running := context.Background()
	interrupted, stop := context.WithCancel(running)
	stop()
	broken, stuck := errors.New("broken"), errors.New("stuck")
	for name, c := range map[string]struct {
		ctx             context.Context
		failed, closing error
		want            string
	}{
		"all well":                 {running, nil, nil, ""},
		"asked to stop when ready": {interrupted, nil, nil, ""},
		"asked to stop before":     {interrupted, broken, nil, "stopped; nothing is left behind"},
		"a failure":                {running, broken, nil, "broken"},
		"something left behind":    {interrupted, nil, stuck, "stuck"},
		"both":                     {interrupted, broken, stuck, "broken\nstuck"},
	} {
		got := ""
		if err := outcome(c.ctx, c.failed, c.closing); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
