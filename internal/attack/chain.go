package main

import (
	"fmt"
	"slices"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
)

// score is what a method deduced of the hidden values that it was tried on.
type score struct {
	// small is the hidden values of 1 to 5; pinned those of which one candidate is left, few those with two, narrowed all
	// with fewer than five, which all lie within 1 to 5.
	small, pinned, few, narrowed int
	// unanimous is the hidden shares of 0 or 100 %; proven those that were shown to be so.
	unanimous, proven int
	// wrong is how many deductions do not hold, because the attack guessed; skipped is what was too large to try.
	wrong, skipped int
	examples       []string
}

func (s *score) add(other score) {
	s.small, s.pinned, s.few, s.narrowed = s.small+other.small, s.pinned+other.pinned, s.few+other.few, s.narrowed+other.narrowed
	s.unanimous, s.proven = s.unanimous+other.unanimous, s.proven+other.proven
	s.wrong, s.skipped = s.wrong+other.wrong, s.skipped+other.skipped
	s.examples = append(s.examples, other.examples...)
}

func (s score) String() string {
	return fmt.Sprintf("of %d hidden: %d pinned, %d with two, %d narrowed; of %d of 0 or 100 %%: %d proven; %d wrong, %d not tried",
		s.small, s.pinned, s.few-s.pinned, s.narrowed-s.few, s.unanimous, s.proven, s.wrong, s.skipped)
}

// isDisclosed reports whether anything was pinned or proven, or more than one in a thousand left with two candidates.
func (s score) isDisclosed() bool { return s.pinned > 0 || s.proven > 0 || s.few*1000 > s.small }

// deduce scores the candidates that are left of a small number.
func (s *score) deduce(values []int, truth int, what string) {
	s.small++
	slices.Sort(values)
	values = slices.Compact(values)
	if len(values) == 0 || !slices.Contains(values, truth) {
		s.wrong++
		return
	}
	if values[0] < 1 || values[len(values)-1] > 5 || len(values) >= 5 {
		return
	}
	s.narrowed++
	if len(values) <= 2 {
		s.few++
	}
	if len(values) == 1 {
		s.pinned++
	}
	s.examples = append(s.examples, fmt.Sprintf("%s: %v, truth %d", what, values, truth))
}

// denominators names for a ratio the published count that is its denominator. How far the two differ at most is given
// to the attack.
func denominators() map[string]string {
	return map[string]string{
		"childrens_cp_plans_repeat_ratio":            "childrens_cp_plans_started",
		"childrens_cp_plans_repeat_recent_ratio":     "childrens_cp_plans_started",
		"childrens_cp_plans_ended_long_ratio":        "childrens_cp_plans_ended",
		"childrens_referrals_repeat_ratio":           "childrens_referrals",
		"childrens_referrals_no_action_ratio":        "childrens_referrals",
		"childrens_referrals_decision_on_time_ratio": "childrens_referrals",
		"childrens_contacts_no_action_ratio":         "childrens_contacts",
		"childrens_contacts_to_referral_ratio":       "childrens_contacts",
		"childrens_icpc_to_plan_ratio":               "childrens_icpc_held",
		"childrens_icpc_on_time_ratio":               "childrens_icpc_held",
		"childrens_assessments_on_time_ratio":        "childrens_assessments_completed",
		"childrens_assessments_not_in_need_ratio":    "childrens_assessments_completed",
		"childrens_assessments_child_seen_ratio":     "childrens_assessments_completed",
		"childrens_ehcp_issued_on_time_all_ratio":    "childrens_ehcp_issued",
		"childrens_ehcp_requests_refused_ratio":      "childrens_ehcp_requests",
	}
}

// chain is the quarters (or months) of a ratio and the longer windows over them.
type chain struct {
	archive   *archive
	indicator *definition.Indicator
	ends      []time.Time
	exact     []definition.Observation
	hidden    []bool
	domains   [][]pair
	windows   []window
}

// window is a shown longer window: the sums of numerators and denominators that would be shown so.
type window struct {
	from, to int // quarters [from, to)
	allowed  *grid
}

// chains attacks the hidden short periods of ratios by the longer windows over them.
func (a *archive) chains(kind calendar.Kind) score {
	var total score
	for name, count := range denominators() {
		c := a.newChain(name, count, kind)
		if c == nil {
			total.skipped++
			continue
		}
		if !c.propagate() || !c.solve() {
			total.wrong++ // no solution: the guess of the denominator does not hold
			continue
		}
		total.add(c.score())
	}
	return total
}

const (
	slackSearch = 6   // the most by which a count may exceed the denominator
	unknownMost = 120 // the largest denominator that is tried for a quarter of which nothing is known
)

// newChain gives nil where the attack does not apply.
func (a *archive) newChain(name, count string, kind calendar.Kind) *chain {
	indicator, err := a.catalogue.Indicator(name)
	if err != nil {
		return nil
	}
	c := &chain{archive: a, indicator: indicator}
	for cell := range a.asked {
		if cell.indicator == name && cell.kind == kind {
			c.ends = append(c.ends, cell.ends)
		}
	}
	slices.SortFunc(c.ends, time.Time.Compare)
	if len(c.ends) < 8 {
		return nil
	}
	slack := 0
	for _, end := range c.ends {
		exact := a.truth[cellID{name, kind, end}]
		c.exact = append(c.exact, exact)
		c.hidden = append(c.hidden, a.isHidden(cellID{name, kind, end}))
		slack = max(slack, int(a.truth[cellID{count, kind, end}].Rows-*exact.Denominator))
	}
	if slack > slackSearch || !slices.Contains(c.hidden, true) {
		return nil
	}
	for i, end := range c.ends {
		low, high := a.countRange(count, kind, end, slack)
		c.domains = append(c.domains, c.candidates(i, low, high))
	}
	for i, end := range c.ends {
		for _, longer := range []calendar.Kind{calendar.Rolling12Months, calendar.FinancialYear, calendar.Quarter} {
			if longer != kind {
				c.addWindow(longer, i, end, count, slack)
			}
		}
	}
	return c
}

// countRange is what a published count says of a denominator.
func (a *archive) countRange(count string, kind calendar.Kind, end time.Time, slack int) (low, high int) {
	if shown, isShown := a.shown[cellID{count, kind, end}]; isShown {
		if shown.Rows == 0 {
			return 0, 0
		}
		return max(0, int(shown.Rows)-2-slack), int(shown.Rows) + 2
	}
	if kind == calendar.Quarter || kind == calendar.Month {
		return 1, 7
	}
	return 0, 1 << 20
}

// candidates lists the pairs that would be shown, or hidden, as a short period is.
func (c *chain) candidates(i, low, high int) []pair {
	exact := c.exact[i]
	shown, isShown := c.archive.shown[id(exact)]
	var pairs []pair
	if high > 1<<15 {
		high = unknownMost
	}
	ratios := 0
	for _, sibling := range c.indicator.Cohort.Indicators {
		if sibling.Public == definition.PublicRatio {
			ratios++
		}
	}
	for d := max(low, 1); d <= high; d++ {
		for n := 0; n <= d; n++ {
			published, isPublished := c.archive.publishAs(exact, pair{n, d}, false)
			switch {
			case isShown && isPublished && same(published, shown):
			case !isShown && c.hidden[i] && (!isPublished || ratios > 1):
			case !isShown && !c.hidden[i]:
			default:
				continue
			}
			pairs = append(pairs, pair{n, d})
		}
	}
	if len(pairs) == 0 && *exact.Denominator == 0 {
		pairs = []pair{{0, 0}}
	}
	return pairs
}

func same(published, shown definition.Observation) bool {
	return *published.Value == *shown.Value && samePart(published.Numerator, shown.Numerator) && samePart(published.Denominator, shown.Denominator)
}

func samePart(a, b *float64) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }

// publishAs gives what the product would publish of a window with other numbers, over a suppressed period or not.
func (a *archive) publishAs(exact definition.Observation, p pair, overHidden bool) (definition.Observation, bool) {
	exact.Numerator, exact.Denominator = new(float64(p.n)), new(float64(p.d))
	exact.Value = new(float64(p.n) / float64(p.d))
	var closed []definition.PeriodObservation
	if overHidden {
		inside := exact
		inside.Period.Kind, inside.Period.Ends = calendar.Quarter, exact.Period.Starts.AddDate(0, 1, 0)
		if exact.Period.Kind == calendar.Quarter {
			inside.Period.Kind = calendar.Month
		}
		inside.Numerator, inside.Denominator, inside.Value = new(1.0), new(3.0), new(1.0/3)
		closed = []definition.PeriodObservation{{Observation: inside}}
	}
	published, _, _, _ := a.apply([]definition.Observation{exact}, closed)
	if len(published) == 0 {
		return definition.Observation{}, false
	}
	return published[0], true
}

// addWindow adds a longer window that ends with a period, if it is shown.
func (c *chain) addWindow(kind calendar.Kind, i int, end time.Time, count string, slack int) {
	shown, isShown := c.archive.shown[cellID{c.indicator.Name, kind, end}]
	if !isShown || shown.Numerator == nil && shown.Value == nil {
		return
	}
	exact := c.archive.truth[cellID{c.indicator.Name, kind, end}]
	from := slices.IndexFunc(c.exact, func(short definition.Observation) bool { return short.Period.Starts.Equal(exact.Period.Starts) })
	if from < 0 || from == i {
		return
	}
	low, high := c.archive.countRange(count, kind, end, slack)
	bottom, top, over := pair{}, pair{}, false
	for quarter := from; quarter <= i; quarter++ {
		l, h := bounds(c.domains[quarter])
		bottom, top = bottom.plus(l), top.plus(h)
		over = over || c.hidden[quarter]
	}
	bottom.d, top.d = max(bottom.d, low), min(top.d, high)
	if top.d < bottom.d || (top.n-bottom.n+1)*(top.d-bottom.d+1) > 200_000 {
		return
	}
	allowed := newGrid(bottom, top)
	for d := bottom.d; d <= top.d; d++ {
		for n := bottom.n; n <= min(top.n, d); n++ {
			if published, isPublished := c.archive.publishAs(exact, pair{n, d}, over); isPublished && *published.Value == *shown.Value &&
				(shown.Numerator == nil || same(published, shown)) {
				allowed.set(pair{n, d})
			}
		}
	}
	c.windows = append(c.windows, window{from, i + 1, allowed})
}

func bounds(pairs []pair) (lowest, highest pair) {
	lowest = pair{1 << 30, 1 << 30}
	for _, p := range pairs {
		lowest = pair{min(lowest.n, p.n), min(lowest.d, p.d)}
		highest = pair{max(highest.n, p.n), max(highest.d, p.d)}
	}
	return lowest, highest
}

// propagate removes candidates of one period that no candidates of the others complete to a shown window, until nothing
// changes. It reports whether each period has a candidate left.
func (c *chain) propagate() bool {
	for changed := true; changed; {
		changed = false
		for _, w := range c.windows {
			for quarter := w.from; quarter < w.to; quarter++ {
				others := []pair{{}}
				for other := w.from; other < w.to; other++ {
					if other != quarter {
						others = sums(others, c.domains[other])
					}
				}
				left := slices.DeleteFunc(slices.Clone(c.domains[quarter]), func(p pair) bool {
					return !slices.ContainsFunc(others, func(other pair) bool { return w.allowed.has(p.plus(other)) })
				})
				changed = changed || len(left) < len(c.domains[quarter])
				if c.domains[quarter] = left; len(left) == 0 {
					return false
				}
			}
		}
	}
	return true
}

func sums(left, right []pair) []pair {
	_, highestLeft := bounds(left)
	_, highestRight := bounds(right)
	seen := newGrid(pair{}, highestLeft.plus(highestRight))
	var all []pair
	for _, a := range left {
		for _, b := range right {
			if sum := a.plus(b); !seen.has(sum) {
				seen.set(sum)
				all = append(all, sum)
			}
		}
	}
	return all
}

// score compares what is left with the truth.
func (c *chain) score() score {
	var s score
	for i, exact := range c.exact {
		if !c.hidden[i] || *exact.Denominator == 0 {
			continue
		}
		what := fmt.Sprintf("%s, %s to %s", c.indicator.Name, exact.Period.Kind, c.ends[i].Format(time.DateOnly))
		if part, small := smallPart(exact); small {
			var values []int
			for _, p := range c.domains[i] {
				values = append(values, part(p))
			}
			s.deduce(values, part(pair{int(*exact.Numerator), int(*exact.Denominator)}), what)
			continue
		}
		if *exact.Numerator == 0 || *exact.Numerator == *exact.Denominator {
			s.unanimous++
			none, every := true, true
			for _, p := range c.domains[i] {
				none, every = none && p.n == 0, every && p.n == p.d
			}
			if none || every {
				s.proven++
				s.examples = append(s.examples, what+": 0 or 100 %")
			}
		}
	}
	return s
}

// grid is a set of pairs within bounds.
type grid struct {
	low, high pair
	width     int
	bits      []bool
}

func newGrid(low, high pair) *grid {
	width := high.n - low.n + 1
	return &grid{low, high, width, make([]bool, max(0, width*(high.d-low.d+1)))}
}

func (g *grid) set(p pair) { g.bits[(p.d-g.low.d)*g.width+p.n-g.low.n] = true }

func (g *grid) has(p pair) bool {
	return p.n >= g.low.n && p.n <= g.high.n && p.d >= g.low.d && p.d <= g.high.d && g.bits[(p.d-g.low.d)*g.width+p.n-g.low.n]
}
