package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/internal/fixtures"
	"childrens-services-exporter/internal/mutation"
	"childrens-services-exporter/internal/reference"
	"childrens-services-exporter/internal/temppg"
)

// oneStatement is long for a statement over a few hundred rows: a mutant that takes longer joins everything with everything.
const oneStatement = 20 * time.Second

// empty is the database with all tables and no rows that every council begins as.
const empty = "empty"

// loaded is every council with the families that each kind answers for.
type loaded struct {
	server                         *temppg.Cluster
	golden, random                 []*mutation.Council
	goldenFamilies, oracleFamilies map[string]bool
}

func groups() []string { return []string{"social_care", "education", "local"} }

func load(ctx context.Context, o options) (*loaded, error) {
	all := &loaded{goldenFamilies: map[string]bool{}, oracleFamilies: map[string]bool{}}
	server, err := temppg.Start(ctx, temppg.Options{})
	if err != nil {
		return nil, err
	}
	all.server = server
	if err := errors.Join(all.prepare(ctx), all.readGolden(o.golden), all.makeRandom(o.councils)); err != nil {
		return nil, errors.Join(err, all.close())
	}
	return all, nil
}

func (all *loaded) close() error {
	var errs []error
	for _, council := range append(all.golden, all.random...) {
		errs = append(errs, council.Close())
	}
	return errors.Join(append(errs, all.server.Stop())...)
}

func (all *loaded) prepare(ctx context.Context) error {
	if err := all.server.Create(ctx, empty); err != nil {
		return err
	}
	return all.write(empty, func(db *sql.DB) error { return fixtures.Create(db, groups()...) })
}

func (all *loaded) write(database string, write func(*sql.DB) error) (err error) {
	db, err := sql.Open("postgres", all.server.URL(database))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return write(db)
}

func (all *loaded) readGolden(folder string) error {
	written, err := fixtures.ReadGolden(folder)
	if err != nil {
		return err
	}
	for i, one := range written {
		council, err := mutation.FromGolden(one)
		if err != nil {
			return err
		}
		council.Load = all.loader(fmt.Sprintf("golden_%d", i), one.Rows)
		maps.Copy(all.goldenFamilies, council.Families)
		all.golden = append(all.golden, council)
	}
	return nil
}

func (all *loaded) makeRandom(many int) error {
	for seed := uint64(0); len(all.random) < many; seed++ {
		made := reference.Generate(seed)
		if seed == 0 {
			// A council where nothing has happened: what is not there must not be counted as one of unknown.
			made.Limits, made.Council = reference.DefaultLimits(), reference.Council{}
		}
		if made.Limits != reference.DefaultLimits() {
			continue // it does not notice when a limit changes that it sets itself
		}
		council, err := mutation.FromOracle(made)
		if err != nil {
			return err
		}
		council.Load = all.loader(fmt.Sprintf("random_%d", seed), func() (fixtures.Tables, error) {
			return fixtures.Rows(made, groups()...)
		})
		maps.Copy(all.oracleFamilies, council.Families)
		council.Families = all.oracleFamilies
		all.random = append(all.random, council)
	}
	return nil
}

// loader puts rows into a database of their own.
func (all *loaded) loader(database string, rows func() (fixtures.Tables, error)) func(context.Context) (*sqlx.DB, error) {
	return func(ctx context.Context) (*sqlx.DB, error) {
		tables, err := rows()
		if err != nil {
			return nil, err
		}
		if err := all.server.Clone(ctx, database, empty); err != nil {
			return nil, err
		}
		if err := all.write(database, func(db *sql.DB) error { return fixtures.Fill(db, tables) }); err != nil {
			return nil, err
		}
		waits := postgres.DefaultTimeouts()
		waits.Statement = oneStatement
		return postgres.Open("the throw-away server", all.server.URL(database), waits)
	}
}
