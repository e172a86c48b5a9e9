package main

import (
	"context"
	"errors"
)

// runCatalogue prints the definitions of every indicator.
func runCatalogue(_ context.Context, p *program, arguments []string) error {
	set := p.flags("catalogue")
	asJSON := set.Bool("json", false, "print JSON instead of Markdown")
	operands, err := p.parse(set, arguments)
	if err != nil || len(operands) > 0 {
		return errors.Join(err, unexpected("catalogue", operands))
	}
	opened, err := p.definitions()
	if err != nil {
		return err
	}
	if *asJSON {
		return opened.catalogue.WriteJSON(p.stdout)
	}
	return opened.catalogue.WriteMarkdown(p.stdout, opened.benchmarks.Note)
}
