// Package mutation tests the tests: it changes the definitions of indicators in every place where a small change
// should matter, one at a time, and reports which changes neither the golden councils nor the reference implementation notice.
package mutation
