package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
)

// attended fills the weekly attendance of all who were enrolled in so many school years, the running one included, and
// returns how many rows they are. One in six is often away, one in forty mostly.
func attended(b *testing.B, db *sqlx.DB, years int) int64 {
	b.Helper()
	const weeks = `
insert into attendance_summary (
    pupil_id, urn, period_start, period_end, academic_year, term, sessions_possible, sessions_authorised, sessions_unauthorised
)
select enrolled.pupil_id,
       enrolled.urn,
       week.monday,
       week.monday + 4,
       week.autumn || '/' || week.autumn + 1,
       case when extract(month from week.monday) >= 9 then 'autumn' when extract(month from week.monday) < 4 then 'spring' else 'summer' end,
       10,
       case when enrolled.luck < 25 then chance.n % 11 when enrolled.luck < 170 then chance.n % 4 when chance.n % 9 = 0 then 2 else 0 end,
       case when enrolled.luck < 170 and chance.n % 7 = 0 then 1 else 0 end
from (
    select days.day::date as monday, autumn
    from generate_series($1::integer - $2::integer + 1, $1::integer) as years (autumn)
    cross join lateral generate_series(make_date(autumn, 9, 7), make_date(autumn + 1, 7, 15), interval '1 week') as days (day)
    where extract(month from days.day) <> 4 and days.day::date + 4 <= $3::date
) as week
join (
    select pupil_id, urn, entry_date, leaving_date, abs(hashtext(pupil_id)::bigint) % 1000 as luck
    from pupil_enrolment
    where enrol_status in ('C', 'M')
) as enrolled on enrolled.entry_date <= week.monday and coalesce(enrolled.leaving_date, 'infinity') > week.monday + 4
cross join lateral (select abs(hashtext(enrolled.pupil_id || week.monday)::bigint) as n) as chance`
	written, err := db.Exec(weeks, benchmarkDay().Year(), years, benchmarkDay())
	if err != nil {
		b.Fatal(fmt.Errorf("attendance: %w", err))
	}
	rows, err := written.RowsAffected()
	if err != nil {
		b.Fatal(err)
	}
	return rows
}

// forgetPeakMemory resets peakMemory.
func forgetPeakMemory(b *testing.B) {
	b.Helper()
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o200); err != nil {
		b.Logf("the peak of memory is that of the whole benchmark: %v", err)
	}
}

// peakMemory is the peak resident memory of the process, in MiB.
func peakMemory(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Fatal(err)
	}
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	var kilobytes float64
	if _, err := fmt.Sscan(after, &kilobytes); err != nil {
		b.Fatal(fmt.Errorf("VmHWM: %w", err))
	}
	return kilobytes / 1024
}
