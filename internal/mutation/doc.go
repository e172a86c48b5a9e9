// Package mutation proves the proofs: it changes the definitions of indicators in every place where a small change
// should matter, one at a time, and tells which changes neither the golden councils nor the oracle notice.
package mutation
