// Command rapporteur turns a folder of event pages into a searchable, explorable knowledge base: who spoke, for whom,
// about what, and what was recommended, each answer with the sentence that says so.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() { os.Exit(run()) }

// lastGrace is how long what was begun may take to end, once the program was told to. What is written is then as after a crash:
// the generation of before.
const lastGrace = 15 * time.Second

// run is main as a function that returns its exit code, so that the test scripts can stand in for the program.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	boundMemory(os.Getenv, os.ReadFile)
	context.AfterFunc(ctx, func() {
		stop() // a second signal ends the program at once
		time.AfterFunc(lastGrace, func() { os.Exit(exitFailed) })
	})
	return newApp(os.Stdin, os.Stdout, os.Stderr, os.Getenv).run(ctx, os.Args[1:])
}
