package config

import (
	"log/slog"
	"slices"
)

// Issue is an entry of the council's settings, files or tables that cannot be used. It is left out, and the rest
// of the input is used.
type Issue struct {
	// Input is what the entry belongs to: targets, benchmarks, meetings, commentary or state.
	Input string
	// Message is one line that begins with file and line.
	Message string
}

// LogNew logs each issue that is not among those of the last read. The attrs are pairs of key and value, as slog has
// them.
func LogNew(log *slog.Logger, issues, before []Issue, attrs ...any) {
	for _, issue := range issues {
		if !slices.Contains(before, issue) {
			log.Warn("an entry is left out", slices.Concat(attrs, []any{"input", issue.Input, "reason", issue.Message})...)
		}
	}
}
