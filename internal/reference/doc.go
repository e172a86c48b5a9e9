// Package reference computes the indicators a second time: slowly, row by row, in plain Go, from the rows as they are
// loaded. The SQL of the exporter is compared with it, so it shares nothing with the exporter: no
// staging, no calendar, no code list, and no import from the exporter's packages.
//
// It reads like the definitions on purpose: where a loop over every row is the plainest way to count, it is a loop over
// every row.
package reference
