package mutation

import (
	"slices"
	"strconv"
	"strings"
)

// mutator finds the sites of one text.
type mutator struct {
	source  string
	tokens  []token
	between map[int]bool // the ands that belong to a between
	changes []change
}

func newMutator(src string) *mutator {
	m := &mutator{source: src, tokens: lex(src), between: map[int]bool{}}
	for i, t := range m.tokens {
		if !t.is("between") {
			continue
		}
		for j := i + 1; j < len(m.tokens) && m.tokens[j].depth >= t.depth; j++ {
			if m.tokens[j].depth == t.depth && m.tokens[j].is("and") {
				m.between[j] = true
				break
			}
		}
	}
	return m
}

func (m *mutator) add(c change) { m.changes = append(m.changes, c) }

// word is the text of a token, or nothing beyond the ends.
func (m *mutator) word(i int) string {
	if i < 0 || i >= len(m.tokens) || m.tokens[i].kind == text {
		return ""
	}
	return m.tokens[i].text
}

// sourceOf is the source from one token up to another, which is left out.
func (m *mutator) sourceOf(from, to int) string {
	return m.source[m.tokens[from].from:m.tokens[to-1].to]
}

func (m *mutator) swap(i int, with string) {
	t := m.tokens[i]
	m.add(replace(t.from, t.to, t.text, with))
}

func (m *mutator) swapSpan(from, to int, with string) {
	m.add(replace(m.tokens[from].from, m.tokens[to-1].to, m.sourceOf(from, to), with))
}

// expressions changes what SQL and the measure language have in common.
func (m *mutator) expressions() {
	for i := range m.tokens {
		m.comparison(i)
		m.connective(i)
		m.negation(i)
		m.amount(i)
		m.list(i)
		m.span(i)
	}
}

func (m *mutator) comparison(i int) {
	for _, with := range map[string][]string{
		"<": {"<=", ">="}, "<=": {"<", ">"}, ">": {">=", "<="}, ">=": {">", "<"}, "=": {"<>"}, "<>": {"="}, "!=": {"="},
	}[m.word(i)] {
		m.swap(i, with)
	}
}

// connective swaps and with or, and drops the conditions on both sides.
func (m *mutator) connective(i int) {
	joins := m.word(i)
	if joins != "and" && joins != "or" || m.between[i] {
		return
	}
	m.swap(i, map[string]string{"and": "or", "or": "and"}[joins])
	neutral := map[string]string{"and": "true", "or": "false"}[joins]
	for _, side := range []func(int, string) (int, int){m.leftOperand, m.rightOperand} {
		if from, to := side(i, joins); from < to && m.sourceOf(from, to) != neutral {
			c := replace(m.tokens[from].from, m.tokens[to-1].to, "", neutral)
			c.what = oneLine(m.sourceOf(from, to)) + " dropped"
			m.add(c)
		}
	}
}

// leftOperand is the operand before a connective: from its first token up to the connective.
func (m *mutator) leftOperand(i int, joins string) (from, to int) {
	from = i
	for from > 0 && !m.bounds(from-1, m.tokens[i].depth, joins) {
		from--
	}
	return from, i
}

func (m *mutator) rightOperand(i int, joins string) (from, to int) {
	to = i + 1
	for to < len(m.tokens) && !m.bounds(to, m.tokens[i].depth, joins) {
		to++
	}
	return i + 1, to
}

// bounds reports whether a token ends a condition at a depth. An and inside an or belongs to its operand.
func (m *mutator) bounds(i, depth int, joins string) bool {
	t := m.tokens[i]
	switch {
	case t.depth < depth:
		return true
	case t.depth > depth || t.kind == text:
		return false
	case t.is("and"):
		return joins == "and" && !m.between[i]
	case t.is("left") || t.is("right") || t.is("full"):
		return m.word(i+1) == "join" || m.word(i+1) == "outer"
	case t.is("distinct") || t.is("from"):
		return !slices.Contains([]string{"is", "not", "distinct"}, m.word(i-1))
	}
	return slices.Contains([]string{
		"or", "where", "on", "having", "when", "then", "else", "select", "by", "as", "using", "join", "inner", "cross",
		"group", "order", "union", "intersect", "except", "limit", "window", "asc", "desc", "nulls", "values", ",",
	}, t.text)
}

func (m *mutator) negation(i int) {
	after := m.word(i + 1)
	switch m.word(i) {
	case "not":
		m.add(drop(m.tokens[i].from, m.tokens[i+1].from, m.sourceOf(i, i+2)+": not"))
	case "is":
		if after != "not" {
			m.swapSpan(i, i+2, "is not "+after)
		}
	case "in", "like", "exists", "between":
		if m.word(i-1) != "not" && (m.word(i) != "in" || after == "(") && m.word(i-1) != "rows" && m.word(i-1) != "range" {
			m.swap(i, "not "+m.word(i))
		}
	}
}

// amount changes numbers by one and turns signs around.
func (m *mutator) amount(i int) {
	t := m.tokens[i]
	switch {
	case t.kind == number:
		if n, err := strconv.Atoi(t.text); err == nil && !m.width(i) {
			m.swap(i, strconv.Itoa(n+1))
			if n > 0 {
				m.swap(i, strconv.Itoa(n-1))
			}
		}
	case (t.is("+") || t.is("-")) && i > 0 && m.ends(i-1):
		m.swap(i, map[string]string{"+": "-", "-": "+"}[t.text])
	}
}

// width reports whether a number is the length of a type, as in numeric(9, 2), and not an amount.
func (m *mutator) width(i int) bool {
	for j := i; j > 1; j-- {
		if m.tokens[j].is("(") && m.tokens[j].depth < m.tokens[i].depth {
			return m.word(j-2) == "::"
		}
	}
	return false
}

// ends reports whether a token can end an operand, so that a sign after it stands between two.
func (m *mutator) ends(i int) bool {
	t := m.tokens[i]
	switch {
	case t.is(")") || t.is("]") || t.is("end") || t.kind == number || t.kind == text:
		return true
	case t.kind == symbol:
		return false
	}
	return !slices.Contains([]string{"select", "then", "else", "when", "by", "and", "or", "not", "where", "on", "between", "in"}, t.text)
}

// list drops each member of a list of values.
func (m *mutator) list(i int) {
	if m.word(i) != "in" || m.word(i+1) != "(" || m.word(i+2) == "select" {
		return
	}
	members := m.items(i+2, m.tokens[i+1].depth+1)
	if len(members) < 2 {
		return
	}
	for n, member := range members {
		from, to := m.tokens[member[0]].from, m.tokens[member[1]-1].to
		if n == 0 {
			to = m.tokens[members[1][0]].from
		} else {
			from = m.tokens[members[n-1][1]-1].to
		}
		m.add(drop(from, to, m.sourceOf(member[0], member[1])))
	}
}

// items cuts what follows at a depth into its parts between commas, each from its first token up to its end.
func (m *mutator) items(from, depth int) [][2]int {
	var items [][2]int
	first := from
	for i := from; ; i++ {
		ended := i >= len(m.tokens) || m.tokens[i].depth < depth
		if ended || m.tokens[i].depth == depth && m.tokens[i].is(",") {
			if first < i {
				items = append(items, [2]int{first, i})
			}
			first = i + 1
		}
		if ended {
			return items
		}
	}
}

// span makes between leave out its ends, one at a time, and drops them.
func (m *mutator) span(i int) {
	if m.word(i) != "between" || m.word(i-1) == "rows" || m.word(i-1) == "range" || m.word(i-1) == "not" {
		return
	}
	from, _ := m.leftOperand(i, "and")
	middle := i + 1
	for middle < len(m.tokens) && (!m.between[middle] || m.tokens[middle].depth != m.tokens[i].depth) {
		middle++
	}
	_, to := m.rightOperand(middle, "and")
	what, low, high := m.sourceOf(from, i), m.sourceOf(i+1, middle), m.sourceOf(middle+1, to)
	for _, with := range []struct{ how, sql string }{
		{"without its first day", "(" + what + " > " + low + " and " + what + " <= " + high + ")"},
		{"without its last day", "(" + what + " >= " + low + " and " + what + " < " + high + ")"},
		{"without a start", what + " <= " + high},
		{"without an end", what + " >= " + low},
	} {
		c := replace(m.tokens[from].from, m.tokens[to-1].to, "", with.sql)
		c.what = oneLine(m.sourceOf(from, to)) + " " + with.how
		m.add(c)
	}
}

// singleCondition drops a condition that stands alone after where, on, having or when.
func (m *mutator) singleCondition(from, to int, neutral string) {
	if written := m.sourceOf(from, to); written != neutral && !strings.HasPrefix(written, "select") {
		c := replace(m.tokens[from].from, m.tokens[to-1].to, "", neutral)
		c.what = oneLine(written) + " becomes " + neutral
		m.add(c)
	}
}
