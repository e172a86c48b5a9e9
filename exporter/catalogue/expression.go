package catalogue

import (
	"fmt"
	"slices"
	"strings"
)

// Expression is a condition or an amount over the columns of a cohort row,
// already written as SQL.
type Expression struct {
	Text string // as in the definition
	SQL  string
	// Sum is true for sum(…), an aggregate rather than a condition on one row.
	Sum bool
}

// vocabulary is what an expression may speak of.
type vocabulary struct {
	columns []string
	limits  map[string]Limit
}

type expressionParser struct {
	tokens []token
	next   int
	words  vocabulary
}

// parseExpression reads the small language of measures: comparisons, and, or,
// not, is null, in (…), + - * /, limit.NAME, the functions of functionSQL, and,
// outermost only, sum(…).
func parseExpression(text string, words vocabulary) (Expression, error) {
	if strings.TrimSpace(text) == "all" {
		return Expression{Text: "all", SQL: "true"}, nil
	}
	tokens, err := scan(text)
	if err != nil {
		return Expression{}, err
	}
	p := &expressionParser{tokens: tokens, words: words}
	isSum := p.peek().text == "sum" && p.tokens[1].text == "("
	if isSum {
		p.next++
	}
	sql, err := p.or()
	if err != nil {
		return Expression{}, err
	}
	if left := p.peek(); left.kind != tokenEnd {
		return Expression{}, fmt.Errorf("did not expect %q at character %d", left.text, left.at+1)
	}
	return Expression{Text: text, SQL: sql, Sum: isSum}, nil
}

func (p *expressionParser) peek() token { return p.tokens[p.next] }

func (p *expressionParser) take(texts ...string) (string, bool) {
	t := p.peek()
	if t.kind == tokenText || t.kind == tokenEnd || !slices.Contains(texts, t.text) {
		return "", false
	}
	p.next++
	return t.text, true
}

func (p *expressionParser) must(text string) error {
	if _, ok := p.take(text); !ok {
		return fmt.Errorf("expected %q at character %d, found %q", text, p.peek().at+1, p.peek().text)
	}
	return nil
}

// chain reads operand (operator operand)*.
func (p *expressionParser) chain(operand func() (string, error), operators ...string) (string, error) {
	sql, err := operand()
	if err != nil {
		return "", err
	}
	for {
		operator, ok := p.take(operators...)
		if !ok {
			return sql, nil
		}
		right, err := operand()
		if err != nil {
			return "", err
		}
		sql = "(" + sql + " " + operator + " " + right + ")"
	}
}

func (p *expressionParser) or() (string, error)  { return p.chain(p.and, "or") }
func (p *expressionParser) and() (string, error) { return p.chain(p.not, "and") }

func (p *expressionParser) not() (string, error) {
	if _, ok := p.take("not"); !ok {
		return p.comparison()
	}
	operand, err := p.not()
	return "(not " + operand + ")", err
}

func (p *expressionParser) comparison() (string, error) {
	left, err := p.amount()
	if err != nil {
		return "", err
	}
	if operator, ok := p.take("=", "<>", "<", "<=", ">", ">="); ok {
		right, err := p.amount()
		return "(" + left + " " + operator + " " + right + ")", err
	}
	if _, ok := p.take("is"); ok {
		_, negated := p.take("not")
		if err := p.must("null"); err != nil {
			return "", err
		}
		if negated {
			return "(" + left + " is not null)", nil
		}
		return "(" + left + " is null)", nil
	}
	if _, ok := p.take("in"); ok {
		if err := p.must("("); err != nil {
			return "", err
		}
		list, err := p.arguments()
		return "(" + left + " in (" + strings.Join(list, ", ") + "))", err
	}
	return left, nil
}

func (p *expressionParser) amount() (string, error) {
	return p.chain(func() (string, error) { return p.chain(p.operand, "*", "/") }, "+", "-")
}

func (p *expressionParser) operand() (string, error) {
	t := p.peek()
	p.next++
	switch t.kind {
	case tokenNumber:
		return t.text, nil
	case tokenText:
		return "'" + t.text + "'", nil
	case tokenName:
		return p.name(t)
	case tokenSymbol:
		if t.text == "(" {
			sql, err := p.or()
			if err != nil {
				return "", err
			}
			return sql, p.must(")")
		}
	case tokenEnd:
		p.next--
	}
	return "", fmt.Errorf("did not expect %q at character %d", t.text, t.at+1)
}

func (p *expressionParser) name(t token) (string, error) {
	if limit, ok := strings.CutPrefix(t.text, "limit."); ok {
		value, known := p.words.limits[limit]
		if !known {
			return "", fmt.Errorf("no limit %q in limits.yaml", limit)
		}
		return value.sql(), nil
	}
	if _, ok := p.take("("); ok {
		arguments, err := p.arguments()
		if err != nil {
			return "", err
		}
		return functionSQL(t.text, arguments)
	}
	switch {
	case t.text == "true" || t.text == "false":
		return t.text, nil
	case t.text == "as_of":
		// A period ends on the day it is seen from; the cohort carries ends.
		return "ends", nil
	case slices.Contains(p.words.columns, t.text):
		return t.text, nil
	}
	return "", fmt.Errorf("unknown column %q; the cohort has %s", t.text, strings.Join(p.words.columns, ", "))
}

func (p *expressionParser) arguments() ([]string, error) {
	var list []string
	for {
		sql, err := p.or()
		if err != nil {
			return nil, err
		}
		list = append(list, sql)
		if _, more := p.take(","); !more {
			return list, p.must(")")
		}
	}
}

// functionSQL writes one of the functions of the measure language.
//
//	working_days(a, b)  working days after a up to and including b (day after a is day 1)
//	days(a, b)          calendar days from a to b
//	seconds(a, b)       the same in seconds
//	months_after(a, n)  the day n calendar months after a
func functionSQL(name string, arguments []string) (string, error) {
	want := map[string]bool{"working_days": true, "days": true, "seconds": true, "months_after": true}
	if !want[name] {
		return "", fmt.Errorf("unknown function %q; there are working_days, days, seconds, months_after", name)
	}
	if len(arguments) != 2 {
		return "", fmt.Errorf("%s takes two arguments, found %d", name, len(arguments))
	}
	a, b := arguments[0], arguments[1]
	switch name {
	case "working_days":
		return "(" + runningWorkingDays(b) + " - " + runningWorkingDays(a) + ")", nil
	case "days":
		return "(" + b + " - " + a + ")", nil
	case "seconds":
		return "((" + b + " - " + a + ") * 86400)", nil
	default:
		return "(" + a + " + make_interval(months => " + b + "))::date", nil
	}
}
