// Command rapporteur turns a folder of event pages into a searchable, explorable knowledge base: who spoke, for whom,
// about what, and what was recommended, each answer with the sentence that says so.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() { os.Exit(run()) }

// run is main as a function that returns its exit code, so that the test scripts can stand in for the program.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return newApp(os.Stdin, os.Stdout, os.Stderr, os.Getenv).run(ctx, os.Args[1:])
}
