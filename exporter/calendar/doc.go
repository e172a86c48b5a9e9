// Package calendar calculates the days that an indicator is computed for: the windows that a council reports by, the one
// ordered list of report kinds, and the working days in which statutory limits are counted.
//
// A civil date is a time.Time at 00:00 UTC. Nothing here reads a clock: the caller gives the day, and [Today] turns an
// instant into a day.
package calendar
