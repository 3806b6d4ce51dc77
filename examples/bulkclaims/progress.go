package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"courts.example/eservices/icms"
)

// progress shows how far the work has come: a bar that is drawn over itself on a terminal, a line for each stage elsewhere, so
// that a log stays readable.
type progress struct {
	to       io.Writer
	terminal bool
	stage    string
	drawn    int // columns that the bar takes now
	percent  int
}

// newProgress shows on w, and finds out whether that is a terminal.
func newProgress(w io.Writer) *progress {
	return &progress{to: w, terminal: isTerminal(w), percent: -1}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// stages says what a stage does, for people.
var stages = map[string]string{
	"checking":    "checking the claims",
	"accepting":   "accepting the batch",
	"registering": "registering the cases",
}

// show takes in where the work is.
func (p *progress) show(at icms.Progress) {
	if !p.terminal {
		if at.Stage != p.stage {
			p.stage = at.Stage
			fmt.Fprintf(p.to, "%s\n", say(at.Stage))
		}
		return
	}
	percent := -1
	if at.Total > 0 {
		percent = min(100, at.Done*100/at.Total)
	}
	if at.Stage == p.stage && percent == p.percent && percent >= 0 {
		return
	}
	p.stage, p.percent = at.Stage, percent
	p.draw(line(say(at.Stage), at, percent))
}

// clear takes the bar away, so that what follows starts on a clean line.
func (p *progress) clear() {
	if p.drawn > 0 {
		fmt.Fprintf(p.to, "\r%s\r", strings.Repeat(" ", p.drawn))
		p.drawn, p.stage, p.percent = 0, "", -1
	}
}

func (p *progress) draw(text string) {
	fmt.Fprintf(p.to, "\r%s", pad(text, p.drawn))
	p.drawn = max(p.drawn, width(text))
}

const barWidth = 30

// line is the bar with its words; without a total there is only the number done.
func line(words string, at icms.Progress, percent int) string {
	words = pad(words, 22)
	if percent < 0 {
		return fmt.Sprintf("%s %s", words, count(at.Done))
	}
	full := percent * barWidth / 100
	return fmt.Sprintf("%s [%s%s] %3d %%  %s of %s", words, strings.Repeat("#", full), strings.Repeat(".", barWidth-full), percent,
		count(at.Done), count(at.Total))
}

func say(stage string) string {
	if s := stages[stage]; s != "" {
		return s
	}
	return stage
}
