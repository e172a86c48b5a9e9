package main

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"childrens-services-exporter/internal/synthetic"
)

// sources are the databases of a council, as the exporter calls them.
func sources() []string { return []string{"social_care", "education"} }

// loadData writes the council and loads it with the exporter's own load command, then gives the exporter the login that
// a council would give it: columns, not tables, and nothing to write.
func (s *environment) loadData(ctx context.Context) error {
	extracts := filepath.Join(s.dir, "extracts")
	err := s.step("Making up a council ("+s.profile.Name+")", func() (string, error) {
		summary, err := synthetic.Write(extracts, s.profile, s.seed, s.today)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%d tables", len(summary.Tables)), ctx.Err()
	})
	if err != nil {
		return err
	}
	reports := make([]bytes.Buffer, len(sources()))
	return s.step("Loading its extracts", func() (string, error) {
		loading, ctx := errgroup.WithContext(ctx)
		for i, source := range sources() {
			loading.Go(func() error { return s.loadSource(ctx, source, filepath.Join(extracts, source), &reports[i]) })
		}
		if err := loading.Wait(); err != nil {
			return "", err
		}
		var rows []string
		for i := range reports {
			rows = append(rows, loadedRows(reports[i].String()))
		}
		return strings.Join(rows, " and "), os.RemoveAll(extracts)
	})
}

// loadedRows takes the number of rows from the last line of a load's report.
func loadedRows(report string) string {
	report = strings.TrimSpace(report)
	last := strings.TrimPrefix(report[strings.LastIndexByte(report, '\n')+1:], "In all: ")
	rows, _, _ := strings.Cut(last, " in ")
	return rows
}

func (s *environment) loadSource(ctx context.Context, source, extracts string, report *bytes.Buffer) error {
	if err := s.cluster.Create(ctx, source); err != nil {
		return err
	}
	err := runProgram(ctx, program{
		name: "load-" + source, path: s.exporter, stdout: report,
		arguments: []string{
			"load", "-source", source, "-allow", strings.Join(synthetic.ImpossibleDates(source), ","), extracts,
		},
		environment: []string{"CSE_LOAD_DATABASE_URL=" + s.cluster.URL(source)},
	}, s.logs())
	if err != nil {
		return err
	}
	psql, err := findPsql()
	if err != nil {
		return err
	}
	return runProgram(ctx, program{
		name: "roles-" + source, path: psql, arguments: []string{
			"-X", "-q", "-v", "login=" + login(source), "-v", "contact_outcome=yes", "-v", "placement_postcode=yes",
			"-f", filepath.Join(s.repository, "deploy", "postgres", "roles.sql"), s.cluster.URL(source),
		},
	}, s.logs())
}

// login is the exporter's role: one each, because a role belongs to the server and its limit of sessions with it.
func login(source string) string { return "exporter_" + source }

// databaseURL is a database as the exporter's own login sees it.
func (s *environment) databaseURL(source string) (string, error) {
	address, err := url.Parse(s.cluster.URL(source))
	if err != nil {
		return "", fmt.Errorf("address %s: %w", source, err)
	}
	address.User = url.User(login(source))
	return address.String(), nil
}

// findPsql looks in PATH, then where Debian keeps the newest server.
func findPsql() (string, error) {
	if programs, err := exec.LookPath("psql"); err == nil {
		return programs, nil
	}
	programs, err := filepath.Glob("/usr/lib/postgresql/*/bin/psql")
	if err != nil || len(programs) == 0 {
		return "", fmt.Errorf("no psql in PATH or /usr/lib/postgresql: run `make tools`")
	}
	slices.Sort(programs)
	return programs[len(programs)-1], nil
}
