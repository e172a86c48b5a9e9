package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// progress prints a line per step, with its seconds, while the person waits.
type progress struct {
	to    io.Writer
	began time.Time
}

func newProgress(to io.Writer) *progress { return &progress{to, time.Now()} }

// step runs one step, with a dot every five seconds of a long one. What it returns as text goes behind the seconds.
func (p *progress) step(about string, do func() (string, error)) error {
	fmt.Fprintf(p.to, "  %-48s", about)
	began, done := time.Now(), make(chan struct{})
	var dotting sync.WaitGroup
	dotting.Go(func() {
		dot := time.NewTicker(5 * time.Second)
		defer dot.Stop()
		for {
			select {
			case <-done:
				return
			case <-dot.C:
				fmt.Fprint(p.to, ".")
			}
		}
	})
	outcome, err := do()
	close(done)
	dotting.Wait()
	if err != nil {
		fmt.Fprintln(p.to, " failed")
		return err
	}
	fmt.Fprintf(p.to, "%6.1f s  %s\n", time.Since(began).Seconds(), outcome)
	return nil
}

// println prints a line that is no step.
func (p *progress) println(format string, arguments ...any) {
	fmt.Fprintf(p.to, format+"\n", arguments...)
}

func (p *progress) seconds() float64 { return time.Since(p.began).Seconds() }
