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
	"childrens-services-exporter/exporter/definition"
)

// Source is one database of the council with its staging layer and guards.
type Source struct {
	Name      string
	DB        *sqlx.DB
	Staging   *Staging
	Settings  definition.SourceSettings
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

// acceptMode is what the guards are asked of a reading.
type acceptMode int

const (
	enforce                acceptMode = iota
	enforceWithoutProgress            // judge, but take a reading that persists for no proof
	acceptAndStore                    // believe what a guard would hold, from now on
	acceptOnce                        // believe it for this reading and tell nobody
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
		return s.readOnce(ctx, today, acceptAndStore, read)
	}
	return s.readOnce(ctx, today, enforce, read)
}

func (s *Source) readOnce(ctx context.Context, today time.Time, mode acceptMode, read func(context.Context, *Session) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	tx, err := s.DB.BeginTxx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("%s: cannot begin to read: %w", s.Name, err)
	}
	defer func() { _ = tx.Rollback() }()
	// Before the first lock: a refresh must not wait even while the tables are
	// being touched one by one.
	stopWatching, err := s.watchBlockedSessions(ctx, tx, stop)
	if err != nil {
		return err
	}
	defer stopWatching()
	err = s.openSession(ctx, tx, today, mode, read)
	var unavailable *UnavailableError
	if err != nil && errors.As(context.Cause(ctx), &unavailable) {
		return unavailable
	}
	return err
}

func (s *Source) openSession(ctx context.Context, tx *sqlx.Tx, today time.Time, mode acceptMode, read func(context.Context, *Session) error) error {
	schema, err := Introspect(ctx, tx, s.Settings.Schema, s.Settings.Prefix)
	if err != nil {
		return fmt.Errorf("%s: %w", s.Name, err)
	}
	session := &Session{source: s.Name, tx: tx, calendar: s.Calendar, unreadable: map[string]string{}}
	if session.staging, err = session.readCodeMap(ctx, s.Staging, schema); err != nil {
		return err
	}
	if err := session.readTargets(ctx, s.Guard, schema); err != nil {
		return err
	}
	if err := session.readCommentary(ctx, schema); err != nil {
		return err
	}
	session.Plans = session.staging.Prepare(s.Catalogue, schema)
	if err := session.acquireLocks(ctx); err != nil {
		return err
	}
	if err := session.readTables(ctx, s, schema, today); err != nil {
		return err
	}
	if err := s.applyGuard(session, mode); err != nil {
		return err
	}
	if err := read(ctx, session); err != nil {
		return err
	}
	return session.abortErr
}

// applyGuard lets the guards judge what was counted.
func (s *Source) applyGuard(session *Session, mode acceptMode) error {
	if mode == acceptOnce {
		return nil
	}
	verdict, saveErr := s.Guard.check(session.Tables, mode == acceptAndStore, mode == enforceWithoutProgress)
	if reasons := sortedKeys(verdict.Held); len(reasons) > 0 {
		// In the order of the alphabet the reasons to wait for a person go first.
		var messages []string
		for _, reason := range reasons {
			messages = append(messages, verdict.Held[reason])
		}
		if saveErr != nil {
			messages = append(messages, saveErr.Error())
		}
		return &UnavailableError{reasons[0], strings.Join(messages, "; ")}
	}
	if saveErr != nil {
		verdict.Warnings = append(verdict.Warnings, saveErr.Error())
	}
	session.Empty, session.Warnings = verdict.Empty, verdict.Warnings
	if session.Empty[targetTable] {
		session.Targets = nil
	}
	if session.Empty[codeMap] {
		return &UnavailableError{"empty", "table " + codeMap + " is empty, which is not believed yet; collect -accept believes it"}
	}
	return nil
}
