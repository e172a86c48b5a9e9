package definition

import (
	"fmt"
	"slices"
	"strings"
)

// bands reads either edges over an amount (up_to, the last one open) or a list
// of named conditions (when). Edges rise, so no row falls in two bands; named
// conditions may overlap.
func (b builder) bands(input *indicatorFile, names scope) (Measure, error) {
	bands := input.Bands
	measure := Measure{BandLabel: bands.Label.Text}
	if !identifierPattern.MatchString(measure.BandLabel) {
		return Measure{}, b.at(lineOf(bands.Label, input.Name), "indicator %s: bands need a label", input.Name.Text)
	}
	if err := b.labelName(bands.Label); err != nil {
		return Measure{}, err
	}
	if len(bands.Bands) == 0 {
		return Measure{}, b.at(input.Name.Line, "indicator %s: bands are missing", input.Name.Text)
	}
	var of Expression
	if bands.Of.Line > 0 {
		var err error
		if of, err = b.amount(bands.Of, names); err != nil {
			return Measure{}, err
		}
	}
	for i, band := range bands.Bands {
		switch {
		case band.Name.Text == "":
			return Measure{}, b.at(lineOf(band.When, input.Name), "indicator %s: band %d has no name", input.Name.Text, i+1)
		case slices.ContainsFunc(measure.Bands, func(earlier Band) bool { return earlier.Name == band.Name.Text }):
			return Measure{}, b.at(band.Name.Line, "band %q is listed twice", band.Name.Text)
		}
		var when Expression
		var err error
		if of.SQL != "" {
			when, err = b.bandByEdges(of, bands.Bands, i)
		} else {
			when, err = b.bandByCondition(band, names)
		}
		if err != nil {
			return Measure{}, err
		}
		measure.Bands = append(measure.Bands, Band{Name: band.Name.Text, When: when})
	}
	return measure, nil
}

// bandByCondition reads a band that has a condition of its own.
func (b builder) bandByCondition(band bandFile, names scope) (Expression, error) {
	if band.UpTo != nil || band.When.Text == "" {
		return Expression{}, b.at(band.Name.Line, "band %q needs when; up_to belongs to bands over an amount (of)", band.Name.Text)
	}
	return b.condition(band.When, names)
}

// bandByEdges writes the condition of one band over an amount.
func (b builder) bandByEdges(of Expression, bands []bandFile, i int) (Expression, error) {
	band := bands[i]
	switch {
	case band.When.Text != "":
		return Expression{}, b.at(band.When.Line, "a band over an amount has up_to, not when")
	case band.UpTo == nil && (i == 0 || i < len(bands)-1):
		return Expression{}, b.at(band.Name.Line, "only the last of several bands may be without up_to")
	case i > 0 && band.UpTo != nil && *band.UpTo <= *bands[i-1].UpTo:
		return Expression{}, b.at(band.Name.Line, "up_to of band %q must lie above that of the band before", band.Name.Text)
	}
	var edges []string
	if i > 0 {
		edges = append(edges, fmt.Sprintf("(%s > %d)", of.SQL, *bands[i-1].UpTo))
	}
	if band.UpTo != nil {
		edges = append(edges, fmt.Sprintf("(%s <= %d)", of.SQL, *band.UpTo))
	}
	return Expression{Text: band.Name.Text, SQL: "(" + strings.Join(edges, " and ") + ")"}, nil
}
