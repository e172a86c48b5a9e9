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

// check is a named test of the running demonstration.
type check struct {
	about string
	do    func(context.Context) (string, error)
}

// runSmokeTest starts everything on free ports, runs every check, removes everything and checks that nothing is left. A
// failed check does not stop the later ones.
func runSmokeTest(ctx context.Context, o options, stdout io.Writer) error {
	p := newProgress(stdout)
	t, err := findTools()
	if err != nil {
		return err
	}
	a, err := chooseAddresses(false)
	if err != nil {
		return err
	}
	s, err := openEnvironment(ctx, o, p)
	if err == nil {
		err = s.startAll(ctx, t, a)
	}
	if err == nil {
		err = s.runChecks(ctx, t, a)
	}
	left := s.leftovers(a)
	err = outcome(ctx, err, p.step("Taking it down", func() (string, error) { return "", errors.Join(s.close(), left()) }))
	if err == nil {
		err = p.checkSmallCouncil(ctx, o)
	}
	if err != nil {
		return err
	}
	p.println("All well after %.0f s.", p.seconds())
	return nil
}

func (s *environment) runChecks(ctx context.Context, t tools, a addresses) error {
	v := smokeTest{environment: s, tools: t, addresses: a}
	checks := []check{
		{"Every target is up", v.checkTargets},
		{"promtool finds nothing on the three pages", v.lintPages},
		{"Every indicator has a sample", v.checkIndicators},
		{"Past and present are one series", v.checkHistory},
		{"Every query of every page has data", v.checkQueries},
	}
	if t.grafana != "" {
		checks = append(checks, check{"Grafana has the dashboards and reaches its data", v.checkDashboards})
	}
	var failed []error
	for _, c := range checks {
		if err := s.step(c.about, func() (string, error) { return c.do(ctx) }); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", c.about, err))
		}
	}
	return errors.Join(append(failed, s.checkProcesses())...)
}

// leftovers records what exists now, and returns a function that reports what of it still exists.
func (s *environment) leftovers(a addresses) func() error {
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
		for _, p := range s.processes {
			// The group holds what a process has started itself.
			if err := syscall.Kill(-p.PID(), 0); !errors.Is(err, syscall.ESRCH) {
				left = append(left, fmt.Errorf("a process of %s is left behind", p.name))
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

// checkSmallCouncil looks at the public page of the smallest council, where most counts could identify a child.
func (p *progress) checkSmallCouncil(ctx context.Context, o options) (err error) {
	if o.profile, err = synthetic.FindProfile("small"); err != nil {
		return err
	}
	s, err := openEnvironment(ctx, o, p)
	defer func() { err = outcome(ctx, err, s.close()) }()
	if err == nil {
		err = s.loadData(ctx)
	}
	if err != nil {
		return err
	}
	return s.step("Its public page holds no count of 1 to 5", func() (string, error) { return s.checkPublicPage(ctx) })
}
