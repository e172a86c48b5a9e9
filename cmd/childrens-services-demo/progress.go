package main

import (
	"fmt"
	"io"
	"time"
)

// progress prints a line per step, with its seconds, while the person waits.
type progress struct {
	to    io.Writer
	began time.Time
}

func newProgress(to io.Writer) *progress { return &progress{to, time.Now()} }

// step runs one step. What it returns as text goes behind the seconds.
func (p *progress) step(about string, do func() (string, error)) error {
	fmt.Fprintf(p.to, "  %-52s", about)
	began := time.Now()
	outcome, err := do()
	if err != nil {
		fmt.Fprintln(p.to, " failed")
		return err
	}
	fmt.Fprintf(p.to, "%6.1f s  %s\n", time.Since(began).Seconds(), outcome)
	return nil
}

// say prints a line that is no step.
func (p *progress) say(format string, arguments ...any) { fmt.Fprintf(p.to, format+"\n", arguments...) }

func (p *progress) seconds() float64 { return time.Since(p.began).Seconds() }
