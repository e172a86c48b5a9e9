package mutation

import "slices"

// SQL makes every mutant of a cohort or of a derived staging relation.
func SQL(file, src string) []Mutant {
	m := newMutator(src)
	m.expressions()
	for i, t := range m.tokens {
		switch {
		case t.is("join"):
			m.join(i)
		case t.is("distinct"):
			m.distinct(i)
		case t.is("union"):
			m.union(i)
		case t.is("order") && m.word(i+1) == "by":
			m.order(i)
		case t.is("partition") && m.word(i+1) == "by":
			m.partition(i)
		case t.is("interval"):
			m.interval(i)
		case m.word(i+1) == "(":
			m.call(i)
		}
		m.condition(i)
	}
	return mutants(file, src, m.changes)
}

func (m *mutator) join(i int) {
	switch m.word(i - 1) {
	case "left":
		m.swapSpan(i-1, i+1, "join")
	case "full":
		m.swapSpan(i-1, i+1, "left join")
	case "cross":
	default:
		m.swap(i, "left join")
	}
}

func (m *mutator) distinct(i int) {
	t := m.tokens[i]
	switch {
	case m.word(i-1) == "is" || m.word(i-1) == "not":
	case m.word(i+1) == "on":
		end := i + 3
		for end < len(m.tokens) && m.tokens[end].depth > t.depth {
			end++
		}
		m.add(drop(t.from, m.tokens[end].to, m.sourceOf(i, end+1)))
	default:
		m.add(drop(t.from, t.to, "distinct"))
	}
}

func (m *mutator) union(i int) {
	if m.word(i+1) == "all" {
		m.swapSpan(i, i+2, "union")
		return
	}
	m.swap(i, "union all")
}

// order turns each direction around, but for what distinct on or a partition has made one value already.
func (m *mutator) order(i int) {
	for _, item := range m.items(i+2, m.tokens[i].depth) {
		from, to := item[0], m.orderEnd(item)
		last, nulls := to, ""
		if m.word(last-2) == "nulls" {
			last, nulls = last-2, " "+m.sourceOf(last-2, last)
		}
		with := " desc"
		if m.word(last-1) == "desc" || m.word(last-1) == "asc" {
			last--
			if m.word(last) == "desc" {
				with = ""
			}
		}
		if slices.Contains(m.settled(i), oneLine(m.sourceOf(from, last))) {
			continue
		}
		m.swapSpan(from, to, m.sourceOf(from, last)+with+nulls)
		if nulls != "" {
			other := map[string]string{" nulls last": " nulls first", " nulls first": " nulls last"}[nulls]
			m.swapSpan(to-2, to, oneLine(other))
		}
	}
}

// orderEnd is where an item of an order ends: a frame or a limit may follow the last one.
func (m *mutator) orderEnd(item [2]int) int {
	for i := item[0]; i < item[1]; i++ {
		if m.tokens[i].depth == m.tokens[item[0]].depth &&
			slices.Contains([]string{"rows", "range", "groups", "limit", "union"}, m.word(i)) {
			return i
		}
	}
	return item[1]
}

// settled are the expressions of the distinct on that an order by belongs to: their direction decides nothing.
func (m *mutator) settled(order int) []string {
	depth := m.tokens[order].depth
	for i := order - 1; i >= 0 && m.tokens[i].depth >= depth; i-- {
		if m.tokens[i].depth != depth || !m.tokens[i].is("select") {
			continue
		}
		if m.word(i+1) != "distinct" || m.word(i+2) != "on" {
			return nil
		}
		var settled []string
		for _, item := range m.items(i+4, depth+1) {
			settled = append(settled, oneLine(m.sourceOf(item[0], item[1])))
		}
		return settled
	}
	return nil
}

// partition takes one expression after another out of a partition, and the partition away where there is one only.
func (m *mutator) partition(i int) {
	end := i + 2
	for end < len(m.tokens) && m.tokens[end].depth >= m.tokens[i].depth && m.word(end) != "order" &&
		m.word(end) != "rows" && m.word(end) != "range" {
		end++
	}
	var items [][2]int
	for _, item := range m.items(i+2, m.tokens[i].depth) {
		if item[0] < end {
			items = append(items, [2]int{item[0], min(item[1], end)})
		}
	}
	for n, item := range items {
		from, to := m.tokens[item[0]].from, m.tokens[item[1]-1].to
		switch {
		case len(items) == 1:
			from = m.tokens[i].from
		case n == 0:
			to = m.tokens[items[1][0]].from
		default:
			from = m.tokens[items[n-1][1]-1].to
		}
		c := drop(from, to, "partition by "+m.sourceOf(item[0], item[1]))
		m.add(c)
	}
}

// interval makes an interval longer and shorter by one.
func (m *mutator) interval(i int) {
	if i+1 >= len(m.tokens) || m.tokens[i+1].kind != text {
		return
	}
	t := m.tokens[i+1]
	inside := newMutator(t.text[1 : len(t.text)-1])
	for n := range inside.tokens {
		inside.amount(n)
	}
	for _, c := range inside.changes {
		with := "'" + apply(inside.source, c.edits) + "'"
		m.add(replace(t.from, t.to, t.text, with))
	}
}

// call changes the order of coalesce's arguments and takes the other end of what is compared.
func (m *mutator) call(i int) {
	other := map[string]string{
		"greatest": "least", "least": "greatest", "min": "max", "max": "min", "lag": "lead", "lead": "lag",
		"bool_or": "bool_and", "bool_and": "bool_or",
	}[m.word(i)]
	if other != "" {
		m.swap(i, other)
	}
	if m.word(i) != "coalesce" {
		return
	}
	arguments := m.items(i+2, m.tokens[i+1].depth+1)
	for n := 0; n+1 < len(arguments); n++ {
		a, b := arguments[n], arguments[n+1]
		m.swapSpan(a[0], b[1], m.sourceOf(b[0], b[1])+", "+m.sourceOf(a[0], a[1]))
	}
}

// condition drops what stands alone as a condition, and closes a branch of a case.
func (m *mutator) condition(i int) {
	opens := m.word(i)
	ends := []string{
		"group", "order", "having", "limit", "union", "intersect", "except", "join", "inner", "cross", "where", "window", "then",
	}
	switch {
	case !slices.Contains([]string{"where", "on", "having", "when"}, opens):
		return
	case opens == "on" && m.word(i-1) == "distinct":
		return
	case opens == "when" && m.simple(i):
		return
	}
	to := i + 1
	for ; to < len(m.tokens) && m.tokens[to].depth >= m.tokens[i].depth; to++ {
		t := m.tokens[to]
		if t.depth == m.tokens[i].depth && t.kind == word && (slices.Contains(ends, t.text) ||
			(t.text == "left" || t.text == "full" || t.text == "right") && m.word(to+1) == "join") {
			break
		}
		if t.depth == m.tokens[i].depth && t.is("and") && !m.between[to] && opens != "when" {
			return // its conjuncts are dropped one by one
		}
	}
	if opens == "when" {
		m.singleCondition(i+1, to, "false")
		return
	}
	m.singleCondition(i+1, to, "true")
}

// simple reports whether a case is of one expression, whose branches are values, and not of conditions.
func (m *mutator) simple(when int) bool {
	for i := when; i >= 0; i-- {
		if m.tokens[i].depth < m.tokens[when].depth {
			return m.tokens[i+1].text != "when"
		}
	}
	return false
}
