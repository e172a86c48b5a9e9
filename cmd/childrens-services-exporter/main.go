// Command childrens-services-exporter asks a council's social care and education
// databases for aggregates and serves them as Prometheus gauges.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"childrens-services-exporter/exporter/config"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// Exit codes: 1 for a source that fails, 2 for what the person can put right in
// the settings or on the command line.
const (
	exitSource = 1
	exitUsage  = 2
)

// command is one verb of the program.
type command struct {
	name, usage, about string
	run                func(context.Context, *program, []string) error
}

func commands() []command {
	return []command{
		{"serve", "", "serve the metrics (the default)", runServe},
		{"check", "", "connect and tell which indicators are ready, and why others are not", runCheck},
		{"collect", "[-public|-workers] [-accept] [-as-of DAY]", "collect once and print the exposition", runCollect},
		{"backfill", "[-from DAY] [-to DAY] [-label NAME=VALUE]... [-dir DIR]", "write history as OpenMetrics for promtool", runBackfill},
		{"records", "INDICATOR [-as-of DAY] [-window KIND] [-team TEAM]", "list the rows behind a number as CSV", runRecords},
		{"catalogue", "[-json]", "print the definitions handbook", runCatalogue},
		{"report", "-period PERIOD [-public] [-dir DIR] [-as-of DAY]", "write the committee's report as one page that prints well, and as CSV", runReport},
		{"benchmarks", "VALUES.csv -publication TEXT -dir DIR [-neighbours FILE]", "convert published figures to the benchmark table", runBenchmarks},
		{"load", "-source SOURCE DIR", "load CSV extracts into a PostgreSQL warehouse", runLoad},
	}
}

// program is what every command is given.
type program struct {
	config         *config.Environment
	stdout, stderr io.Writer
}

// usageError is a mistake that the person can put right.
type usageError struct{ error }

// Unwrap lets a command that was stopped be told from a mistake.
func (e usageError) Unwrap() error { return e.error }

func run(arguments []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	name := "serve"
	if len(arguments) > 0 && arguments[0] != "" && arguments[0][0] != '-' {
		name, arguments = arguments[0], arguments[1:]
	}
	if len(arguments) > 0 && (arguments[0] == "-h" || arguments[0] == "-help" || arguments[0] == "--help") && name == "serve" || name == "help" {
		help(stdout)
		return 0
	}
	for _, one := range commands() {
		if one.name == name {
			return conclude(runCommand(ctx, one, arguments, stdout, stderr), stderr)
		}
	}
	return conclude(usageError{fmt.Errorf("no command %q; childrens-services-exporter help lists them", name)}, stderr)
}

func runCommand(ctx context.Context, one command, arguments []string, stdout, stderr io.Writer) error {
	env, err := readEnvironment()
	if err != nil {
		return usageError{err}
	}
	return one.run(ctx, &program{env, stdout, stderr}, arguments)
}

// conclude prints one clear line and gives the exit code.
func conclude(err error, stderr io.Writer) int {
	var usage usageError
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, context.Canceled):
		// Only serve is meant to be stopped, and then gives no error.
		_, _ = fmt.Fprintln(stderr, "childrens-services-exporter: stopped before it was done")
		return exitSource
	case errors.As(err, &usage):
		_, _ = fmt.Fprintln(stderr, "childrens-services-exporter:", err)
		return exitUsage
	default:
		_, _ = fmt.Fprintln(stderr, "childrens-services-exporter:", err)
		return exitSource
	}
}

func help(to io.Writer) {
	_, _ = fmt.Fprintln(to, "childrens-services-exporter serves indicators of children's services as Prometheus gauges.")
	_, _ = fmt.Fprintln(to, "\nCommands:")
	for _, one := range commands() {
		_, _ = fmt.Fprintf(to, "  %-10s %s\n             %s %s\n", one.name, one.about, one.name, one.usage)
	}
	_, _ = fmt.Fprintln(to, "\nSettings are environment variables that begin with CSE_; README.md lists them.")
}

// flags makes the flag set of a command; a wrong flag is one line, not a page.
func (p *program) flags(name string) *flag.FlagSet {
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.Usage = func() {}
	return set
}

// parse reads the flags of a command, before and after its operands.
func (p *program) parse(set *flag.FlagSet, arguments []string) ([]string, error) {
	var operands []string
	for {
		if err := set.Parse(arguments); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				for _, one := range commands() {
					if one.name == set.Name() {
						_, _ = fmt.Fprintf(p.stdout, "%s %s\n  %s\n", one.name, one.usage, one.about)
					}
				}
				set.SetOutput(p.stdout)
				set.PrintDefaults()
				return nil, err
			}
			return nil, usageError{fmt.Errorf("%[1]s: %[2]w; %[1]s -h lists the flags", set.Name(), err)}
		}
		if set.NArg() == 0 {
			return operands, nil
		}
		operands = append(operands, set.Arg(0))
		arguments = set.Args()[1:]
	}
}
