// Command bulkclaims does the main job of the library from end to end: it takes a bulk batch of small claims from a file, says
// everything that is wrong with it, prices it, pays it from a deposit account, files it and gives back acknowledgement, receipt,
// case numbers and a result line by line. All of it is kept in one SQLite file and a folder of documents beside it.
//
//	go run ./examples/bulkclaims                           # files the bundled sample of 1,000 invented claims
//	go run ./examples/bulkclaims                           # again: the same acknowledgement, nothing charged twice
//	go run ./examples/bulkclaims -template -claims my.xlsx # an empty spreadsheet to fill in
//	go run ./examples/bulkclaims -claims my.xlsx -dry-run  # every mistake and the price; nothing is filed
//	go run ./examples/bulkclaims -claims my.xlsx           # files it
//	go run ./examples/bulkclaims -h                        # all flags
//
// The claimant, the claims and the people in them are invented: the court is the real one with one claimant added to its
// register. A run that was interrupted, even by kill -9, goes on where it stopped when it is started again.
//
// As an example of the library's use, read file.go for the job and counter.go for what it takes to set it up.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/store"
)

// The exit statuses.
const (
	filed   = 0
	refused = 1
	failed  = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr, deps{}))
}

// deps lets a test stand between the program and what it writes to; the zero deps changes nothing.
type deps struct {
	store func(store.Store) store.Store
	blobs func(blob.Store) blob.Store
}

// run is the program: it gives the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer, d deps) int {
	o, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		writeUsage(stdout)
		return filed
	}
	if err != nil {
		fmt.Fprintf(stderr, "bulkclaims: %v\nbulkclaims -h lists the flags\n", err)
		return failed
	}
	status := filed
	switch {
	case o.generate > 0:
		err = generate(o, stdout)
	case o.template:
		err = writeTemplate(o, stdout)
	default:
		status, err = file(ctx, o, stdout, stderr, d)
	}
	if err == nil {
		return status
	}
	if ctx.Err() != nil {
		fmt.Fprintln(stderr, "bulkclaims: interrupted; what was accepted is kept: run the same command again to go on")
		return failed
	}
	fmt.Fprintf(stderr, "bulkclaims: %v\n", err)
	if conflict := (*icms.ConflictError)(nil); errors.As(err, &conflict) {
		fmt.Fprintf(stderr, "            批次編號 %s 已於 %s 用於另一些內容；沒有提交或收費。請改用另一個 -batch。\n",
			conflict.Reference, conflict.Received.Format(time.DateTime))
	}
	return failed
}
