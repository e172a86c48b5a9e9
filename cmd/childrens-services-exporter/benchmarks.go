package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"childrens-services-exporter/exporter/benchmark"
)

// runBenchmarks writes the benchmark table from a publication of DfE's local
// authority interactive tool.
func runBenchmarks(_ context.Context, p *program, arguments []string) error {
	set := p.flags("benchmarks")
	neighbours := set.String("neighbours", "", "DfE's list of statistical neighbours as CSV; without it the shipped ones stay")
	publication := set.String("publication", "", "what was published and when, such as 'LAIT, April 2026'")
	directory := set.String("dir", "", "the folder to write figures.csv and areas.csv to, for CSE_BENCHMARK_DIR")
	operands, err := p.parse(set, arguments)
	if err != nil {
		return err
	}
	if len(operands) != 1 || *publication == "" || *directory == "" {
		return usageError{fmt.Errorf("benchmarks needs the file of values, -publication and -dir; benchmarks -h lists the flags")}
	}
	values, err := os.Open(operands[0])
	if err != nil {
		return usageError{fmt.Errorf("%s cannot be read; check its path and rights", operands[0])}
	}
	defer func() { _ = values.Close() }()
	var neighboursFile io.Reader
	if *neighbours != "" {
		file, err := os.Open(*neighbours)
		if err != nil {
			return usageError{fmt.Errorf("%s cannot be read; check its path and rights", *neighbours)}
		}
		defer func() { _ = file.Close() }()
		neighboursFile = file
	}
	figures, areas, err := benchmark.Convert(values, neighboursFile, *publication)
	if err != nil {
		return usageError{err}
	}
	err = errors.Join(
		os.WriteFile(filepath.Join(*directory, "figures.csv"), figures, 0o600),
		os.WriteFile(filepath.Join(*directory, "areas.csv"), areas, 0o600))
	if err != nil {
		return usageError{fmt.Errorf("%s cannot be written to; check its path and rights", *directory)}
	}
	p.print("figures.csv and areas.csv are in %s\n", *directory)
	return nil
}
