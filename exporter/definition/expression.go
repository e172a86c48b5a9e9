package definition

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
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

// scope is the columns and limits that an expression may name.
type scope struct {
	columns []string
	limits  map[string]Limit
}

var errNestedSum = errors.New("sum(…) is allowed only around a whole numerator or denominator")

type expressionParser struct {
	tokens []token
	next   int
	depth  int
	scope  scope
}

// Bounds of an expression. Without them nested brackets could exhaust the stack,
// and working_days within working_days, which repeats its arguments, memory.
const (
	maxDepth     = 50
	maxSQLLength = 20_000
)

// parseExpression parses the language of measures: comparisons, and, or,
// not, is null, in (…), + - * /, limit.NAME, the functions of functionSQL, and,
// outermost only, sum(…).
func parseExpression(text string, names scope) (Expression, error) {
	switch strings.TrimSpace(text) {
	case "all":
		return Expression{Text: "all", SQL: "true"}, nil
	case "":
		return Expression{}, fmt.Errorf("an expression is missing; write all for every row")
	}
	tokens, err := tokenise(text)
	if err != nil {
		return Expression{}, err
	}
	p := &expressionParser{tokens: tokens, scope: names}
	parse, isSum := p.or, p.peek().kind == tokenName && p.peek().text == "sum" && p.tokens[1].text == "("
	if isSum {
		// Only the brackets: sum(a) + 1 is not the sum of a + 1.
		p.next++
		parse = p.operand
	}
	sql, err := parse()
	if err != nil {
		return Expression{}, err
	}
	if rest := p.peek(); rest.kind != tokenEnd {
		return Expression{}, fmt.Errorf("did not expect %q at character %d", rest.text, rest.offset+1)
	}
	return Expression{Text: text, SQL: sql, Sum: isSum}, nil
}

func (p *expressionParser) peek() token { return p.tokens[p.next] }

func (p *expressionParser) accept(texts ...string) (string, bool) {
	t := p.peek()
	if t.kind == tokenText || t.kind == tokenEnd || !slices.Contains(texts, t.text) {
		return "", false
	}
	p.next++
	return t.text, true
}

func (p *expressionParser) expect(text string) error {
	if _, ok := p.accept(text); !ok {
		return fmt.Errorf("expected %q at character %d, found %q", text, p.peek().offset+1, p.peek().text)
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
		operator, ok := p.accept(operators...)
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
	for _, ok := p.accept("not"); ok; _, ok = p.accept("not") {
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
	if operator, ok := p.accept("=", "<>", "<", "<=", ">", ">="); ok {
		right, err := p.amount()
		return "(" + left + " " + operator + " " + right + ")", err
	}
	if _, ok := p.accept("is"); ok {
		_, negated := p.accept("not")
		if err := p.expect("null"); err != nil {
			return "", err
		}
		if negated {
			return "(" + left + " is not null)", nil
		}
		return "(" + left + " is null)", nil
	}
	if _, ok := p.accept("in"); ok {
		if err := p.expect("("); err != nil {
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
	if p.depth++; p.depth > maxDepth {
		return "", fmt.Errorf("more than %d brackets within each other", maxDepth)
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
			return sql, p.expect(")")
		}
	case tokenEnd:
		p.next--
	}
	return "", fmt.Errorf("did not expect %q at character %d", t.text, t.offset+1)
}

func (p *expressionParser) name(t token) (string, error) {
	if limit, ok := strings.CutPrefix(t.text, "limit."); ok {
		value, exists := p.scope.limits[limit]
		if !exists {
			return "", fmt.Errorf("no limit %q in limits.yaml", limit)
		}
		return strconv.Itoa(value.Value), nil
	}
	if _, ok := p.accept("("); ok {
		arguments, err := p.arguments()
		if err != nil {
			return "", err
		}
		sql, err := functionSQL(t.text, arguments)
		if err == nil && len(sql) > maxSQLLength {
			return "", fmt.Errorf("%s at character %d is too long", t.text, t.offset+1)
		}
		return sql, err
	}
	switch {
	case t.text == "true" || t.text == "false":
		return t.text, nil
	case t.text == "as_of":
		// A period ends on the day it is seen from; the cohort carries ends.
		return "ends", nil
	case slices.Contains(p.scope.columns, t.text):
		return t.text, nil
	}
	return "", fmt.Errorf("unknown column %q; the cohort has %s", t.text, strings.Join(p.scope.columns, ", "))
}

func (p *expressionParser) arguments() ([]string, error) {
	var list []string
	for {
		sql, err := p.or()
		if err != nil {
			return nil, err
		}
		list = append(list, sql)
		if _, more := p.accept(","); !more {
			return list, p.expect(")")
		}
	}
}
