package catalogue

import (
	"fmt"
	"strings"
)

func (b builder) condition(text located, words vocabulary) (Expression, error) {
	expression, err := parseExpression(text.text, words)
	if err != nil {
		return Expression{}, b.at(text.line, "%v", err)
	}
	if expression.Sum {
		return Expression{}, b.at(text.line, "sum(…) stands only in a numerator or denominator")
	}
	return expression, nil
}

// measure reads the one measure that an indicator declares.
func (b builder) measure(read *indicatorFile, words vocabulary) (Measure, error) {
	forms := b.forms(read, words)
	var declared []string
	for _, form := range forms {
		if form.present {
			declared = append(declared, string(form.kind))
		}
	}
	if len(declared) != 1 {
		found := "none"
		if len(declared) > 0 {
			found = strings.Join(declared, ", ")
		}
		return Measure{}, b.at(read.Name.line,
			"indicator %s needs exactly one measure (count, numerator with denominator, rate, sum, mean, median, max, bands); found %s",
			read.Name.text, found)
	}
	for _, form := range forms {
		if form.present {
			measure, err := form.read()
			measure.Kind = form.kind
			return measure, err
		}
	}
	return Measure{}, fmt.Errorf("%s: no measure", b.file)
}

type measureForm struct {
	kind    MeasureKind
	present bool
	read    func() (Measure, error)
}

func (b builder) forms(read *indicatorFile, words vocabulary) []measureForm {
	of := func(text located) func() (Measure, error) {
		return func() (Measure, error) {
			expression, err := b.condition(text, words)
			return Measure{Of: expression}, err
		}
	}
	return []measureForm{
		{Count, read.Count.text != "", of(read.Count)},
		{Sum, read.Sum.text != "", of(read.Sum)},
		{Mean, read.Mean.text != "", of(read.Mean)},
		{Median, read.Median.text != "", of(read.Median)},
		{Max, read.Max.text != "", of(read.Max)},
		{Ratio, read.Numerator.text != "" || read.Denominator.text != "", func() (Measure, error) { return b.ratio(read, words) }},
		{Rate, read.Rate != nil, func() (Measure, error) { return b.rate(read, words) }},
		{Bands, read.Bands != nil, func() (Measure, error) { return b.bands(read, words) }},
	}
}

func (b builder) ratio(read *indicatorFile, words vocabulary) (Measure, error) {
	if read.Numerator.text == "" || read.Denominator.text == "" {
		return Measure{}, b.at(read.Name.line, "indicator %s: a ratio needs numerator and denominator", read.Name.text)
	}
	numerator, err := parseExpression(read.Numerator.text, words)
	if err != nil {
		return Measure{}, b.at(read.Numerator.line, "%v", err)
	}
	denominator, err := parseExpression(read.Denominator.text, words)
	if err != nil {
		return Measure{}, b.at(read.Denominator.line, "%v", err)
	}
	return Measure{Numerator: numerator, Denominator: denominator}, nil
}

func (b builder) rate(read *indicatorFile, words vocabulary) (Measure, error) {
	of, err := b.condition(read.Rate.Of, words)
	if err != nil {
		return Measure{}, err
	}
	if read.Rate.Per <= 0 || !plainName.MatchString(read.Rate.Population.text) {
		return Measure{}, b.at(read.Name.line, "indicator %s: a rate needs per (10000) and population (children)", read.Name.text)
	}
	return Measure{Of: of, Per: read.Rate.Per, Population: read.Rate.Population.text}, nil
}

// bands reads either edges over an amount (up_to, the last one open) or a list
// of named conditions (when). Edges follow one another, so no row falls in two.
func (b builder) bands(read *indicatorFile, words vocabulary) (Measure, error) {
	bands := read.Bands
	measure := Measure{BandLabel: bands.Label.text}
	if !plainName.MatchString(measure.BandLabel) {
		return Measure{}, b.at(read.Name.line, "indicator %s: bands need a label", read.Name.text)
	}
	lower := ""
	for i, band := range bands.Bands {
		text := band.When
		if bands.Of.text != "" {
			if band.When.text != "" {
				return Measure{}, b.at(band.When.line, "a band over an amount has up_to, not when")
			}
			edges := []string{}
			if lower != "" {
				edges = append(edges, "("+bands.Of.text+") > "+lower)
			}
			if band.UpTo != nil {
				lower = fmt.Sprint(*band.UpTo)
				edges = append(edges, "("+bands.Of.text+") <= "+lower)
			} else if i != len(bands.Bands)-1 {
				return Measure{}, b.at(band.Name.line, "only the last band may be without up_to")
			}
			text = located{strings.Join(edges, " and "), band.Name.line}
		}
		when, err := b.condition(text, words)
		if err != nil {
			return Measure{}, err
		}
		measure.Bands = append(measure.Bands, Band{Name: band.Name.text, When: when})
	}
	if len(measure.Bands) == 0 {
		return Measure{}, b.at(read.Name.line, "indicator %s: bands are missing", read.Name.text)
	}
	return measure, nil
}
