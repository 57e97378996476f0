// Command torture ill-treats the program, and counts what that does to it:
//
//	go run ./search/torture [-for 5m] [-rounds N] [-only ROOM,ROOM] [-seed N] BINARY
//
// Each attack has its share of the time, or a number of rounds. A row of the table at the end is an attack; its columns count, over
// all rounds, what must not happen:
//
//	lost       a page, a generation or an answer was gone, or a build did not come to what a fresh one does
//	mixed      an answer was neither that of the state before nor that of the state after
//	panicked   the program ended by its own fault
//	hung       it did not end within five minutes
//	leaked     files were left over, or a name that is erased still stood somewhere
//
// The exit code is 1 if anything was counted. The attacks:
//
//	kills      ingest is killed at a random moment
//	calls      ingest is killed at a system call (strace)
//	failures   a system call of ingest fails (strace)
//	full       the disk is full (a small tmpfs, for who may mount)
//	damage     a file of the data folder is damaged
//	edits      random edits, built on what was there, against a build from nothing
//	hostile    pages that are meant to harm, within 8 s of the processor's time and 4 GB of address space
//	erasing    somebody is erased whose name is written in many ways
//	queries    random words and parameters, over HTTP
//	swaps      a server under load while generations change
//	cut        files that get shorter under a running server
//	fuzz       the fuzz targets of all packages; its rounds are executions
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// outcome is what can happen to a round.
type outcome int

const (
	lost outcome = iota
	mixed
	panicked
	hung
	leaked
	outcomes // their number
)

func (h outcome) String() string {
	return [...]string{"lost", "mixed", "panicked", "hung", "leaked"}[h]
}

// attack is one way to ill-treat the program.
type attack struct {
	name string
	run  func(context.Context, *harness) error
}

var attacks = []attack{
	{"kills", kills}, {"calls", callKills}, {"failures", failures}, {"full", fullDisk}, {"damage", damage}, {"edits", edits},
	{"hostile", hostile},
	{"erasing", erasing}, {"queries", queries}, {"swaps", swaps}, {"cut", cutFiles}, {"fuzz", fuzz},
}

// errUnable says that an attack cannot be made on this machine, and why.
var errUnable = errors.New("not run")

// harness is what one attack runs in: a folder of its own, and what was counted.
type harness struct {
	binary string
	dir    string
	random *rand.Rand
	end    time.Time
	most   int // rounds; 0 for as many as the time allows
	rounds int
	tell   int // at how many rounds to tell of them next
	counts [outcomes]int
	told   io.Writer
	name   string
}

// next says whether there is to be another round.
func (c *harness) next(ctx context.Context) bool {
	if ctx.Err() != nil {
		return false
	}
	if c.rounds >= c.tell {
		fmt.Fprintf(c.told, "%s: %d rounds\n", c.name, c.rounds)
		c.tell = c.rounds - c.rounds%50 + 50
	}
	if c.most > 0 {
		return c.rounds < c.most
	}
	return time.Now().Before(c.end)
}

// count takes down what has happened.
func (c *harness) count(h outcome, format string, args ...any) {
	c.counts[h]++
	fmt.Fprintf(c.told, "%s, round %d: %s: %s\n", c.name, c.rounds, h, clipped(fmt.Sprintf(format, args...)))
}

// clipped is a message that a person can read.
func clipped(s string) string {
	const longest = 600
	if len(s) <= longest {
		return s
	}
	return strings.ToValidUTF8(s[:longest], "") + " ..."
}

func main() {
	length := flag.Duration("for", 5*time.Minute, "time for all attacks together")
	most := flag.Int("rounds", 0, "rounds of each attack, instead of a time")
	only := flag.String("only", "", "attacks to run, with commas between; all if empty")
	seed := flag.Uint64("seed", uint64(time.Now().UnixNano()), "what chance begins with")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: torture [-for DURATION] [-rounds N] [-only ROOM,ROOM] [-seed N] BINARY")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	harmed, err := run(ctx, flag.Arg(0), *length, *most, *only, *seed)
	if err != nil {
		fmt.Fprintln(os.Stderr, "torture:", err)
	}
	if harmed || err != nil {
		os.Exit(1)
	}
}

func run(ctx context.Context, binary string, length time.Duration, most int, only string, seed uint64) (harmed bool, err error) {
	if binary, err = filepath.Abs(binary); err != nil {
		return false, err
	}
	if _, err := os.Stat(binary); err != nil {
		return false, fmt.Errorf("the program to torture: %w", err)
	}
	chosen := attacks
	if only != "" {
		names := strings.Split(only, ",")
		chosen = slices.DeleteFunc(slices.Clone(attacks), func(r attack) bool { return !slices.Contains(names, r.name) })
		if len(chosen) != len(names) {
			return false, fmt.Errorf("-only %s: the attacks are kills, calls, failures, "+
				"full, damage, edits, hostile, erasing, queries, swaps, cut and fuzz", only)
		}
	}
	fmt.Fprintf(os.Stderr, "seed %d\n", seed)
	var table strings.Builder
	fmt.Fprintf(&table, "%-10s %10s %6s %6s %9s %6s %7s %9s\n", "attack", "rounds", "lost", "mixed", "panicked", "hung", "leaked", "seconds")
	for i, r := range chosen {
		dir, err := os.MkdirTemp("", "torture-"+r.name+"-")
		if err != nil {
			return harmed, err
		}
		start := time.Now()
		c := &harness{binary: binary, dir: dir, random: rand.New(rand.NewPCG(seed, uint64(i))), most: most, told: os.Stderr, name: r.name,
			end: start.Add(length / time.Duration(len(chosen)))}
		err = r.run(ctx, c)
		switch {
		case errors.Is(err, errUnable):
			fmt.Fprintf(&table, "%-10s %s\n", r.name, err)
		case err != nil && ctx.Err() == nil:
			return true, fmt.Errorf("%s (its folder %s stays): %w", r.name, dir, err)
		default:
			fmt.Fprintf(&table, "%-10s %10d %6d %6d %9d %6d %7d %9.0f\n", r.name, c.rounds, c.counts[lost], c.counts[mixed],
				c.counts[panicked],
				c.counts[hung], c.counts[leaked], time.Since(start).Seconds())
		}
		harmed = harmed || c.counts != [outcomes]int{}
		if err := os.RemoveAll(dir); err != nil {
			return harmed, err
		}
	}
	fmt.Print(table.String())
	return harmed, nil
}
