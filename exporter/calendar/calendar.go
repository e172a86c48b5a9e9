package calendar

import (
	"fmt"
	"slices"
	"time"
)

// Options are the settings of a calendar. The zero value is England's calendar with three terms.
type Options struct {
	// Terms in the order of the academic year. Empty means autumn from
	// 1 September, spring from 1 January, summer from 16 April.
	Terms []TermStart
	// BankHolidays takes the place of England's own. Nil leaves those; an empty list means that there are none.
	BankHolidays []time.Time
	// ExtraBankHolidays are added: a day proclaimed since this release, or
	// one on which the council is closed.
	ExtraBankHolidays []time.Time
	// NotBankHolidays are taken away, such as the usual date of one moved.
	NotBankHolidays []time.Time
}

// Calendar calculates the windows and the working days of one council. It does not change after [New], so that goroutines
// may share it.
type Calendar struct {
	terms        []TermStart
	bankHolidays map[time.Time]struct{}
}

// New builds a calendar. It refuses terms out of order or on days that not every year has, and holidays at a weekend or
// both added and taken away; the error names the setting and the date.
func New(options Options) (*Calendar, error) {
	terms := slices.Clone(options.Terms)
	if len(terms) == 0 {
		terms = defaultTerms()
	}
	if err := checkTerms(terms); err != nil {
		return nil, err
	}
	bankHolidays, err := bankHolidaySet(options)
	if err != nil {
		return nil, err
	}
	return &Calendar{terms: terms, bankHolidays: bankHolidays}, nil
}

// At is the window of a kind relative to a day. A snapshot is that day. A running kind (fytd, rolling_12m, acytd) ends on
// it. Any other kind is the last window that ended before it, so that its figures no longer grow by the hour: on 31 March
// the last quarter is still October to December.
//
// At panics on a kind that [Kinds] does not list; [ParseKind] refuses such a kind.
func (c *Calendar) At(kind Kind, asOf time.Time) Period {
	asOf = civilDate(asOf)
	switch kind {
	case Snapshot:
		return Period{AsOf: asOf, Kind: kind, Label: asOf.Format(time.DateOnly), Starts: asOf, Ends: asOf}
	case FinancialYearToDate:
		return runningPeriod(kind, financialYear(asOf).starts, asOf)
	case Rolling12Months:
		return runningPeriod(kind, twelveMonthsBefore(asOf), asOf)
	case AcademicYearToDate:
		return runningPeriod(kind, c.academicYear(asOf).starts, asOf)
	}
	open, contiguous := c.windowAround(kind, asOf)
	if !contiguous {
		panic(fmt.Sprintf("calendar: kind %q does not exist", kind))
	}
	closed, _ := c.windowAround(kind, open.starts.AddDate(0, 0, -1))
	return Period{AsOf: asOf, Kind: kind, Label: closed.label, Starts: closed.starts, Ends: closed.ends}
}

// ReportPeriod is the named period of a kind at an offset, with AsOf equal to Ends. Offset 0 is the open period, from its
// first day to asOf; 1 is the last that closed before asOf; 2 the one before that.
//
// It refuses a negative offset, and the kinds whose windows do not follow one another: snapshot, fytd, rolling_12m, acytd.
func (c *Calendar) ReportPeriod(kind Kind, asOf time.Time, offset int) (Period, error) {
	if offset < 0 {
		return Period{}, fmt.Errorf("report %s %d periods back: give 0 for the open one, 1 for the last closed", kind, offset)
	}
	asOf = civilDate(asOf)
	around, contiguous := c.windowAround(kind, asOf)
	if !contiguous {
		return Period{}, fmt.Errorf("report by %q: choose week, month, quarter, fy, term, acyear or cy", kind)
	}
	if offset == 0 {
		return Period{AsOf: asOf, Kind: kind, Label: around.label, Starts: around.starts, Ends: asOf}, nil
	}
	for range offset {
		around, _ = c.windowAround(kind, around.starts.AddDate(0, 0, -1))
	}
	return Period{AsOf: around.ends, Kind: kind, Label: around.label, Starts: around.starts, Ends: around.ends}, nil
}

func runningPeriod(kind Kind, starts, asOf time.Time) Period {
	return Period{AsOf: asOf, Kind: kind, Label: "to " + asOf.Format(time.DateOnly), Starts: starts, Ends: asOf}
}
