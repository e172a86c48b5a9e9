package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"

	"childrens-services-exporter/exporter/csvload"
	"childrens-services-exporter/exporter/csvload/schema"
	"childrens-services-exporter/exporter/postgres"
)

// runLoad loads a folder of CSV files into the warehouse of one source. It
// writes, so it takes a login of its own.
func runLoad(ctx context.Context, p *program, arguments []string) error {
	set := p.flags("load")
	src := set.String("source", "", "social_care or education")
	dates := set.String("dates", "", "day-first or month-first: how to read 01/04/2026 where no file of the folder proves it")
	var options csvload.Options
	collectNames(set, "allow", "let refused values of `TABLE.COLUMN`, or broken rows of TABLE, pass; may be repeated", &options.Allow)
	collectNames(set, "allow-shrink", "let `TABLE` lose more than half of its rows; may be repeated", &options.AllowShrink)
	operands, err := p.parse(set, arguments)
	if err != nil {
		return err
	}
	if len(operands) != 1 || *src != "social_care" && *src != "education" {
		return usageError{fmt.Errorf("load needs -source social_care or -source education, and one folder")}
	}
	options.Source = *src
	switch *dates {
	case "":
	case "day-first":
		options.Dates = csvload.DayFirst
	case "month-first":
		options.Dates = csvload.MonthFirst
	default:
		return usageError{fmt.Errorf("-dates must be day-first or month-first")}
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
	report, err := csvload.Load(ctx, db, tables, os.DirFS(operands[0]), options)
	if _, printing := report.WriteTo(p.stdout); printing != nil && err == nil {
		err = printing
	}
	if refusal, ok := errors.AsType[*csvload.RefusalError](err); ok {
		return refusal
	}
	if err != nil {
		return usageError{err}
	}
	return nil
}

// collectNames is a flag that may be repeated, or given several names between commas.
func collectNames(set *flag.FlagSet, name, usage string, into *[]string) {
	set.Func(name, usage, func(value string) error {
		*into = append(*into, strings.Split(value, ",")...)
		return nil
	})
}
