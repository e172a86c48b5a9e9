package definition

import (
	"slices"
	"strings"

	"childrens-services-exporter/exporter/config/strictyaml"
)

func (b builder) condition(text strictyaml.Scalar, names scope) (Expression, error) {
	expression, err := parseExpression(text.Text, names)
	if err != nil {
		return Expression{}, b.at(text.Line, "%v", err)
	}
	if expression.Sum {
		return Expression{}, b.at(text.Line, "%v", errNestedSum)
	}
	return expression, nil
}

func (b builder) amount(text strictyaml.Scalar, names scope) (Expression, error) {
	expression, err := b.condition(text, names)
	if err == nil && expression.Text == "all" {
		err = b.at(text.Line, "all is a condition, not an amount; name a column or a span")
	}
	return expression, err
}

// measure reads the one measure that an indicator declares.
func (b builder) measure(input *indicatorFile, names scope) (Measure, error) {
	matches := slices.DeleteFunc(b.forms(input, names), func(form measureForm) bool { return !form.present })
	if len(matches) != 1 {
		list := "none"
		if len(matches) > 0 {
			kinds := make([]string, len(matches))
			for i, form := range matches {
				kinds[i] = string(form.kind)
			}
			list = strings.Join(kinds, ", ")
		}
		return Measure{}, b.at(input.Name.Line,
			"indicator %s needs exactly one measure (count, numerator with denominator, rate, sum, semi_additive, mean, median, max, bands); found %s",
			input.Name.Text, list)
	}
	measure, err := matches[0].parse()
	measure.Kind = matches[0].kind
	return measure, err
}

type measureForm struct {
	kind    MeasureKind
	present bool
	parse   func() (Measure, error)
}

func (b builder) forms(input *indicatorFile, names scope) []measureForm {
	amount := func(text strictyaml.Scalar) func() (Measure, error) {
		return func() (Measure, error) {
			expression, err := b.amount(text, names)
			return Measure{Of: expression}, err
		}
	}
	semiAdditive := func() (Measure, error) {
		expression, err := b.amount(input.SemiAdditive, names)
		return Measure{Of: expression, SemiAdditive: true}, err
	}
	count := func() (Measure, error) {
		expression, err := b.condition(input.Count, names)
		return Measure{Of: expression}, err
	}
	return []measureForm{
		{Count, input.Count.Line > 0, count},
		{Sum, input.Sum.Line > 0, amount(input.Sum)},
		{Sum, input.SemiAdditive.Line > 0, semiAdditive},
		{Mean, input.Mean.Line > 0, amount(input.Mean)},
		{Median, input.Median.Line > 0, amount(input.Median)},
		{Max, input.Max.Line > 0, amount(input.Max)},
		{Ratio, input.Numerator.Line > 0 || input.Denominator.Line > 0, func() (Measure, error) { return b.ratio(input, names) }},
		{Rate, input.Rate != nil, func() (Measure, error) { return b.rate(input, names) }},
		{Bands, input.Bands != nil, func() (Measure, error) { return b.bands(input, names) }},
	}
}

func (b builder) ratio(input *indicatorFile, names scope) (Measure, error) {
	if input.Numerator.Line == 0 || input.Denominator.Line == 0 {
		return Measure{}, b.at(max(input.Numerator.Line, input.Denominator.Line), "indicator %s: a ratio needs numerator and denominator", input.Name.Text)
	}
	numerator, err := parseExpression(input.Numerator.Text, names)
	if err != nil {
		return Measure{}, b.at(input.Numerator.Line, "%v", err)
	}
	denominator, err := parseExpression(input.Denominator.Text, names)
	if err != nil {
		return Measure{}, b.at(input.Denominator.Line, "%v", err)
	}
	return Measure{Numerator: numerator, Denominator: denominator}, nil
}

func (b builder) rate(input *indicatorFile, names scope) (Measure, error) {
	if input.Rate.Denominator.Line > 0 {
		return b.rateOfSums(input, names)
	}
	if input.Rate.Per <= 0 || !identifierPattern.MatchString(input.Rate.Population.Text) || input.Rate.Of.Line == 0 {
		return Measure{}, b.at(input.Name.Line, "indicator %s: a rate needs of (all), per (10000) and population (children)", input.Name.Text)
	}
	of, err := b.condition(input.Rate.Of, names)
	if err != nil {
		return Measure{}, err
	}
	return Measure{Of: of, Per: float64(input.Rate.Per), Population: input.Rate.Population.Text}, nil
}

// rateOfSums reads a rate on a sum over the cohort's own rows.
func (b builder) rateOfSums(input *indicatorFile, names scope) (Measure, error) {
	rate := input.Rate
	measure := Measure{Per: float64(rate.Per)}
	for into, text := range map[*Expression]strictyaml.Scalar{&measure.Of: rate.Of, &measure.RateDenominator: rate.Denominator} {
		expression, err := parseExpression(text.Text, names)
		if err != nil {
			return Measure{}, b.at(lineOf(text, input.Name), "%v", err)
		}
		*into = expression
	}
	if rate.Per <= 0 || rate.Population.Line > 0 || !measure.Of.Sum || !measure.RateDenominator.Sum {
		return Measure{}, b.at(input.Name.Line, "indicator %s: a rate on a sum needs of (sum(events)), per (100) and denominator (sum(pupils)), and no population", input.Name.Text)
	}
	return measure, nil
}
