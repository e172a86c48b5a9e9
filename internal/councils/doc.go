// Package councils puts councils into databases for the proofs: those written by hand, with the numbers that follow from
// them, and any rows at all.
package councils
