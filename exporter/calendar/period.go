package calendar

import "time"

// Period is a window of days and the day it is relative to: a row of the relation period.
type Period struct {
	// AsOf is the day the window is relative to. Of a closed window it lies after Ends; of a report period it equals Ends.
	AsOf time.Time
	Kind Kind
	// Label is what a reader sees, such as "2025-26 Q4" or "to 2026-03-31".
	Label string
	// Starts and Ends are the first and the last day, both included.
	Starts, Ends time.Time
}

// Key identifies what is computed. Two periods with equal keys have the same figures, whatever day they are relative to. It
// can be compared with == and used as a map key.
type Key struct {
	Kind         Kind
	Starts, Ends time.Time
}

// Key gives the identity of what is computed for the period.
func (p Period) Key() Key {
	// Equal dates may have different zones, as when read from a database, and would not be equal by ==.
	return Key{Kind: p.Kind, Starts: civilDate(p.Starts), Ends: civilDate(p.Ends)}
}

// Unique removes the periods whose key came before, and leaves the order. Many days share a closed window, which is then
// computed once.
func Unique(periods []Period) []Period {
	seen := make(map[Key]struct{}, len(periods))
	unique := make([]Period, 0, len(periods))
	for _, p := range periods {
		key := p.Key()
		if _, repeated := seen[key]; repeated {
			continue
		}
		seen[key] = struct{}{}
		unique = append(unique, p)
	}
	return unique
}
