package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/internal/temppg"
)

// environment is a folder, a database server and processes, all removed when it is closed.
type environment struct {
	options
	*progress
	repository string
	dir        string // removed at the end
	today      time.Time
	cluster    *temppg.Cluster
	processes  []*child
	closers    []func() error // run from the last to the first
}

// openEnvironment creates the folder, starts the database server and builds the exporter if there is none. Close it even when
// it returns an error.
func openEnvironment(ctx context.Context, o options, p *progress) (*environment, error) {
	s := &environment{options: o, progress: p, today: calendar.Today(time.Now())}
	var err error
	if s.repository, err = repository(); err != nil {
		return s, err
	}
	if s.dir, err = os.MkdirTemp("", "childrens-services-demo-"); err != nil {
		return s, fmt.Errorf("make a folder: %w", err)
	}
	s.closers = append(s.closers, func() error { return os.RemoveAll(s.dir) })
	if err := os.Mkdir(s.logs(), 0o700); err != nil {
		return s, fmt.Errorf("make a folder for logs: %w", err)
	}
	if s.exporter == "" {
		if err := s.step("Building the exporter", func() (string, error) { return "", s.buildExporter(ctx) }); err != nil {
			return s, err
		}
	} else if s.exporter, err = filepath.Abs(s.exporter); err != nil {
		return s, fmt.Errorf("-exporter: %w", err)
	}
	return s, s.step("Starting a throw-away PostgreSQL on a socket", func() (string, error) {
		s.cluster, err = temppg.Start(ctx, temppg.Options{Bulk: true})
		if err != nil {
			return "", err
		}
		s.closers = append(s.closers, s.cluster.Stop)
		return "", nil
	})
}

// close ends everything in reverse order. It has no context: it runs because one has ended.
func (s *environment) close() error {
	var failed []error
	for _, end := range slices.Backward(s.closers) {
		failed = append(failed, end())
	}
	s.closers = nil
	return errors.Join(failed...)
}

// interruptedError is the error of a demonstration that was interrupted before it was ready.
type interruptedError struct{}

func (interruptedError) Error() string { return "stopped; nothing is left behind" }

// outcome joins the error of a demonstration with that of closing it. An error after the context ended is an interrupt.
func outcome(ctx context.Context, failed, closing error) error {
	if failed != nil && ctx.Err() != nil && closing == nil {
		return interruptedError{}
	}
	return errors.Join(failed, closing)
}

func (s *environment) logs() string { return filepath.Join(s.dir, "logs") }

// startServer starts a program that runs until the environment is closed.
func (s *environment) startServer(p program) error {
	started, err := startProgram(p, s.logs())
	if err != nil {
		return err
	}
	s.processes = append(s.processes, started)
	s.closers = append(s.closers, started.Stop)
	return nil
}

// waitForEnd blocks until the context ends, which is how a demonstration is meant to end, or a process ends, which is not.
func (s *environment) waitForEnd(ctx context.Context) error {
	ended := make(chan *child, len(s.processes))
	for _, p := range s.processes {
		go func() {
			<-p.Ended()
			ended <- p
		}()
	}
	select {
	case <-ctx.Done():
		return nil
	case p := <-ended:
		if ctx.Err() != nil {
			return nil
		}
		return unexpectedEnd(p)
	}
}

// checkProcesses returns an error once any of the processes has ended.
func (s *environment) checkProcesses() error {
	for _, p := range s.processes {
		select {
		case <-p.Ended():
			return unexpectedEnd(p)
		default:
		}
	}
	return nil
}

func unexpectedEnd(c *child) error {
	return fmt.Errorf("%s ended unexpectedly: %s", c.name, c.lastLines(6))
}

// waitUntil polls, because none of the servers signals when it is ready.
func (s *environment) waitUntil(ctx context.Context, what string, patience time.Duration, isReady func(context.Context) error) error {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, fmt.Errorf("not within %s", patience))
	defer cancel()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		last := isReady(ctx)
		if last == nil {
			return nil
		}
		if err := s.checkProcesses(); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s: %w; last seen: %w", what, context.Cause(ctx), last)
		case <-tick.C:
		}
	}
}

// repository is the folder of go.mod, from the working directory upwards.
func repository() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find the repository: %w", err)
	}
	for {
		text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && strings.HasPrefix(string(text), "module childrens-services-exporter\n") {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("this is not the repository of childrens-services-exporter: change into it first")
		}
		dir = filepath.Dir(dir)
	}
}

// buildExporter compiles the exporter with the person's own Go settings.
func (s *environment) buildExporter(ctx context.Context) error {
	s.exporter = filepath.Join(s.dir, "childrens-services-exporter")
	return runProgram(ctx, program{
		name: "build", path: "go", dir: s.repository, environment: os.Environ(),
		arguments: []string{"build", "-buildvcs=false", "-o", s.exporter, "./cmd/childrens-services-exporter"},
	}, s.logs())
}
