package source

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

// Source is one database of the council with its staging layer and guards.
type Source struct {
	Name      string
	DB        *sqlx.DB
	Staging   *Staging
	Settings  config.SourceSettings
	Catalogue *definition.Catalogue
	Calendar  *calendar.Calendar
	Guard     *Guard
}

// UnavailableError is a reason not to read a source just now that is nobody's fault: a
// refresh is under way. The last good values stay.
type UnavailableError struct {
	// Reason is short and from a closed list: refresh, gave_way, or a guard's.
	Reason string
	// Message explains it to a person.
	Message string
}

func (r *UnavailableError) Error() string { return r.Reason + ": " + r.Message }

// belief is what the guards are asked of a reading.
type belief int

const (
	judge    belief = iota
	hasty           // judge, but take a reading that persists for no proof
	remember        // believe what a guard would hold, from now on
	once            // believe it for this reading and tell nobody
)

// Read opens a transaction in which every table stays as it is, checks that no
// refresh came between, lets the guards judge, and calls the function. With
// accept the guards believe, and remember, what they would hold.
//
// The error is a *Refusal where a refresh or a guard forbids reading now. What
// the function found may be used only if there is no error: a refresh can show
// as late as with the last cohort.
func (s *Source) Read(ctx context.Context, today time.Time, accept bool, read func(context.Context, *Session) error) error {
	if accept {
		return s.read(ctx, today, remember, read)
	}
	return s.read(ctx, today, judge, read)
}

func (s *Source) read(ctx context.Context, today time.Time, trust belief, read func(context.Context, *Session) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	tx, err := s.DB.BeginTxx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("%s: cannot begin to read: %w", s.Name, err)
	}
	defer func() { _ = tx.Rollback() }()
	// Before the first lock: a refresh must not wait even while the tables are
	// being touched one by one.
	watching, err := s.giveWay(ctx, tx, stop)
	if err != nil {
		return err
	}
	defer watching()
	err = s.guarded(ctx, tx, today, trust, read)
	var refusal *UnavailableError
	if err != nil && errors.As(context.Cause(ctx), &refusal) {
		return refusal
	}
	return err
}

func (s *Source) guarded(ctx context.Context, tx *sqlx.Tx, today time.Time, trust belief, read func(context.Context, *Session) error) error {
	shape, err := Introspect(ctx, tx, s.Settings.Schema, s.Settings.Prefix)
	if err != nil {
		return fmt.Errorf("%s: %w", s.Name, err)
	}
	reading := &Session{source: s.Name, tx: tx, calendar: s.Calendar, unreadable: map[string]string{}}
	if reading.staging, err = reading.readCodeMap(ctx, s.Staging, shape); err != nil {
		return err
	}
	if err := reading.readTargets(ctx, s.Guard, shape); err != nil {
		return err
	}
	if err := reading.readSaid(ctx, shape); err != nil {
		return err
	}
	reading.Plans = reading.staging.Prepare(s.Catalogue, shape)
	if err := reading.touch(ctx); err != nil {
		return err
	}
	if err := reading.readTables(ctx, s, shape, today); err != nil {
		return err
	}
	if err := s.consult(reading, trust); err != nil {
		return err
	}
	if err := read(ctx, reading); err != nil {
		return err
	}
	return reading.spoilt
}

// consult lets the guards judge what was counted.
func (s *Source) consult(reading *Session, trust belief) error {
	if trust == once {
		return nil
	}
	verdict, kept := s.Guard.judge(reading.Tables, trust == remember, trust == hasty)
	if reasons := sortedKeys(verdict.Held); len(reasons) > 0 {
		// In the order of the alphabet the reasons to wait for a person go first.
		var why []string
		for _, reason := range reasons {
			why = append(why, verdict.Held[reason])
		}
		if kept != nil {
			why = append(why, kept.Error())
		}
		return &UnavailableError{reasons[0], strings.Join(why, "; ")}
	}
	if kept != nil {
		verdict.Warnings = append(verdict.Warnings, kept.Error())
	}
	reading.Empty, reading.Warnings = verdict.Empty, verdict.Warnings
	if reading.Empty[targetTable] {
		reading.Targets = nil
	}
	if reading.Empty[codeMap] {
		return &UnavailableError{"empty", "table " + codeMap + " is empty, which is not believed yet; collect -accept believes it"}
	}
	return nil
}
