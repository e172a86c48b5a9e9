// Package report writes the report for a committee: one HTML page that prints well and
// loads nothing else, and the same numbers as CSV.
package report

import (
	"time"

	"childrens-services-exporter/exporter/benchmark"
	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/commentary"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/disclosure"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/source"
)

// columns is how many periods a table shows: a year of quarters.
const columns = 4

// Builder makes reports. Its fields are what a report needs beside the snapshots of its
// sources.
type Builder struct {
	Settings   config.Settings
	Catalogue  *definition.Catalogue
	Calendar   *calendar.Calendar
	RAG        rag.Policy
	Benchmarks *benchmark.Table
	Commentary commentary.Collection
	// Disclosure is the policy of disclosure control for a public report.
	Disclosure disclosure.Policy
	// Recorded is true where first reported values outlive the command.
	Recorded bool
}

// Request selects a report.
type Request struct {
	Period calendar.Period
	// Today is the day from which the data are seen, and Now when it is written.
	Today, Now time.Time
	// Public asks for a report after disclosure control.
	Public bool
}

// Evaluation is the request to evaluate each source for the report, with the targets in
// force.
func (r Request) Evaluation(read source.ReadOptions, targets rag.Targets) evaluate.Request {
	read.AsOf = r.Today
	return evaluate.Request{Read: read, Targets: targets, Periods: evaluate.PeriodRequest{Report: r.Period, Public: r.Public}}
}

// earlier is a period of the report's kind before it.
func (r Request) earlier(cal *calendar.Calendar, offset int) (calendar.Period, error) {
	return cal.ReportPeriod(r.Period.Kind, r.Period.Ends, offset)
}

// Open reports whether the period is not over.
func (r Request) Open() bool { return !r.Period.Ends.Before(r.Today) }

// Ends is the last day that the report covers.
func (r Request) Ends() time.Time {
	if r.Open() {
		return r.Today
	}
	return r.Period.Ends
}
