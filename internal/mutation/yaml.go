package mutation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Measures makes every mutant of a cohort's indicators.
func Measures(file, src string) ([]Mutant, error) {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(src), &document); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	y := yamlMutator{source: src}
	for _, indicator := range value(document.Content[0], "indicators").Content {
		y.part = value(indicator, "name").Value
		y.indicator(indicator)
	}
	return mutants(file, src, y.changes), nil
}

// Limits makes each limit of a file one more and one less.
func Limits(file, src string) ([]Mutant, error) {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(src), &document); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	y := yamlMutator{source: src}
	limits := document.Content[0].Content
	for i := 0; i+1 < len(limits); i += 2 {
		y.part = limits[i].Value
		y.number(value(limits[i+1], "value"))
	}
	return mutants(file, src, y.changes), nil
}

// Staging makes the mutants of mapped relations: another of the names that a column has had first, and the next wider
// kind. What codes mean is left out: it is checked word by word elsewhere. Types are those of the columns of the tables, as
// in ssd_person.pers_dob: one that is a date has no time of day to leave in, and one that is not there decides nothing.
func Staging(file, src string, types map[string]string) ([]Mutant, error) {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(src), &document); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	y := yamlMutator{source: src}
	relations := document.Content[0].Content
	for i := 1; i < len(relations); i += 2 {
		y.part = relations[i-1].Value
		columns, table := value(relations[i], "columns").Content, value(relations[i], "table").Value
		for j := 1; j < len(columns); j += 2 {
			var from []*yaml.Node
			for _, name := range value(columns[j], "from").Content {
				if types[table+"."+name.Value] != "" {
					from = append(from, name)
				}
			}
			if len(from) == 0 {
				continue
			}
			y.names(from)
			if as := value(columns[j], "as"); as.Value != "date" || types[table+"."+from[0].Value] != "date" {
				y.kind(as, columns[j-1].Value, value(columns[j], "refers_to").Value != "")
			}
		}
	}
	return mutants(file, src, y.changes), nil
}

type yamlMutator struct {
	source  string
	part    string
	changes []change
}

func (y *yamlMutator) add(c change) {
	c.part = y.part
	y.changes = append(y.changes, c)
}

// value is what stands under a key of a map; an empty node where the key is missing.
func value(node *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			return node.Content[i+1]
		}
	}
	return &yaml.Node{}
}

func (y *yamlMutator) indicator(node *yaml.Node) {
	for _, key := range []string{"where", "count", "numerator", "denominator", "sum", "mean", "median", "max"} {
		y.expression(value(node, key))
	}
	y.parts(value(node, "numerator"), value(node, "denominator"))
	rate := value(node, "rate")
	y.expression(value(rate, "of"))
	y.number(value(rate, "per"))
	bands := value(node, "bands")
	y.expression(value(bands, "of"))
	for _, band := range value(bands, "bands").Content {
		y.number(value(band, "up_to"))
		y.expression(value(band, "when"))
	}
	for _, breakdown := range value(node, "breakdowns").Content {
		if ignore := value(breakdown, "ignore_filter"); ignore.Value == "true" {
			from, to := y.place(ignore)
			y.add(change{what: "ignore_filter: true becomes false", edits: []edit{{from, to, "false"}}})
		}
	}
}

// place is where a scalar stands in the source, quotes and the sign of a block left out.
func (y *yamlMutator) place(node *yaml.Node) (from, to int) {
	if node.Kind != yaml.ScalarNode {
		return 0, 0
	}
	start := 0
	for range node.Line - 1 {
		start += strings.IndexByte(y.source[start:], '\n') + 1
	}
	if node.Style == yaml.FoldedStyle || node.Style == yaml.LiteralStyle {
		return y.block(start)
	}
	from = start + node.Column - 1
	if node.Style == yaml.SingleQuotedStyle || node.Style == yaml.DoubleQuotedStyle {
		from++
	}
	to = from + len(node.Value)
	if to > len(y.source) || y.source[from:to] != node.Value {
		return 0, 0
	}
	return from, to
}

// block is the lines below a key that are indented deeper than it.
func (y *yamlMutator) block(start int) (from, to int) {
	indent := func(line string) int { return len(line) - len(strings.TrimLeft(line, " -")) }
	key := indent(lineAt(y.source, start))
	from = start + len(lineAt(y.source, start)) + 1
	for to = from; to < len(y.source); {
		line := lineAt(y.source, to)
		if strings.TrimSpace(line) != "" && indent(line) <= key {
			break
		}
		to += len(line) + 1
	}
	return from, min(to, len(y.source))
}

// expression changes a condition or an amount of the measure language.
func (y *yamlMutator) expression(node *yaml.Node) {
	from, to := y.place(node)
	if from == to {
		return
	}
	m := newMutator(y.source[from:to])
	m.expressions()
	for i := range m.tokens {
		if slices.Contains([]string{"working_days", "days", "seconds"}, m.word(i)) && m.word(i+1) == "(" {
			m.call(i)
			m.arguments(i)
		}
	}
	if aggregate := m.word(0) == "sum"; !aggregate && node.Value != "all" && y.condition(m) {
		m.singleCondition(0, len(m.tokens), "true")
	}
	for _, c := range m.changes {
		for i := range c.edits {
			c.edits[i].from += from
			c.edits[i].to += from
		}
		y.add(c)
	}
}

// condition reports whether an expression is a single condition: no amount, and not several joined by and or or.
func (y *yamlMutator) condition(m *mutator) bool {
	compares := false
	for i, t := range m.tokens {
		if t.depth == 0 && (t.is("and") && !m.between[i] || t.is("or")) {
			return false
		}
		compares = compares || slices.Contains([]string{"=", "<>", "<", "<=", ">", ">=", "is", "in", "not"}, m.word(i))
	}
	return compares
}

// arguments swaps the two ends of a span.
func (m *mutator) arguments(i int) {
	ends := m.items(i+2, m.tokens[i+1].depth+1)
	if len(ends) == 2 {
		a, b := ends[0], ends[1]
		m.swapSpan(a[0], b[1], m.sourceOf(b[0], b[1])+", "+m.sourceOf(a[0], a[1]))
	}
}

// parts puts the numerator of a ratio below and its denominator above.
func (y *yamlMutator) parts(numerator, denominator *yaml.Node) {
	n, nEnd := y.place(numerator)
	d, dEnd := y.place(denominator)
	if n == nEnd || d == dEnd {
		return
	}
	y.add(change{what: "numerator and denominator swapped", edits: []edit{
		{n, nEnd, y.source[d:dEnd]}, {d, dEnd, y.source[n:nEnd]},
	}})
}

func (y *yamlMutator) number(node *yaml.Node) {
	from, to := y.place(node)
	n, err := strconv.Atoi(node.Value)
	if from == to || err != nil {
		return
	}
	y.add(replace(from, to, node.Value, strconv.Itoa(n+1)))
	y.add(replace(from, to, node.Value, strconv.Itoa(n-1)))
}

func (y *yamlMutator) names(from []*yaml.Node) {
	for i := 0; i+1 < len(from); i++ {
		a, aEnd := y.place(from[i])
		b, bEnd := y.place(from[i+1])
		if a == aEnd || b == bEnd {
			continue
		}
		y.add(change{
			what:  from[i+1].Value + " goes before " + from[i].Value,
			edits: []edit{{a, aEnd, from[i+1].Value}, {b, bEnd, from[i].Value}},
		})
	}
}

// kind widens what a column may hold: blanks and placeholders in a reference, a time of day beside a date. In a row's own
// id a placeholder decides nothing.
func (y *yamlMutator) kind(as *yaml.Node, column string, refers bool) {
	other := map[string]string{"team": "text", "date": "timestamp", "timestamp": "date"}[as.Value]
	if refers {
		other = "text"
	}
	if from, to := y.place(as); other != "" && from < to {
		c := replace(from, to, as.Value, other)
		c.what = column + " as " + c.what
		y.add(c)
	}
}
