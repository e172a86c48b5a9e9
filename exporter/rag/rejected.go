package rag

import (
	"log/slog"
	"slices"
)

// Rejected is an entry of the council's own that is left out: the rest of the
// scorecard goes on without it.
type Rejected struct {
	// Input is what the entry belongs to: targets, benchmarks, meetings or state.
	Input string
	// Why is one line that begins with file and line.
	Why string
}

// Tell names each entry that is left out and was not before. About says whose it
// is, in pairs as slog has them.
func Tell(log *slog.Logger, left, before []Rejected, about ...any) {
	for _, one := range left {
		if !slices.Contains(before, one) {
			log.Warn("an entry is left out", slices.Concat(about, []any{"input", one.Input, "why", one.Why})...)
		}
	}
}
