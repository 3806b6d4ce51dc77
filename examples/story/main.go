// Command story follows one bulk claim through the court, and prints what each person sees: a statutory body and a law firm register, a batch is
// filed and paid, defendants are told, one defends, a hearing is fixed and an award made, the registry closes for a rainstorm on the
// way, an application for review comes on the seventh registry day and another too late.
//
//	go run ./examples/story
//
// Everything happens in a folder that is removed afterwards, on invented days by a clock of its own; nobody in it exists. As an example of
// the library's use, read acts.go: every person uses the service through a session of their own.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "story: %v\n", err)
		os.Exit(1)
	}
}

// run tells the whole story.
func run(ctx context.Context, out io.Writer) (err error) {
	dir, err := os.MkdirTemp("", "story")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s, err := open(ctx, dir, out)
	if err != nil {
		return err
	}
	defer s.close()
	for _, act := range []func(context.Context) error{
		s.register, s.file, s.fix, s.join, s.defend, s.award, s.storm, s.review, s.verify,
	} {
		if err := act(ctx); err != nil {
			return err
		}
	}
	return nil
}
