// Command story follows one batch of claims through the court, and prints what each person sees, in English and Traditional Chinese where
// the court says it in both:
//
//	registering.go  a statutory body, a law firm and defendants register; staff approve them
//	filing.go       a bulk claimant is approved, its account topped up, its batch filed after hours
//	linking.go      defendants join their cases by the codes in their letters; a case is sealed
//	hearing.go      one sitting for the batch, moved because of a closure; service of the claims
//	defending.go    a defence is refused, corrected and taken
//	inspecting.go   the public searches for a fee: too early, in time, too late; a sealed case is not there
//	refunding.go    money goes back, by two persons
//	advising.go     a law firm inspects for its client
//	awarding.go     awards, their delivery and reading
//	closing.go      closures on the way to the seventh registry day: by direction, for a typhoon; maintenance
//	reviewing.go    a review in time, another too late
//	auditing.go     the chains are verified, and everybody's box, cases, receipts and statement printed
//
// Usage:
//
//	go run ./examples/story [-dir FOLDER]
//
// Everything happens on invented days by a clock of the story's own, and nobody in it exists. Without -dir the store is in a folder that is
// removed afterwards; with it the folder is kept, to be looked at.
//
// As an example of the library's use: every person uses the service through a session of their own, also the staff. Past sessions go only the
// host itself, when it appoints the first of the staff and carries the messages of the payment company, and the company.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	dir := flag.String("dir", "", "keep the store in this `folder`, which must not have one yet")
	flag.Parse()
	if err := command(context.Background(), *dir, os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "story: %v\n", err)
		os.Exit(1)
	}
}

// command tells the story in a folder that is kept, or in one that is removed when the name is empty.
func command(ctx context.Context, dir string, out io.Writer) (err error) {
	if dir == "" {
		if dir, err = os.MkdirTemp("", "story"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	} else if err := vacant(dir); err != nil {
		return err
	}
	_, err = tell(ctx, dir, out)
	return err
}

// vacant makes a folder, which must be empty: a story is told from its beginning.
func vacant(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	found, err := os.ReadDir(dir)
	if err == nil && len(found) > 0 {
		err = fmt.Errorf("the folder %s is not empty: name another", dir)
	}
	return err
}

// tell tells the whole story in an empty folder, and gives what happened in it.
func tell(ctx context.Context, dir string, out io.Writer) (_ *facts, err error) {
	s, err := open(ctx, dir, out)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	for _, chapter := range []func(context.Context) error{
		s.registering, s.approving, s.filing, s.linking, s.fixing, s.defending, s.searching, s.refunding, s.advising,
		s.moving, s.awarding, s.closing, s.reviewing, s.auditing, s.looking,
	} {
		if err := chapter(ctx); err != nil {
			return nil, fmt.Errorf("at %s: %w", s.at.Format("2006-01-02 15:04"), err)
		}
	}
	return &s.facts, s.wrote
}
