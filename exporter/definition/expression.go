package definition

import (
	"errors"
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

var errSumInside = errors.New("sum(…) stands only around a whole numerator or denominator")

type expressionParser struct {
	tokens []token
	next   int
	depth  int
	words  vocabulary
}

// Definitions are short. Without these bounds a nest of brackets could exhaust
// the stack, and working_days in working_days, which repeats its arguments,
// memory.
const (
	deepestNest = 50
	longestSQL  = 20_000
)

// parseExpression reads the small language of measures: comparisons, and, or,
// not, is null, in (…), + - * /, limit.NAME, the functions of functionSQL, and,
// outermost only, sum(…).
func parseExpression(text string, words vocabulary) (Expression, error) {
	switch strings.TrimSpace(text) {
	case "all":
		return Expression{Text: "all", SQL: "true"}, nil
	case "":
		return Expression{}, fmt.Errorf("an expression is missing; write all for every row")
	}
	tokens, err := scan(text)
	if err != nil {
		return Expression{}, err
	}
	p := &expressionParser{tokens: tokens, words: words}
	read, isSum := p.or, p.peek().kind == tokenName && p.peek().text == "sum" && p.tokens[1].text == "("
	if isSum {
		// Only the brackets: sum(a) + 1 is not the sum of a + 1.
		p.next++
		read = p.operand
	}
	sql, err := read()
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
		if operator == "/" {
			// Sessions missed of sessions possible: whole numbers would divide to
			// 0, and one row with nothing possible would fail the cohort.
			sql = "(" + sql + "::float8 / nullif(" + right + ", 0))"
			continue
		}
		sql = "(" + sql + " " + operator + " " + right + ")"
	}
}

func (p *expressionParser) or() (string, error)  { return p.chain(p.and, "or") }
func (p *expressionParser) and() (string, error) { return p.chain(p.not, "and") }

func (p *expressionParser) not() (string, error) {
	negated := false
	for _, ok := p.take("not"); ok; _, ok = p.take("not") {
		negated = !negated
	}
	operand, err := p.comparison()
	if negated {
		operand = "(not " + operand + ")"
	}
	return operand, err
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
	if p.depth++; p.depth > deepestNest {
		return "", fmt.Errorf("more than %d brackets within each other", deepestNest)
	}
	defer func() { p.depth-- }()
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
		sql, err := functionSQL(t.text, arguments)
		if err == nil && len(sql) > longestSQL {
			return "", fmt.Errorf("%s at character %d is too long", t.text, t.at+1)
		}
		return sql, err
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
