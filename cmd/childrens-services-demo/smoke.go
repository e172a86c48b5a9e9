package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"syscall"

	"childrens-services-exporter/internal/synthetic"
)

// check is one thing that has to hold while everything runs.
type check struct {
	about string
	do    func(context.Context) (string, error)
}

// smoke performs the whole demonstration on free ports, checks it, takes it down, and checks that nothing is left. A
// failed check does not hide the ones after it.
func smoke(ctx context.Context, o options, stdout io.Writer) error {
	p := newProgress(stdout)
	t, err := findTools()
	if err != nil {
		return err
	}
	a, err := chooseAddresses(false)
	if err != nil {
		return err
	}
	s, err := openStage(ctx, o, p)
	if err == nil {
		err = s.perform(ctx, t, a)
	}
	if err == nil {
		err = s.inspect(ctx, t, a)
	}
	left := s.leavings(a)
	err = ended(ctx, err, p.step("Taking it down", func() (string, error) { return "", errors.Join(s.close(), left()) }))
	if err == nil {
		err = p.smallPublic(ctx, o)
	}
	if err != nil {
		return err
	}
	p.say("All well after %.0f s.", p.seconds())
	return nil
}

func (s *stage) inspect(ctx context.Context, t tools, a addresses) error {
	v := visit{stage: s, tools: t, addresses: a}
	checks := []check{
		{"Every target is up", v.targets},
		{"promtool finds nothing on the three pages", v.lint},
		{"Every indicator has a sample", v.sampled},
		{"Past and present are one series", v.oneSeries},
		{"Every query of every page has data", v.answered},
	}
	if t.grafana != "" {
		checks = append(checks, check{"Grafana has the dashboards and reaches its data", v.dashboards})
	}
	var failed []error
	for _, one := range checks {
		if err := s.step(one.about, func() (string, error) { return one.do(ctx) }); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", one.about, err))
		}
	}
	return errors.Join(append(failed, s.alive())...)
}

// leavings notes what exists now, and returns a function that finds what of it is left.
func (s *stage) leavings(a addresses) func() error {
	folders := []string{s.dir}
	if s.cluster != nil {
		if address, err := url.Parse(s.cluster.URL("postgres")); err == nil {
			folders = append(folders, address.Query().Get("host"))
		}
	}
	return func() error {
		var left []error
		for _, folder := range folders {
			if _, err := os.Stat(folder); folder != "" && !errors.Is(err, os.ErrNotExist) {
				left = append(left, fmt.Errorf("the folder %s is left behind", folder))
			}
		}
		for _, one := range s.processes {
			// The group holds what a process has started itself.
			if err := syscall.Kill(-one.cmd.Process.Pid, 0); !errors.Is(err, syscall.ESRCH) {
				left = append(left, fmt.Errorf("a process of %s is left behind", one.name))
			}
		}
		for _, address := range []string{a.exporter, a.managers, a.public, a.grafana} {
			listener, err := net.Listen("tcp", address)
			if err != nil {
				left = append(left, fmt.Errorf("%s is still taken: %w", address, err))
				continue
			}
			left = append(left, listener.Close())
		}
		return errors.Join(left...)
	}
}

// smallPublic looks at the public page of the smallest council, where most counts could identify a child.
func (p *progress) smallPublic(ctx context.Context, o options) (err error) {
	if o.profile, err = synthetic.ProfileNamed("small"); err != nil {
		return err
	}
	s, err := openStage(ctx, o, p)
	defer func() { err = ended(ctx, err, s.close()) }()
	if err == nil {
		err = s.furnish(ctx)
	}
	if err != nil {
		return err
	}
	return s.step("Its public page holds no count of 1 to 5", func() (string, error) { return s.undisclosed(ctx) })
}
