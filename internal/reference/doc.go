// Package reference computes the indicators a second time: slowly, row by row, in plain Go, from the rows as they are
// loaded. It is the other opinion that the SQL of the exporter is checked against, so it shares nothing with it: no
// staging, no calendar, no code list, and no import from the exporter's packages.
//
// It reads like the definitions on purpose. Where a loop over every row says most plainly who is counted, there is a
// loop over every row.
package reference
