package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// soak is one run.
type soak struct {
	o        options
	folder   string
	company  *company
	desk     *desk
	hands    *hands
	browser  *browser
	frontURL string
	progress *progress
	// lots are drawn by the one who moves the clock.
	lots    *rand.Rand
	settled *settlements
	// unquiet is how far the clock was moved since all that was due was done.
	unquiet time.Duration
	// nudge asks for a small move of the clock while payers are busy.
	nudge chan struct{}

	mu       sync.Mutex
	tales    []*tale
	troubles []error
	done     atomic.Int64
	// decided counts what persons had to decide.
	decided int
	// played is how long the payers took.
	played time.Duration
}

// soakAll runs a soak from the beginning to the report. It gives the exit status.
func soakAll(ctx context.Context, args []string, stdout, stderr io.Writer) (status int, err error) {
	o, err := parse(args, stdout)
	if err != nil {
		return failed, err
	}
	folder, remove, err := place(o.dir)
	if err != nil {
		return failed, err
	}
	s := newSoak(o, folder, stdout)
	if status, err = s.run(ctx); status == explained && err == nil {
		return status, remove()
	}
	fmt.Fprintf(stderr, "soak: the database, the journal and the logs are in %s\n", folder)
	return status, err
}

// place makes the folder for the files of a run, and gives how it is removed when nobody asked for it.
func place(dir string) (folder string, remove func() error, err error) {
	if dir != "" {
		return dir, func() error { return nil }, os.Mkdir(dir, 0o700)
	}
	folder, err = os.MkdirTemp("", "soak")
	return folder, func() error { return os.RemoveAll(folder) }, err
}

func newSoak(o options, folder string, stdout io.Writer) *soak {
	return &soak{
		o: o, folder: folder, hands: newHands(), browser: newBrowser(), progress: newProgress(stdout, o),
		lots: rand.New(rand.NewPCG(o.seed, 1<<40)), nudge: make(chan struct{}, 1),
	}
}

// The files of a run.
const (
	courtDatabase  = "court.db"
	courtLog       = "court.log"
	companyJournal = "company.journal"
	companyLog     = "company.log"
	secretFile     = "secret"
	controlFile    = "control"
)

func (s *soak) path(name string) string { return filepath.Join(s.folder, name) }

func (s *soak) openLog(name string) (*os.File, error) {
	return os.OpenFile(s.path(name), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
}

// run starts the processes, has the payers pay, brings all to its end, and holds the books against each other.
func (s *soak) run(ctx context.Context) (status int, err error) {
	began := time.Now()
	if err := s.begin(ctx); err != nil {
		return failed, err
	}
	defer func() { err = errors.Join(err, s.company.end()) }()
	if err := s.serve(ctx); err != nil {
		return failed, err
	}
	findings, err := s.audit(ctx)
	if err != nil {
		return failed, err
	}
	return s.progress.report(s, findings, time.Since(began)), nil
}

// begin starts the company.
func (s *soak) begin(ctx context.Context) error {
	log, err := s.openLog(companyLog)
	if err != nil {
		return err
	}
	defer log.Close()
	if s.company, err = startCompany(ctx, s.o, s.folder, log); err != nil {
		return err
	}
	s.settled = newSettlements(s.hands.now())
	return nil
}

// serve runs the court's program and the front before it for as long as there are payers, and until nothing is left to do.
func (s *soak) serve(ctx context.Context) (err error) {
	log, err := s.openLog(courtLog)
	if err != nil {
		return err
	}
	defer log.Close()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.frontURL = "http://" + listener.Addr().String()
	if s.desk, err = openDesk(s.courtArgs, log, s.o); err != nil {
		return errors.Join(err, listener.Close())
	}
	front := &http.Server{Handler: s.desk.front(), ReadHeaderTimeout: 10 * time.Second}
	ctx, cancel := context.WithCancelCause(ctx)
	var all sync.WaitGroup
	all.Go(func() { _ = front.Serve(listener) })
	all.Go(func() { cancel(s.desk.reap(ctx)) })
	began := time.Now()
	err = s.play(ctx, cancel)
	s.played = time.Since(began)
	if err == nil {
		err = s.finish(ctx, front)
	}
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	cancel(nil)
	err = errors.Join(err, front.Close())
	all.Wait()
	s.browser.close()
	return errors.Join(err, s.desk.close())
}

// courtArgs are the arguments of the court's program at this moment.
func (s *soak) courtArgs() []string {
	return []string{
		"-db", s.path(courtDatabase), "-company", s.company.url, "-front", s.frontURL,
		"-secret", s.path(secretFile), "-ahead", s.hands.ahead().String(),
	}
}
