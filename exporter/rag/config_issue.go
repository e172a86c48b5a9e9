package rag

import (
	"log/slog"
	"slices"
)

// ConfigIssue is an entry of the council's own that is left out: the rest of the
// scorecard goes on without it.
type ConfigIssue struct {
	// Input is what the entry belongs to: targets, benchmarks, meetings or state.
	Input string
	// Message is one line that begins with file and line.
	Message string
}

// LogNew names each entry that is left out and was not before. About says whose it
// is, in pairs as slog has them.
func LogNew(log *slog.Logger, left, before []ConfigIssue, attrs ...any) {
	for _, one := range left {
		if !slices.Contains(before, one) {
			log.Warn("an entry is left out", slices.Concat(attrs, []any{"input", one.Input, "why", one.Message})...)
		}
	}
}
