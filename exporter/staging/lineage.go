package staging

import (
	"maps"
	"slices"
	"strings"
)

// doubt is what cannot be relied on in a relation: its rows, or some of its columns. A column that a build lacks is NULL in
// every row, and whatever is worked out from it would be a false number.
type doubt struct {
	rows    bool
	columns map[string]bool
	// all are the columns of the relation, in their order.
	all []string
}

func (d doubt) of(column string) bool { return d.rows || d.columns[column] }

func (d doubt) any() bool { return d.rows || len(d.columns) > 0 }

// whole is the doubt about every row of the same relation.
func (d doubt) whole() doubt { return doubt{rows: true, all: d.all} }

// lineage follows doubts through SQL texts, from the relations that a text reads to the columns that it gives. It rather
// doubts too much: what a join, a condition or a group rests on puts the rows in doubt, and so does a text that it cannot read.
type lineage struct {
	relations map[string]doubt
}

// query gives the doubt about the result of a query.
func (l lineage) query(text string) (result doubt) {
	reader := &sqlReader{tokens: sqlTokens(text)}
	query, ok := reader.query()
	if !ok || reader.more() {
		mentioned := false
		for _, token := range reader.tokens {
			mentioned = mentioned || l.relations[token.text].any()
		}
		return doubt{rows: mentioned}
	}
	return l.ofQuery(query)
}

func (l lineage) ofQuery(query sqlQuery) doubt {
	within := lineage{maps.Clone(l.relations)}
	for _, named := range query.with {
		result := within.ofQuery(named.query)
		for i, name := range named.columns {
			if i < len(result.all) {
				if result.columns[result.all[i]] {
					result.columns[name] = true
				}
				result.all[i] = name
			}
		}
		within.relations[named.name] = result
	}
	var combined doubt
	for i, block := range query.blocks {
		result := within.ofBlock(block)
		if i == 0 {
			combined = result
			continue
		}
		combined.rows = combined.rows || result.rows
		for j, name := range result.all {
			if result.columns[name] && j < len(combined.all) {
				combined.columns[combined.all[j]] = true
			}
		}
	}
	if query.dedupes && len(combined.columns) > 0 {
		combined.rows = true
	}
	return combined
}

// scope holds the doubts about what a block reads, by alias.
type lineageScope struct {
	lineage lineage
	sources map[string]doubt
	order   []string
}

func (l lineage) ofBlock(block sqlBlock) doubt {
	scope := lineageScope{lineage: l, sources: map[string]doubt{}}
	result := doubt{columns: map[string]bool{}}
	for _, source := range block.from {
		read := l.ofSource(source, scope)
		scope.sources[source.alias], scope.order = read, append(scope.order, source.alias)
		if doubtful := read.rows || scope.doubtful(source.on); doubtful && source.left {
			scope.sources[source.alias] = read.whole()
		} else if doubtful {
			result.rows = true
		}
	}
	result.rows = result.rows || scope.doubtful(block.conditions) || scope.doubtful(block.distinctOn)
	for _, item := range block.items {
		scope.add(&result, item)
	}
	if block.distinct && len(result.columns) > 0 {
		result.rows = true
	}
	if len(block.distinctOn) > 0 || block.limited {
		for _, item := range block.orderBy {
			// An order by several columns still has the others to choose a row by.
			result.rows = result.rows || scope.doubtful(item) && !scope.hasOther(item)
		}
	}
	return result
}

func (l lineage) ofSource(source sqlSource, scope lineageScope) doubt {
	switch {
	case source.query != nil:
		result := l.ofQuery(*source.query)
		result.rows = result.rows || scope.doubtful(source.call)
		return result
	case source.name != "":
		return l.relations[source.name]
	default:
		return doubt{rows: scope.doubtful(source.call)}
	}
}

// add adds what a select item gives.
func (s lineageScope) add(result *doubt, item sqlItem) {
	if item.name != "*" {
		result.all = append(result.all, item.name)
		if s.doubtful(item.tokens) {
			result.columns[item.name] = true
		}
		return
	}
	for _, alias := range s.order {
		if item.alias != "" && item.alias != alias {
			continue
		}
		source := s.sources[alias]
		result.rows = result.rows || source.rows && len(source.all) == 0
		for _, column := range source.all {
			result.all = append(result.all, column)
			if source.of(column) {
				result.columns[column] = true
			}
		}
	}
}

// doubtful reports whether a text reads a column in doubt, or a relation within a subquery.
func (s lineageScope) doubtful(tokens []sqlToken) bool {
	doubtful, _ := s.references(tokens)
	return doubtful
}

// hasOther reports whether a text reads a column of a relation that is not in doubt.
func (s lineageScope) hasOther(tokens []sqlToken) bool {
	_, other := s.references(tokens)
	return other
}

func (s lineageScope) references(tokens []sqlToken) (doubtful, other bool) {
	for i, token := range tokens {
		if !token.word || i > 0 && tokens[i-1].text == "." {
			continue
		}
		if source, ok := s.sources[token.text]; ok && i+2 < len(tokens) && tokens[i+1].text == "." {
			if source.of(tokens[i+2].text) || tokens[i+2].text == "*" && source.any() {
				doubtful = true
			} else {
				other = true
			}
			continue
		}
		if i+1 < len(tokens) && tokens[i+1].text == "." {
			continue // an alias of a subquery, whose relation is looked at by its name
		}
		if s.lineage.relations[token.text].any() && slices.ContainsFunc(tokens, func(t sqlToken) bool { return t.text == "select" }) {
			doubtful = true
		}
		for _, source := range s.sources {
			if source.columns[token.text] || source.rows && slices.Contains(source.all, token.text) {
				doubtful = true
			}
		}
	}
	return doubtful, other
}

// sqlToken is a word in lower case, a symbol, or a text or number, whose contents do not matter.
type sqlToken struct {
	text string
	word bool
}

func sqlTokens(sql string) []sqlToken {
	isWord := func(b byte) bool {
		return b == '_' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9'
	}
	var tokens []sqlToken
	for i := 0; i < len(sql); {
		switch b := sql[i]; {
		case strings.HasPrefix(sql[i:], "--"):
			i = after(sql, i, "\n")
		case strings.HasPrefix(sql[i:], "/*"):
			i = after(sql, i, "*/")
		case b == '\'':
			i = after(sql, i+1, "'")
			tokens = append(tokens, sqlToken{text: "''"})
		case b == '"':
			end := after(sql, i+1, `"`)
			tokens = append(tokens, sqlToken{text: strings.Trim(sql[i:end], `"`), word: true})
			i = end
		case isWord(b):
			end := i
			for end < len(sql) && isWord(sql[end]) {
				end++
			}
			tokens = append(tokens, sqlToken{text: strings.ToLower(sql[i:end]), word: b < '0' || b > '9'})
			i = end
		case b == ' ' || b == '\n' || b == '\t' || b == '\r':
			i++
		default:
			tokens = append(tokens, sqlToken{text: string(b)})
			i++
		}
	}
	return tokens
}

// after is where the text behind a mark begins.
func after(sql string, from int, mark string) int {
	if at := strings.Index(sql[from:], mark); at >= 0 {
		return from + at + len(mark)
	}
	return len(sql)
}
