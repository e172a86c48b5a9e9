package main

import (
	"context"
	"io"
)

// once prints one collection of a fresh council; progress goes where it does not mix with it.
func once(ctx context.Context, o options, stdout, stderr io.Writer) (err error) {
	s, err := openStage(ctx, o, newProgress(stderr))
	defer func() { err = ended(ctx, err, s.close()) }()
	if err != nil {
		return err
	}
	if err := s.furnish(ctx); err != nil {
		return err
	}
	return s.collect(ctx, stdout, o.public)
}

func (s *stage) collect(ctx context.Context, stdout io.Writer, public bool) error {
	arguments := []string{"collect"}
	if public {
		arguments = append(arguments, "-public")
	}
	return s.step("Collecting once", func() (string, error) { return "", s.ask(ctx, stdout, arguments...) })
}
