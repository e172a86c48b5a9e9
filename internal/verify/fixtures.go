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

// statementTimeout ends the statement of a mutant that joins every row with every row; a few hundred rows need far less.
const statementTimeout = 20 * time.Second

// templateDatabase has all tables and no rows; the database of every council is cloned from it.
const templateDatabase = "empty"

// fixtureSet is all councils, with the families that each kind covers.
type fixtureSet struct {
	server                            *temppg.Cluster
	golden, random                    []*mutation.Fixture
	goldenFamilies, referenceFamilies map[string]bool
}

func groups() []string { return []string{"social_care", "education", "local"} }

func loadFixtures(ctx context.Context, o options) (*fixtureSet, error) {
	set := &fixtureSet{goldenFamilies: map[string]bool{}, referenceFamilies: map[string]bool{}}
	server, err := temppg.Start(ctx, temppg.Options{})
	if err != nil {
		return nil, err
	}
	set.server = server
	if err := errors.Join(set.createTemplate(ctx), set.readGolden(o.golden), set.generateRandom(o.councils)); err != nil {
		return nil, errors.Join(err, set.close())
	}
	return set, nil
}

func (set *fixtureSet) close() error {
	var errs []error
	for _, fixture := range append(set.golden, set.random...) {
		errs = append(errs, fixture.Close())
	}
	return errors.Join(append(errs, set.server.Stop())...)
}

func (set *fixtureSet) createTemplate(ctx context.Context) error {
	if err := set.server.Create(ctx, templateDatabase); err != nil {
		return err
	}
	return set.withDatabase(templateDatabase, func(db *sql.DB) error { return fixtures.Create(db, groups()...) })
}

func (set *fixtureSet) withDatabase(database string, write func(*sql.DB) error) (err error) {
	db, err := sql.Open("postgres", set.server.URL(database))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return write(db)
}

func (set *fixtureSet) readGolden(folder string) error {
	councils, err := fixtures.ReadGolden(folder)
	if err != nil {
		return err
	}
	for i, golden := range councils {
		fixture, err := mutation.FromGolden(golden)
		if err != nil {
			return err
		}
		fixture.Load = set.loader(fmt.Sprintf("golden_%d", i), golden.Rows)
		maps.Copy(set.goldenFamilies, fixture.Families)
		set.golden = append(set.golden, fixture)
	}
	return nil
}

func (set *fixtureSet) generateRandom(n int) error {
	for seed := uint64(0); len(set.random) < n; seed++ {
		random := reference.Generate(seed)
		if seed == 0 {
			// A council without rows: a missing row must not be counted as one of unknown.
			random.Limits, random.Tables = reference.DefaultLimits(), reference.Tables{}
		}
		if random.Limits != reference.DefaultLimits() {
			continue // it does not notice when a limit changes that it sets itself
		}
		fixture, err := mutation.FromReference(random)
		if err != nil {
			return err
		}
		fixture.Load = set.loader(fmt.Sprintf("random_%d", seed), func() (fixtures.Tables, error) {
			return fixtures.Rows(random, groups()...)
		})
		maps.Copy(set.referenceFamilies, fixture.Families)
		fixture.Families = set.referenceFamilies
		set.random = append(set.random, fixture)
	}
	return nil
}

// loader returns a function that loads rows into a database of their own.
func (set *fixtureSet) loader(database string, rows func() (fixtures.Tables, error)) func(context.Context) (*sqlx.DB, error) {
	return func(ctx context.Context) (*sqlx.DB, error) {
		tables, err := rows()
		if err != nil {
			return nil, err
		}
		if err := set.server.Clone(ctx, database, templateDatabase); err != nil {
			return nil, err
		}
		if err := set.withDatabase(database, func(db *sql.DB) error { return fixtures.Fill(db, tables) }); err != nil {
			return nil, err
		}
		waits := postgres.DefaultTimeouts()
		waits.Statement = statementTimeout
		return postgres.Open("the throw-away server", set.server.URL(database), waits)
	}
}
