package staging

import "slices"

// sqlQuery is a query as far as lineage needs it: its common table expressions and the selects that it unites.
type sqlQuery struct {
	with   []sqlNamed
	blocks []sqlBlock
	// dedupes is true where the selects are united without all.
	dedupes bool
}

type sqlNamed struct {
	name    string
	columns []string
	query   sqlQuery
}

// sqlBlock is one select.
type sqlBlock struct {
	distinct   bool
	distinctOn []sqlToken
	items      []sqlItem
	from       []sqlSource
	// conditions are where, group by and having.
	conditions []sqlToken
	orderBy    [][]sqlToken
	limited    bool
}

// sqlItem is a column of a select; the name of all columns of an alias, or of everything, is *.
type sqlItem struct {
	name, alias string
	tokens      []sqlToken
}

// sqlSource is what a select reads: a relation, a query in brackets or a call of a function. A lateral query may read the
// sources before it, so that its text is kept like a call's.
type sqlSource struct {
	name, alias string
	query       *sqlQuery
	call        []sqlToken
	left        bool
	on          []sqlToken
}

// sqlReader reads queries of the form that cohorts and relations have.
type sqlReader struct {
	tokens []sqlToken
	next   int
}

func (r *sqlReader) more() bool { return r.next < len(r.tokens) }

func (r *sqlReader) peek(ahead int) string {
	if r.next+ahead < len(r.tokens) {
		return r.tokens[r.next+ahead].text
	}
	return ""
}

func (r *sqlReader) accept(words ...string) bool {
	for i, word := range words {
		if r.peek(i) != word {
			return false
		}
	}
	r.next += len(words)
	return true
}

// query reads a query up to the end or to the bracket that closes it.
func (r *sqlReader) query() (query sqlQuery, ok bool) {
	if r.accept("with") {
		r.accept("recursive")
		for {
			named, ok := r.named()
			if !ok {
				return query, false
			}
			query.with = append(query.with, named)
			if !r.accept(",") {
				break
			}
		}
	}
	for {
		block, ok := r.block()
		if !ok {
			return query, false
		}
		query.blocks = append(query.blocks, block)
		if !r.accept("union") {
			return query, true
		}
		query.dedupes = query.dedupes || !r.accept("all")
	}
}

func (r *sqlReader) named() (named sqlNamed, ok bool) {
	named.name = r.peek(0)
	r.next++
	if r.peek(0) == "(" {
		for _, token := range r.brackets() {
			if token.word {
				named.columns = append(named.columns, token.text)
			}
		}
	}
	if !r.accept("as") {
		return named, false
	}
	r.accept("not")
	r.accept("materialized")
	if r.peek(0) != "(" {
		return named, false
	}
	named.query, ok = readQuery(r.brackets())
	return named, ok
}

func readQuery(tokens []sqlToken) (sqlQuery, bool) {
	inner := &sqlReader{tokens: tokens}
	query, ok := inner.query()
	return query, ok && !inner.more()
}

// brackets reads what stands in the brackets that open here.
func (r *sqlReader) brackets() []sqlToken {
	start, depth := r.next+1, 0
	for r.more() {
		switch r.tokens[r.next].text {
		case "(":
			depth++
		case ")":
			depth--
		}
		r.next++
		if depth == 0 {
			return r.tokens[start : r.next-1]
		}
	}
	return r.tokens[min(start, len(r.tokens)):]
}

func (r *sqlReader) block() (block sqlBlock, ok bool) {
	if r.accept("values") {
		for r.peek(0) == "(" {
			block.conditions = append(block.conditions, r.brackets()...)
			r.accept(",")
		}
		return block, true
	}
	if !r.accept("select") {
		return block, false
	}
	if r.accept("distinct") {
		if block.distinct = !r.accept("on"); !block.distinct {
			block.distinctOn = r.brackets()
		}
	}
	for _, tokens := range splitTokens(r.until("from", "where", "group", "having", "order", "limit", "union")) {
		block.items = append(block.items, readItem(tokens))
	}
	if r.accept("from") {
		sources, ok := readSources(r.until("where", "group", "having", "order", "limit", "union"))
		if !ok {
			return block, false
		}
		block.from = sources
	}
	for r.more() && r.peek(0) != "union" {
		switch {
		case r.accept("where"), r.accept("group", "by"), r.accept("having"):
			block.conditions = append(block.conditions, r.until("group", "having", "order", "limit", "union")...)
		case r.accept("order", "by"):
			block.orderBy = splitTokens(r.until("limit", "union"))
		case r.accept("limit"):
			block.limited = true
			r.until("union")
		default:
			return block, false
		}
	}
	return block, true
}

// until reads up to a word that begins another part of the select.
func (r *sqlReader) until(words ...string) []sqlToken {
	start, depth := r.next, 0
	for ; r.more(); r.next++ {
		token := r.tokens[r.next]
		switch {
		case token.text == "(":
			depth++
		case token.text == ")":
			depth--
		case depth > 0 || !token.word || !slices.Contains(words, token.text):
		case token.text == "from" && r.next > start+1 && r.tokens[r.next-1].text == "distinct":
			// is distinct from
		case (token.text == "group" || token.text == "order") && r.peek(1) != "by":
			// within group
		default:
			return r.tokens[start:r.next]
		}
	}
	return r.tokens[start:]
}

// splitTokens splits at the commas outside of brackets.
func splitTokens(tokens []sqlToken) [][]sqlToken {
	var parts [][]sqlToken
	start, depth := 0, 0
	for i, token := range tokens {
		switch token.text {
		case "(", "[":
			depth++
		case ")", "]":
			depth--
		case ",":
			if depth == 0 {
				parts, start = append(parts, tokens[start:i]), i+1
			}
		}
	}
	if start < len(tokens) {
		parts = append(parts, tokens[start:])
	}
	return parts
}

func readItem(tokens []sqlToken) sqlItem {
	item := sqlItem{tokens: tokens}
	if last := len(tokens) - 1; last >= 0 {
		item.name = tokens[last].text
		if item.name == "*" && last == 2 {
			item.alias = tokens[0].text
		}
	}
	return item
}

// readSources reads what a select reads, with its joins.
func readSources(tokens []sqlToken) (sources []sqlSource, ok bool) {
	r := &sqlReader{tokens: tokens}
	for r.more() {
		var source sqlSource
		source.left = r.accept("left")
		lateral := false
		for slices.Contains([]string{",", "inner", "cross", "outer", "join", "lateral"}, r.peek(0)) {
			lateral = lateral || r.peek(0) == "lateral"
			r.next++
		}
		if r.peek(0) == "right" || r.peek(0) == "full" || r.peek(0) == "natural" {
			return nil, false
		}
		switch {
		case r.peek(0) == "(":
			inner := r.brackets()
			query, ok := readQuery(inner)
			if !ok {
				return nil, false
			}
			if source.query = &query; lateral {
				source.call = inner
			}
		case r.peek(1) == "(":
			source.alias = r.peek(0)
			r.next++
			source.call = r.brackets()
		default:
			source.name, source.alias = r.peek(0), r.peek(0)
			r.next++
		}
		r.accept("with", "ordinality")
		r.accept("as")
		joins := []string{"on", "using", "join", "left", "inner", "cross", "right", "full", "natural", ","}
		if r.more() && r.tokens[r.next].word && !slices.Contains(joins, r.peek(0)) {
			source.alias = r.peek(0)
			r.next++
		}
		if r.peek(0) == "(" {
			r.brackets() // names of the columns
		}
		if r.accept("on") || r.accept("using") {
			source.on = r.condition()
		}
		sources = append(sources, source)
	}
	return sources, true
}

// condition reads what a join is on.
func (r *sqlReader) condition() []sqlToken {
	start := r.next
	for depth := 0; r.more(); r.next++ {
		text := r.peek(0)
		switch {
		case text == "(":
			depth++
		case text == ")":
			depth--
		case depth == 0 && (text == "join" || text == "inner" || text == "cross" || text == "full" || text == "," ||
			(text == "left" || text == "right") && r.peek(1) != "("):
			return r.tokens[start:r.next]
		}
	}
	return r.tokens[start:]
}
