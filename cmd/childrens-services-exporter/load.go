package main

import (
	"context"
	"fmt"
	"os"

	"childrens-services-exporter/exporter/csvload"
	"childrens-services-exporter/exporter/csvload/schema"
	"childrens-services-exporter/exporter/postgres"
)

// runLoad loads a folder of CSV files into the warehouse of one source. It
// writes, so it takes a login of its own.
func runLoad(ctx context.Context, p *program, arguments []string) error {
	set := p.flags("load")
	src := set.String("source", "", "social_care or education")
	operands, err := p.parse(set, arguments)
	if err != nil {
		return err
	}
	if len(operands) != 1 || *src != "social_care" && *src != "education" {
		return usageError{fmt.Errorf("load needs -source social_care or -source education, and one folder")}
	}
	setting, address := "CSE_LOAD_DATABASE_URL", p.config.LoadDatabaseURL
	if address == "" {
		return usageError{fmt.Errorf("%s: is not set; it names the warehouse and a login that may write to it", setting)}
	}
	var tables []schema.Table
	for _, group := range []string{*src, "local"} {
		described, err := schema.Tables(group)
		if err != nil {
			return err
		}
		tables = append(tables, described...)
	}
	about, err := os.Stat(operands[0])
	if err != nil || !about.IsDir() {
		return usageError{fmt.Errorf("load: %s is not a folder", operands[0])}
	}
	db, err := postgres.OpenWriter(setting, address, timeouts(p.config))
	if err != nil {
		return usageError{err}
	}
	defer func() { _ = db.Close() }()
	report, err := csvload.Load(ctx, db, tables, os.DirFS(operands[0]), csvload.Options{})
	if _, printing := report.WriteTo(p.stdout); printing != nil && err == nil {
		err = printing
	}
	if err != nil {
		return usageError{err}
	}
	return nil
}
