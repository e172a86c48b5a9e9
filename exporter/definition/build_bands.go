package definition

import (
	"fmt"
	"slices"
	"strings"
)

// bands reads either edges over an amount (up_to, the last one open) or a list
// of named conditions (when). Edges rise, so no row falls in two bands; named
// conditions may overlap.
func (b builder) bands(read *indicatorFile, words vocabulary) (Measure, error) {
	bands := read.Bands
	measure := Measure{BandLabel: bands.Label.text}
	if !plainName.MatchString(measure.BandLabel) {
		return Measure{}, b.at(lineOf(bands.Label, read.Name), "indicator %s: bands need a label", read.Name.text)
	}
	if err := b.labelName(bands.Label); err != nil {
		return Measure{}, err
	}
	if len(bands.Bands) == 0 {
		return Measure{}, b.at(read.Name.line, "indicator %s: bands are missing", read.Name.text)
	}
	var of Expression
	if bands.Of.line > 0 {
		var err error
		if of, err = b.amount(bands.Of, words); err != nil {
			return Measure{}, err
		}
	}
	for i, band := range bands.Bands {
		switch {
		case band.Name.text == "":
			return Measure{}, b.at(lineOf(band.When, read.Name), "indicator %s: band %d has no name", read.Name.text, i+1)
		case slices.ContainsFunc(measure.Bands, func(earlier Band) bool { return earlier.Name == band.Name.text }):
			return Measure{}, b.at(band.Name.line, "band %q is listed twice", band.Name.text)
		}
		var when Expression
		var err error
		if of.SQL != "" {
			when, err = b.between(of, bands.Bands, i)
		} else {
			when, err = b.named(band, words)
		}
		if err != nil {
			return Measure{}, err
		}
		measure.Bands = append(measure.Bands, Band{Name: band.Name.text, When: when})
	}
	return measure, nil
}

// named reads a band that has a condition of its own.
func (b builder) named(band bandFile, words vocabulary) (Expression, error) {
	if band.UpTo != nil || band.When.text == "" {
		return Expression{}, b.at(band.Name.line, "band %q needs when; up_to stands in bands over an amount (of)", band.Name.text)
	}
	return b.condition(band.When, words)
}

// between writes the condition of one band over an amount.
func (b builder) between(of Expression, bands []bandFile, i int) (Expression, error) {
	band := bands[i]
	switch {
	case band.When.text != "":
		return Expression{}, b.at(band.When.line, "a band over an amount has up_to, not when")
	case band.UpTo == nil && (i == 0 || i < len(bands)-1):
		return Expression{}, b.at(band.Name.line, "only the last of several bands may be without up_to")
	case i > 0 && band.UpTo != nil && *band.UpTo <= *bands[i-1].UpTo:
		return Expression{}, b.at(band.Name.line, "up_to of band %q must lie above that of the band before", band.Name.text)
	}
	var edges []string
	if i > 0 {
		edges = append(edges, fmt.Sprintf("(%s > %d)", of.SQL, *bands[i-1].UpTo))
	}
	if band.UpTo != nil {
		edges = append(edges, fmt.Sprintf("(%s <= %d)", of.SQL, *band.UpTo))
	}
	return Expression{Text: band.Name.text, SQL: "(" + strings.Join(edges, " and ") + ")"}, nil
}
