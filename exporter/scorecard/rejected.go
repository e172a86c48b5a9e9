package scorecard

// Rejected is an entry of the council's own that is left out: the rest of the
// scorecard goes on without it.
type Rejected struct {
	// Input is what the entry belongs to: targets, benchmarks, meetings or state.
	Input string
	// Why is one line that begins with file and line.
	Why string
}
