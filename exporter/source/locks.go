package source

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/lib/pq"
)

// acquireLocks takes the locks of all tables and then asks whether any of them was
// emptied or recreated after the transaction's view of the database began:
// PostgreSQL's snapshots do not protect against TRUNCATE.
func (r *Session) acquireLocks(ctx context.Context) error {
	faults := map[string]error{}
	for _, plan := range r.Plans {
		for _, statement := range plan.LockStatements {
			if plan.Missing != "" {
				break
			}
			fault, touched := faults[statement]
			if !touched {
				var err error
				if fault, err = r.acquireLock(ctx, statement); err != nil {
					return err
				}
				faults[statement] = fault
			}
			if err := plan.markUnavailable(statement, fault); err != nil {
				return err
			}
		}
		if plan.Missing == "" {
			r.requiredTables = append(r.requiredTables, plan.tableOIDs...)
		}
	}
	return r.verifyUnchanged(ctx)
}

func (r *Session) acquireLock(ctx context.Context, statement string) (fault, err error) {
	return r.withSavepoint(ctx, func() error {
		_, err := r.tx.ExecContext(ctx, statement)
		return err
	})
}

// markUnavailable switches off a cohort whose touch failed, it and no other, unless the
// fault tells of a refresh. A council's own SELECT may name a table that was
// never there, which is not one.
func (p *Plan) markUnavailable(statement string, fault error) error {
	if fault == nil {
		return nil
	}
	unavailable := refreshError(fault)
	if unavailable != nil && (isLockTimeout(fault) || !slices.Contains(p.overrideStatements, statement)) {
		return unavailable
	}
	p.Missing, p.TableMissing = Describe(fault), unavailable != nil
	return nil
}

func isLockTimeout(err error) bool {
	var server *pq.Error
	return errors.As(err, &server) && server.Code == "55P03"
}

// withSavepoint runs a query behind a savepoint. Fault is the server's complaint about
// the query, after which the transaction goes on; err spoils the transaction.
func (r *Session) withSavepoint(ctx context.Context, query func() error) (fault, err error) {
	if r.abortErr != nil {
		return nil, r.abortErr
	}
	if _, err := r.tx.ExecContext(ctx, "savepoint attempt"); err != nil {
		return nil, r.abort(fmt.Errorf("%s: cannot read on: %w", r.source, err))
	}
	if fault = query(); fault != nil {
		if _, err := r.tx.ExecContext(ctx, "rollback to savepoint attempt"); err != nil {
			return nil, r.abort(fmt.Errorf("%s: cannot read on: %w", r.source, fault))
		}
	}
	if _, err := r.tx.ExecContext(ctx, "release savepoint attempt"); err != nil {
		return nil, r.abort(fmt.Errorf("%s: cannot read on: %w", r.source, err))
	}
	return fault, nil
}

// abort remembers that nothing of this reading may be believed.
func (r *Session) abort(err error) error {
	if r.abortErr == nil {
		r.abortErr = err
	}
	return r.abortErr
}

// verifyUnchanged spoils the reading if a table that it holds by now was replaced
// since its view of the database began. It is asked after every query, since a
// council's own SELECT can reach tables that nobody could touch beforehand.
func (r *Session) verifyUnchanged(ctx context.Context) error {
	var replaced sql.NullString
	if err := r.tx.GetContext(ctx, &replaced, replacedTablesQuery, pq.Int64Array(r.requiredTables)); err != nil {
		return r.abort(fmt.Errorf("%s: cannot compare the tables' files: %w", r.source, err))
	}
	if replaced.String != "" {
		return r.abort(&UnavailableError{"refresh", "a refresh replaced " + replaced.String + " while it was being opened"})
	}
	return nil
}

const replacedTablesQuery = `
-- The one row names the tables that this transaction holds and that are not the
-- files its snapshot knows, and those it should hold but for another in their place.
with held as (
    select relation
    from pg_locks
    where pid = pg_backend_pid()
      and locktype = 'relation'
      and mode = 'AccessShareLock'
      and database = (select oid from pg_database where datname = current_database())
),
replaced as (
    select coalesce(class.relname, 'a new table') as name
    from held
    left join pg_class class on class.oid = held.relation
    where class.oid is null
       or class.relkind in ('r', 'm')
          and class.relnamespace <> 'pg_catalog'::regnamespace
          and class.relfilenode is distinct from pg_relation_filenode(held.relation)
    union
    select class.relname
    from pg_class class
    where class.oid = any ($1::bigint[]::oid[])
      and class.oid not in (select relation from held)
)
select string_agg(name, ', ' order by name)
from replaced`

// refreshError tells a lock that a refresh holds, or a table that it is just
// recreating, from a fault that stays. It is nil for the latter.
func refreshError(err error) *UnavailableError {
	var server *pq.Error
	if !errors.As(err, &server) {
		return nil
	}
	switch server.Code {
	case "55P03":
		return &UnavailableError{"refresh", "a table is locked by a refresh"}
	case "42P01", "3F000", "XX000":
		return &UnavailableError{"refresh", "a table was dropped while it was being opened"}
	}
	return nil
}
