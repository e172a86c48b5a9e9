package main

// mostSteps bounds the exact search.
const mostSteps = 400_000_000

// solve leaves of each period the candidates that are part of a whole solution: windows of four quarters overlap in three,
// so that a pass forward over the last three quarters and one backward find them all. Chains that are too large keep what
// propagation left. It reports whether there is a solution.
func (c *chain) solve() bool {
	n := len(c.domains)
	byEnd := make([][]window, n)
	for _, w := range c.windows {
		if w.to-w.from != 4 {
			return true // months have longer windows; propagation has to do
		}
		byEnd[w.to-1] = append(byEnd[w.to-1], w)
	}
	steps := 0
	size := func(i int) int {
		if i < 0 || i >= n {
			return 1
		}
		return len(c.domains[i])
	}
	for t := range n {
		steps += size(t) * size(t-1) * size(t-2) * size(t-3)
	}
	if steps > mostSteps {
		return true
	}
	at := func(i, k int) pair {
		if i < 0 {
			return pair{}
		}
		return c.domains[i][k]
	}
	fits := func(t int, sum pair) bool {
		for _, w := range byEnd[t] {
			if !w.allowed.has(sum) {
				return false
			}
		}
		return true
	}
	// reached[t] holds the triples of candidates of t-2, t-1 and t that some beginning leads to.
	reached := make([][]bool, n)
	index := func(t, i, j, k int) int { return (i*size(t-1)+j)*size(t) + k }
	for t := range n {
		reached[t] = make([]bool, size(t-2)*size(t-1)*size(t))
		for h := range size(t - 3) {
			for i := range size(t - 2) {
				for j := range size(t - 1) {
					if t > 0 && !reached[t-1][index(t-1, h, i, j)] {
						continue
					}
					three := at(t-3, h).plus(at(t-2, i)).plus(at(t-1, j))
					for k := range size(t) {
						if at := index(t, i, j, k); !reached[t][at] && fits(t, three.plus(c.domains[t][k])) {
							reached[t][at] = true
						}
					}
				}
			}
		}
	}
	alive := reached[n-1]
	for t := n - 1; t >= 0; t-- {
		used := make([]bool, size(t))
		before := []bool(nil)
		if t > 0 {
			before = make([]bool, len(reached[t-1]))
		}
		for i := range size(t - 2) {
			for j := range size(t - 1) {
				for k := range size(t) {
					if !alive[index(t, i, j, k)] {
						continue
					}
					used[k] = true
					if t == 0 {
						continue
					}
					three := at(t-2, i).plus(at(t-1, j)).plus(c.domains[t][k])
					for h := range size(t - 3) {
						if was := index(t-1, h, i, j); reached[t-1][was] && fits(t, three.plus(at(t-3, h))) {
							before[was] = true
						}
					}
				}
			}
		}
		var left []pair
		for k, isUsed := range used {
			if isUsed {
				left = append(left, c.domains[t][k])
			}
		}
		if len(left) == 0 {
			return false
		}
		defer func() { c.domains[t] = left }() // the indices of the pass refer to the whole domain
		alive = before
	}
	return true
}
