// Command childrens-services-demo shows the exporter at work on this machine: a synthetic council in a throw-away
// PostgreSQL, the exporter, two years of history, a Prometheus for managers and one for the public, and Grafana if there
// is one. When it ends it leaves nothing behind.
//
// It is started in the repository, because it builds the exporter and serves the dashboards that are there.
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
	"time"

	"childrens-services-exporter/internal/synthetic"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// options are the command line.
type options struct {
	profile  synthetic.Profile
	seed     uint64
	exporter string // a built exporter; "" builds one
	once     bool
	public   bool
	smoke    bool
	report   string // a folder
}

func run(arguments []string, stdout, stderr io.Writer) int {
	o, err := readOptions(arguments, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		fmt.Fprintln(stderr, "childrens-services-demo:", err)
		return 2
	}
	// A closed terminal or pipe must not leave servers behind either.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	defer stop()
	ctx, cancel := withParent(ctx)
	defer cancel()
	switch {
	case o.once:
		err = printExposition(ctx, o, stdout, stderr)
	case o.report != "":
		err = writeReports(ctx, o, stdout, stderr)
	case o.smoke:
		err = runSmokeTest(ctx, o, stdout)
	default:
		err = runDemo(ctx, o, stdout)
	}
	switch {
	case err == nil:
		return 0
	case errors.As(err, new(interruptedError)):
		fmt.Fprintln(stderr, "childrens-services-demo:", err)
		return 130
	default:
		fmt.Fprintln(stderr, "childrens-services-demo:", err)
		return 1
	}
}

func readOptions(arguments []string, stderr io.Writer) (options, error) {
	set := flag.NewFlagSet("childrens-services-demo", flag.ContinueOnError)
	set.SetOutput(stderr)
	var o options
	profile := set.String("profile", "wokingham", "size of the council: "+strings.Join(synthetic.Profiles(), ", "))
	set.Uint64Var(&o.seed, "seed", 1, "another number is another council of the same size")
	set.StringVar(&o.exporter, "exporter", "", "a built childrens-services-exporter; without it one is built")
	set.BoolVar(&o.once, "once", false, "print one collection's exposition and exit")
	set.BoolVar(&o.public, "public", false, "with -once: the public page")
	set.BoolVar(&o.smoke, "smoke", false, "run everything on free ports, check it and exit")
	set.StringVar(&o.report, "report", "", "write the report on the last closed quarter into this folder and exit")
	if err := set.Parse(arguments); err != nil {
		return o, err
	}
	if set.NArg() > 0 {
		return o, fmt.Errorf("%q is not expected; -h lists the flags", set.Arg(0))
	}
	if o.public && !o.once || o.once && o.smoke || o.report != "" && (o.once || o.smoke) {
		return o, errors.New("-public goes with -once, and -smoke and -report with neither; -h lists the flags")
	}
	var err error
	o.profile, err = synthetic.FindProfile(*profile)
	return o, err
}

// withParent ends the context when `go run` dies of a signal that it does not pass on.
func withParent(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	program, err := os.Executable()
	if err != nil || !strings.Contains(program, "/go-build") {
		return ctx, cancel
	}
	parent := os.Getppid()
	go func() {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				if os.Getppid() != parent {
					cancel()
				}
			}
		}
	}()
	return ctx, cancel
}
