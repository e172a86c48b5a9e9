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

// stage is what everything happens on: a folder, a database server and processes, all gone when it is closed.
type stage struct {
	options
	*progress
	repository string
	dir        string // removed at the end
	today      time.Time
	cluster    *temppg.Cluster
	processes  []*process
	endings    []func() error // run from the last to the first
}

// openStage makes the folder, starts the database server and builds the exporter if there is none. Close it even when
// it returns an error.
func openStage(ctx context.Context, o options, p *progress) (*stage, error) {
	s := &stage{options: o, progress: p, today: calendar.Today(time.Now())}
	var err error
	if s.repository, err = repository(); err != nil {
		return s, err
	}
	if s.dir, err = os.MkdirTemp("", "childrens-services-demo-"); err != nil {
		return s, fmt.Errorf("make a folder: %w", err)
	}
	s.endings = append(s.endings, func() error { return os.RemoveAll(s.dir) })
	if err := os.Mkdir(s.logs(), 0o700); err != nil {
		return s, fmt.Errorf("make a folder for logs: %w", err)
	}
	if s.exporter == "" {
		if err := s.step("Building the exporter", func() (string, error) { return "", s.build(ctx) }); err != nil {
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
		s.endings = append(s.endings, s.cluster.Stop)
		return "", nil
	})
}

// close ends everything in reverse order. It has no context: it runs because one has ended.
func (s *stage) close() error {
	var failed []error
	for _, end := range slices.Backward(s.endings) {
		failed = append(failed, end())
	}
	s.endings = nil
	return errors.Join(failed...)
}

// stopped is the end of a demonstration that was interrupted before it was ready.
type stopped struct{}

func (stopped) Error() string { return "stopped; nothing is left behind" }

// ended is the outcome of a demonstration that failed or not, and was then closed. What fails because we were told to
// stop is no failure of its own.
func ended(ctx context.Context, failed, closing error) error {
	if failed != nil && ctx.Err() != nil && closing == nil {
		return stopped{}
	}
	return errors.Join(failed, closing)
}

func (s *stage) logs() string { return filepath.Join(s.dir, "logs") }

// serve starts a program that runs until the stage is closed.
func (s *stage) serve(p program) error {
	started, err := start(p, s.logs())
	if err != nil {
		return err
	}
	s.processes = append(s.processes, started)
	s.endings = append(s.endings, started.stop)
	return nil
}

// wait blocks until the context ends, which is how a demonstration is meant to end, or a process ends, which is not.
func (s *stage) wait(ctx context.Context) error {
	ended := make(chan *process, len(s.processes))
	for _, one := range s.processes {
		go func() {
			<-one.ended
			ended <- one
		}()
	}
	select {
	case <-ctx.Done():
		return nil
	case one := <-ended:
		if ctx.Err() != nil {
			return nil
		}
		return unexpectedEnd(one)
	}
}

// alive is an error once one of the processes has ended.
func (s *stage) alive() error {
	for _, one := range s.processes {
		select {
		case <-one.ended:
			return unexpectedEnd(one)
		default:
		}
	}
	return nil
}

func unexpectedEnd(p *process) error {
	return fmt.Errorf("%s ended unexpectedly: %s", p.name, p.lastLines(6))
}

// until polls, because none of the servers tells when it is ready.
func (s *stage) until(ctx context.Context, what string, patience time.Duration, ready func(context.Context) error) error {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, fmt.Errorf("not within %s", patience))
	defer cancel()
	look := time.NewTicker(100 * time.Millisecond)
	defer look.Stop()
	for {
		last := ready(ctx)
		if last == nil {
			return nil
		}
		if err := s.alive(); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s: %w; last seen: %w", what, context.Cause(ctx), last)
		case <-look.C:
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

// build compiles the exporter with the person's own Go settings.
func (s *stage) build(ctx context.Context) error {
	s.exporter = filepath.Join(s.dir, "childrens-services-exporter")
	return finish(ctx, program{
		name: "build", path: "go", dir: s.repository, environment: os.Environ(),
		arguments: []string{"build", "-buildvcs=false", "-o", s.exporter, "./cmd/childrens-services-exporter"},
	}, s.logs())
}
