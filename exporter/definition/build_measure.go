package definition

import (
	"slices"
	"strings"
)

func (b builder) condition(text located, words vocabulary) (Expression, error) {
	expression, err := parseExpression(text.text, words)
	if err != nil {
		return Expression{}, b.at(text.line, "%v", err)
	}
	if expression.Sum {
		return Expression{}, b.at(text.line, "%v", errSumInside)
	}
	return expression, nil
}

func (b builder) amount(text located, words vocabulary) (Expression, error) {
	expression, err := b.condition(text, words)
	if err == nil && expression.Text == "all" {
		err = b.at(text.line, "all is a condition, not an amount; name a column or a span")
	}
	return expression, err
}

// measure reads the one measure that an indicator declares.
func (b builder) measure(read *indicatorFile, words vocabulary) (Measure, error) {
	declared := slices.DeleteFunc(b.forms(read, words), func(form measureForm) bool { return !form.present })
	if len(declared) != 1 {
		found := "none"
		if len(declared) > 0 {
			kinds := make([]string, len(declared))
			for i, form := range declared {
				kinds[i] = string(form.kind)
			}
			found = strings.Join(kinds, ", ")
		}
		return Measure{}, b.at(read.Name.line,
			"indicator %s needs exactly one measure (count, numerator with denominator, rate, sum, stock, mean, median, max, bands); found %s",
			read.Name.text, found)
	}
	measure, err := declared[0].read()
	measure.Kind = declared[0].kind
	return measure, err
}

type measureForm struct {
	kind    MeasureKind
	present bool
	read    func() (Measure, error)
}

func (b builder) forms(read *indicatorFile, words vocabulary) []measureForm {
	amount := func(text located) func() (Measure, error) {
		return func() (Measure, error) {
			expression, err := b.amount(text, words)
			return Measure{Of: expression}, err
		}
	}
	stock := func() (Measure, error) {
		expression, err := b.amount(read.Stock, words)
		return Measure{Of: expression, SemiAdditive: true}, err
	}
	count := func() (Measure, error) {
		expression, err := b.condition(read.Count, words)
		return Measure{Of: expression}, err
	}
	return []measureForm{
		{Count, read.Count.line > 0, count},
		{Sum, read.Sum.line > 0, amount(read.Sum)},
		{Sum, read.Stock.line > 0, stock},
		{Mean, read.Mean.line > 0, amount(read.Mean)},
		{Median, read.Median.line > 0, amount(read.Median)},
		{Max, read.Max.line > 0, amount(read.Max)},
		{Ratio, read.Numerator.line > 0 || read.Denominator.line > 0, func() (Measure, error) { return b.ratio(read, words) }},
		{Rate, read.Rate != nil, func() (Measure, error) { return b.rate(read, words) }},
		{Bands, read.Bands != nil, func() (Measure, error) { return b.bands(read, words) }},
	}
}

func (b builder) ratio(read *indicatorFile, words vocabulary) (Measure, error) {
	if read.Numerator.line == 0 || read.Denominator.line == 0 {
		return Measure{}, b.at(max(read.Numerator.line, read.Denominator.line), "indicator %s: a ratio needs numerator and denominator", read.Name.text)
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
	if read.Rate.Among.line > 0 {
		return b.rateAmong(read, words)
	}
	if !(read.Rate.Per > 0) || !plainName.MatchString(read.Rate.Population.text) || read.Rate.Of.line == 0 {
		return Measure{}, b.at(read.Name.line, "indicator %s: a rate needs of (all), per (10000) and population (children)", read.Name.text)
	}
	of, err := b.condition(read.Rate.Of, words)
	if err != nil {
		return Measure{}, err
	}
	return Measure{Of: of, Per: read.Rate.Per, Population: read.Rate.Population.text}, nil
}

// rateAmong reads a rate on a number that the cohort itself knows.
func (b builder) rateAmong(read *indicatorFile, words vocabulary) (Measure, error) {
	rate := read.Rate
	measure := Measure{Per: rate.Per}
	for into, text := range map[*Expression]located{&measure.Of: rate.Of, &measure.PerAmount: rate.Among} {
		expression, err := parseExpression(text.text, words)
		if err != nil {
			return Measure{}, b.at(lineOf(text, read.Name), "%v", err)
		}
		*into = expression
	}
	if !(rate.Per > 0) || rate.Population.line > 0 || !measure.Of.Sum || !measure.PerAmount.Sum {
		return Measure{}, b.at(read.Name.line, "indicator %s: a rate among rows needs of (sum(events)), per (100) and among (sum(pupils)), and no population", read.Name.text)
	}
	return measure, nil
}
