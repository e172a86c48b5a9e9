package synthetic

import (
	"math"
	"math/rand/v2"
)

// rng is a stream of seeded random numbers. Each part of the council has its own, so that a
// change in one part leaves the others as they were.
type rng struct{ r *rand.Rand }

func newRNG(seed, stream uint64) rng { return rng{rand.New(rand.NewPCG(seed, stream))} }

func (d rng) chance(p float64) bool { return d.r.Float64() < p }

// between is any whole number from low to high, both included.
func (d rng) between(low, high int) int {
	if high <= low {
		return low
	}
	return low + d.r.IntN(high-low+1)
}

func (d rng) days(low, high day) day { return day(d.between(int(low), int(high))) }

// roundRandomly rounds up or down so that the mean stays: 2.3 is 2 mostly and 3 at times.
func (d rng) roundRandomly(x float64) int {
	floor := math.Floor(x)
	if d.chance(x - floor) {
		floor++
	}
	return int(floor)
}

// exponential is a number of days with the given mean, exponentially distributed.
func (d rng) exponential(mean float64) day { return day(d.r.ExpFloat64() * mean) }

func (d rng) normal(mean, spread float64) float64 { return mean + d.r.NormFloat64()*spread }

// weighted is a choice with its weight; weights need not add to one.
type weighted[T any] struct {
	weight float64
	value  T
}

func pick[T any](d rng, choices []weighted[T]) T {
	sum := 0.0
	for _, c := range choices {
		sum += c.weight
	}
	at := d.r.Float64() * sum
	for _, c := range choices {
		if at < c.weight {
			return c.value
		}
		at -= c.weight
	}
	return choices[len(choices)-1].value
}

func anyOf[T any](d rng, of []T) T { return of[d.r.IntN(len(of))] }

func yesNo(yes bool) string {
	if yes {
		return "Y"
	}
	return "N"
}
