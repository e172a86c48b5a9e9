package evaluate

import (
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/source"
)

// Request sets what an evaluation evaluates.
type Request struct {
	// Read is how the source is read.
	Read source.ReadOptions
	// Previous is the snapshot before; nil is the one that the state directory gives. A
	// cohort that fails has its values of before, with their own age.
	Previous *Snapshot
	// Targets are those in force before, of the settings and of every source's table.
	Targets rag.Targets
	// Live asks for the values of today, at every window.
	Live bool
	// Published asks for the values of the period that is open to the public, where they
	// are not in the previous snapshot.
	Published bool
	// Availability asks only whether each cohort can be evaluated.
	Availability bool
	// Periods asks for report periods.
	Periods PeriodRequest
}

// PeriodRequest sets which report periods are evaluated; the zero value is none.
type PeriodRequest struct {
	// Served asks for the periods that managers are served, and for the last meeting.
	// What is due of them is recorded as first reported.
	Served bool
	// Interval is how old those of the previous snapshot may be.
	Interval time.Duration
	// Report is the period of a report, which also shows those before it. Its last
	// closed period is recorded as first reported.
	Report calendar.Period
	// Public asks for a report that anyone may read: a period published before has the
	// values of then, and nothing is recorded as first reported.
	Public bool
}
