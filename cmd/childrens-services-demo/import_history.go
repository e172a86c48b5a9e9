package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"golang.org/x/sync/errgroup"
)

const (
	yearsOfHistory = 2
	job            = "childrens_services"
)

// importHistory imports the history into the data of the managers' Prometheus, before it starts: with its retention set from
// the first moment, nothing of the past is deleted as too old.
func (s *environment) importHistory(ctx context.Context, t tools, data string) error {
	var output bytes.Buffer
	from := s.today.AddDate(-yearsOfHistory, 0, 0)
	err := s.step(fmt.Sprintf("Working out %d years of history", yearsOfHistory), func() (string, error) {
		err := s.runExporter(ctx, &output, "backfill", "-from", from.Format("2006-01-02"), "-dir", s.dir+"/history",
			"-label", "job="+job, "-label", "instance="+s.authority(), "-label", "authority="+s.authority())
		return fmt.Sprintf("%d days", int(s.today.Sub(from).Hours()/24)), err
	})
	if err != nil {
		return err
	}
	files := strings.Fields(output.String())
	return s.step("Importing it into Prometheus", func() (string, error) {
		importing, ctx := errgroup.WithContext(ctx)
		importing.SetLimit(2)
		for _, file := range files {
			importing.Go(func() error {
				return runProgram(ctx, program{
					name: "import", path: t.promtool, arguments: []string{
						// Blocks of 20 days instead of 2 hours: a twentieth of the time. promtool does not list the flag.
						"tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=744h", "--quiet", file, data,
					},
				}, s.logs())
			})
		}
		if err := importing.Wait(); err != nil {
			return "", err
		}
		return fmt.Sprintf("%d months", len(files)), nil
	})
}
