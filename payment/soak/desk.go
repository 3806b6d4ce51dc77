package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// desk is the court's program as those see it who come to it: it is there, though its process is killed again and again. It answers every
// request in the end, by doing it again where nobody knows.
type desk struct {
	args  func() []string
	log   *os.File
	http  *http.Client
	kills int
	// canary must be in no answer; leaks counts those that have it.
	canary string
	leaks  atomic.Int64

	mu   sync.Mutex
	proc *process
	lots *rand.Rand
	// asked counts the requests, dies is the one at which the process is killed next; every is how many there are between two kills.
	asked, dies, every int
	killed             int
	// death takes the order to kill.
	death chan time.Duration
	// turns bounds how many ask at the same time.
	turns chan struct{}
}

// maxTurns is how many ask at the same time.
const maxTurns = 64

// asksAPayer is about how often something is asked of the court's program for a payer, notifications included.
const asksAPayer = 9

// openDesk starts the court's program, with the arguments of the moment whenever it is started.
func openDesk(args func() []string, log *os.File, o options) (*desk, error) {
	d := &desk{
		args: args, log: log, canary: o.canary, kills: o.kills, every: max(1, o.attempts*asksAPayer/max(o.kills, 1)),
		lots: rand.New(rand.NewPCG(o.seed, 2<<40)), death: make(chan time.Duration, 1),
		turns: make(chan struct{}, maxTurns),
		http:  &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}},
	}
	d.plan()
	var err error
	d.proc, err = start(roleCourt, args(), log)
	return d, err
}

// plan draws the next death; the lock is held or not needed yet.
func (d *desk) plan() {
	d.dies = 0
	if d.killed < d.kills {
		d.dies = d.asked + 1 + d.lots.IntN(2*d.every)
	}
}

// maxLinger is how long after the request that is its last a process may live.
const maxLinger = 30 * time.Millisecond

// process gives the process to ask, and counts.
func (d *desk) process() *process {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.asked++; d.asked == d.dies {
		d.death <- time.Duration(d.lots.Int64N(int64(maxLinger)))
	}
	return d.proc
}

// reap kills the process when its time has come, and starts it anew, until the context ends.
func (d *desk) reap(ctx context.Context) error {
	for {
		d.mu.Lock()
		p := d.proc
		d.mu.Unlock()
		select {
		case <-ctx.Done():
			return nil
		case <-p.ended:
			return fmt.Errorf("the court's program ended by itself (%w): see %s", errors.Join(p.how), d.log.Name())
		case linger := <-d.death:
			timer := time.NewTimer(linger)
			select {
			case <-ctx.Done():
				timer.Stop()
				return nil
			case <-timer.C:
			}
			if err := d.replace(p); err != nil {
				return err
			}
		}
	}
}

// replace kills a process and starts another in its place. Nobody asks meanwhile.
func (d *desk) replace(p *process) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := p.kill(); err != nil {
		return fmt.Errorf("the court's program had ended before it was killed (%w, %w): see %s", err, errors.Join(p.how), d.log.Name())
	}
	d.killed++
	d.plan()
	next, err := start(roleCourt, d.args(), d.log)
	if err == nil {
		d.proc = next
	}
	return err
}

// deaths counts how often the process was killed.
func (d *desk) deaths() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.killed
}

// mercy kills nobody from now on.
func (d *desk) mercy() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.kills, d.dies = 0, 0
}

// deadlyPause is how long after a broken request the process must be seen to have died; otherwise the request was broken by something else.
const deadlyPause = 20 * time.Second

// ask has the court's program do something. It is asked again when the process died before it answered.
func (d *desk) ask(ctx context.Context, a ask) (told, error) {
	d.turns <- struct{}{}
	defer func() { <-d.turns }()
	for {
		p := d.process()
		t, err := d.post(ctx, p.url, a)
		if err == nil {
			if t.Error != "" {
				err = fmt.Errorf("%s of %s%s: %s", a.Do, a.Order, a.Attempt, t.Error)
			}
			return t, err
		}
		timer := time.NewTimer(deadlyPause)
		select {
		case <-ctx.Done():
			timer.Stop()
			return told{}, ctx.Err()
		case <-p.ended:
			timer.Stop()
		case <-timer.C:
			return told{}, err
		}
	}
}

func (d *desk) post(ctx context.Context, address string, a ask) (t told, err error) {
	body, err := json.Marshal(a)
	if err != nil {
		return t, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address+"/ask", bytes.NewReader(body))
	if err != nil {
		return t, err
	}
	answer, err := d.http.Do(r)
	if err != nil {
		return t, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return t, err
	}
	if d.canary != "" && bytes.Contains(text, []byte(d.canary)) {
		d.leaks.Add(1)
	}
	return t, json.Unmarshal(text, &t)
}

// front hands the company's notifications and the payers' browsers on to the process of the moment, as the server before a program does.
// Who comes while it is replaced waits; who was being served is turned away.
func (d *desk) front() http.Handler {
	return &httputil.ReverseProxy{
		Transport: d.http.Transport,
		Rewrite: func(r *httputil.ProxyRequest) {
			if target, err := url.Parse(d.process().url); err == nil {
				r.SetURL(target)
			}
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
}

// close ends the court's program.
func (d *desk) close() error {
	d.http.CloseIdleConnections()
	return d.proc.stop()
}
