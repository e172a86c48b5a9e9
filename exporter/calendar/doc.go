// Package calendar answers which dates an indicator is computed for: the
// windows a council reports by, and the working days statutory limits are
// counted in.
//
// A civil date is a time.Time at 00:00 UTC. Nothing here reads a clock: the
// caller says what day it is, and [Today] turns an instant into that day.
package calendar
