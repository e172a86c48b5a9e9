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
	"strings"
	"syscall"

	"github.com/prometheus/common/version"

	"childrens-services-exporter/exporter/config"
)

const programName = "childrens-services-exporter"

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// Exit codes: 1 for a source that fails, 2 for what the person can put right in
// the settings or on the command line.
const (
	exitSource = 1
	exitUsage  = 2
)

// command is one verb of the program.
type command struct {
	name, usage, summary string
	run                  func(context.Context, *program, []string) error
}

func commands() []command {
	return []command{
		{"serve", "", "serve the metrics (the default)", runServe},
		{"check", "", "connect and list which indicators are ready, and why others are not", runCheck},
		{"collect", "[-public|-workers] [-accept] [-as-of DAY]", "collect once and print the exposition", runCollect},
		{"backfill", "[-from DAY] [-to DAY] [-label NAME=VALUE]... [-dir DIR]", "write history as OpenMetrics for promtool", runBackfill},
		{"records", "INDICATOR [-as-of DAY] [-window KIND] [-team TEAM]", "list the rows behind a number as CSV", runRecords},
		{"catalogue", "[-json]", "print the definitions handbook", runCatalogue},
		{"report", "-period PERIOD [-public] [-dir DIR] [-as-of DAY]", "write the committee's report as one page that prints well, and as CSV", runReport},
		{"benchmarks", "VALUES.csv -publication TEXT -dir DIR [-neighbours FILE]", "convert published figures to the benchmark table", runBenchmarks},
		{"load", "-source SOURCE [-dates ORDER] [-allow TABLE.COLUMN] [-allow-shrink TABLE] DIR", "load CSV extracts into a PostgreSQL warehouse", runLoad},
	}
}

func findCommand(name string) (command, error) {
	for _, command := range commands() {
		if command.name == name {
			return command, nil
		}
	}
	return command{}, usageError{fmt.Errorf("no command %q; %s help lists them", name, programName)}
}

// program is what every command is given. parse reads the configuration.
type program struct {
	config         *config.Environment
	stdout, stderr io.Writer
}

// usageError is a mistake that the person can put right.
type usageError struct{ error }

// Unwrap returns the cause, so that an interrupt is not taken for a mistake.
func (e usageError) Unwrap() error { return e.error }

func run(arguments []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := &program{stdout: stdout, stderr: stderr}
	return exitCode(p.run(ctx, arguments), stderr)
}

func (p *program) run(ctx context.Context, arguments []string) error {
	if len(arguments) == 0 {
		return runServe(ctx, p, nil)
	}
	switch arguments[0] {
	case "-version", "--version":
		p.print("%s\n", version.Print(programName))
		return nil
	case "-h", "-help", "--help", "help":
		return p.help(ctx, arguments[1:])
	}
	if arguments[0] == "" || arguments[0][0] == '-' {
		return runServe(ctx, p, arguments)
	}
	command, err := findCommand(arguments[0])
	if err != nil {
		return err
	}
	return command.run(ctx, p, arguments[1:])
}

// help prints the help of a command, or lists all.
func (p *program) help(ctx context.Context, names []string) error {
	if len(names) > 0 {
		command, err := findCommand(names[0])
		if err != nil {
			return err
		}
		return command.run(ctx, p, []string{"-h"})
	}
	p.print("%s serves indicators of children's services as Prometheus gauges.\n\nCommands:\n", programName)
	for _, command := range commands() {
		p.print("  %-10s %s\n             %s\n", command.name, command.summary, strings.TrimSpace(command.name+" "+command.usage))
	}
	p.print("\n%s COMMAND -h prints the flags of a command, %[1]s --version the version.\n", programName)
	p.print("Settings are environment variables that begin with CSE_; README.md lists them.\n")
	return nil
}

// exitCode prints an error as one clear line and gives the exit code.
func exitCode(err error, stderr io.Writer) int {
	var usage usageError
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, context.Canceled):
		// Only serve is meant to be stopped, and then gives no error.
		_, _ = fmt.Fprintln(stderr, programName+": stopped before it was done")
		return exitSource
	case errors.As(err, &usage):
		_, _ = fmt.Fprintln(stderr, programName+":", err)
		return exitUsage
	default:
		_, _ = fmt.Fprintln(stderr, programName+":", err)
		return exitSource
	}
}

// flags makes the flag set of a command; a wrong flag is one line, not a page.
func (p *program) flags(name string) *flag.FlagSet {
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.Usage = func() {}
	return set
}

// parse reads the flags of a command, before and after its operands, and then the
// configuration, which help does not need.
func (p *program) parse(set *flag.FlagSet, arguments []string) ([]string, error) {
	operands, err := parseFlags(set, arguments)
	switch {
	case errors.Is(err, flag.ErrHelp):
		p.printUsage(set)
		return nil, err
	case err != nil:
		return nil, usageError{fmt.Errorf("%[1]s: %[2]w; %[1]s -h lists the flags", set.Name(), err)}
	}
	if p.config, err = readEnvironment(); err != nil {
		return nil, usageError{err}
	}
	return operands, nil
}

func parseFlags(set *flag.FlagSet, arguments []string) ([]string, error) {
	var operands []string
	for {
		if err := set.Parse(arguments); err != nil {
			return nil, err
		}
		if set.NArg() == 0 {
			return operands, nil
		}
		operands = append(operands, set.Arg(0))
		arguments = set.Args()[1:]
	}
}

// printUsage prints the help of the command that a flag set belongs to.
func (p *program) printUsage(set *flag.FlagSet) {
	if command, err := findCommand(set.Name()); err == nil {
		p.print("%s\n  %s\n", strings.TrimSpace(command.name+" "+command.usage), command.summary)
	}
	set.SetOutput(p.stdout)
	set.PrintDefaults()
}
