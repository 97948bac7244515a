package main

import (
	"cmp"
	"fmt"
	"slices"
	"syscall"
	"time"
)

// cost is what one turn of a measurement took.
type cost struct {
	wall time.Duration
	cpu  time.Duration // of the whole process, user and system
	p50  time.Duration // of single requests, where there are any
}

// turn does the work once.
type turn func() (cost, error)

// sideBySide takes turns, A B C A B C, so many rounds, and gives the costs of each by round. Machines are noisy: what
// disturbs one turn disturbs its neighbour as well, and the ratio of the two less than either.
func sideBySide(rounds int, turns ...turn) ([][]cost, error) {
	costs := make([][]cost, len(turns))
	for range rounds {
		for i, take := range turns {
			c, err := take()
			if err != nil {
				return nil, err
			}
			costs[i] = append(costs[i], c)
		}
	}
	return costs, nil
}

// shortTurns is how many times more rounds are taken of turns that last a fraction of a second: what disturbs one of them
// may miss its neighbour.
const shortTurns = 5

// timed measures work from beginning to end.
func timed(work func() error) (cost, error) {
	cpu, start := cpuTime(), time.Now()
	err := work()
	return cost{wall: time.Since(start), cpu: cpuTime() - cpu}, err
}

// cpuTime is what the process has used so far.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0 // a column of the table is then zero, and nothing else
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// median is the middle one; of an even number, the higher of the two.
func median[T cmp.Ordered](values []T) T {
	return quantile(values, 0.5)
}

func quantile[T cmp.Ordered](values []T, q float64) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}

// each of these picks one number out of the costs of a turn.
func wall(c cost) float64 { return c.wall.Seconds() }
func cpu(c cost) float64  { return c.cpu.Seconds() }
func p50(c cost) float64  { return c.p50.Seconds() }

func medianOf(costs []cost, of func(cost) float64) float64 {
	var values []float64
	for _, c := range costs {
		values = append(values, of(c))
	}
	return median(values)
}

// ratioOf is the median of the ratios by round.
func ratioOf(a, b []cost, of func(cost) float64) float64 {
	var ratios []float64
	for i := range a {
		ratios = append(ratios, of(a[i])/of(b[i]))
	}
	return median(ratios)
}

func cpuOf(a, b []cost) string {
	return fmt.Sprintf("%.3g s / %.3g s", medianOf(a, cpu), medianOf(b, cpu))
}
