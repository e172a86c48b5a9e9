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

func TestFinishTellsWhatAFailedProgramSaidLast(t *testing.T) {
	err := finish(context.Background(), program{
		name: "sad", path: "sh", arguments: []string{"-c", "echo first; echo the reason >&2; exit 3"},
	}, t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "sad failed (exit status 3)") || !strings.Contains(err.Error(), "the reason") {
		t.Errorf("got %v", err)
	}
}

func TestFinishGivesAProgramNothingOfOurEnvironment(t *testing.T) {
	t.Setenv("CSE_LISTEN_ADDRESS", "elsewhere")
	var said bytes.Buffer
	err := finish(context.Background(), program{
		name: "env", path: "sh", arguments: []string{"-c", `echo "$CSE_LISTEN_ADDRESS,$CSE_INTERVAL"`},
		environment: []string{"CSE_INTERVAL=1m"}, stdout: &said,
	}, t.TempDir())
	if err != nil || said.String() != ",1m\n" {
		t.Errorf("got %q, %v", said.String(), err)
	}
}

func TestFinishEndsTheProgramWithTheContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	err := finish(ctx, program{name: "long", path: "sleep", arguments: []string{"1000"}}, t.TempDir())
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestStopLeavesNoProcess(t *testing.T) {
	started, err := start(program{name: "long", path: "sleep", arguments: []string{"1000"}}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := started.stop(); err != nil {
		t.Error(err)
	}
	if err := syscall.Kill(started.cmd.Process.Pid, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("the process is still there: %v", err)
	}
	if err := started.stop(); err != nil {
		t.Errorf("a second stop: %v", err)
	}
}

func TestStageNoticesAProcessThatEnds(t *testing.T) {
	s := &stage{dir: t.TempDir(), progress: newProgress(t.Output())}
	started, err := start(program{name: "short", path: "sh", arguments: []string{"-c", "echo gone; exit 1"}}, s.dir)
	if err != nil {
		t.Fatal(err)
	}
	s.processes = append(s.processes, started)
	if err := s.wait(context.Background()); err == nil || !strings.Contains(err.Error(), "short ended unexpectedly: gone") {
		t.Errorf("got %v", err)
	}
	if err := s.alive(); err == nil {
		t.Error("the stage takes an ended process for alive")
	}
}

func TestEndedTellsAStopFromAFailure(t *testing.T) {
	running := context.Background()
	told, stop := context.WithCancel(running)
	stop()
	broken, stuck := errors.New("broken"), errors.New("stuck")
	for name, c := range map[string]struct {
		ctx             context.Context
		failed, closing error
		want            string
	}{
		"all well":                {running, nil, nil, ""},
		"told to stop when ready": {told, nil, nil, ""},
		"told to stop before":     {told, broken, nil, "stopped; nothing is left behind"},
		"a failure":               {running, broken, nil, "broken"},
		"something left behind":   {told, nil, stuck, "stuck"},
		"both":                    {told, broken, stuck, "broken\nstuck"},
	} {
		got := ""
		if err := ended(c.ctx, c.failed, c.closing); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
