package hk

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"courts.example/eservices/calendar/feed"
)

// The keys of the Observatory's warning summary that matter here.
const (
	keyCyclone   = "WTCSGNL" // tropical cyclone warning signals
	keyRainstorm = "WRAIN"   // rainstorm warning signals

	// codeCancel is the code, or the action, of a signal that has been cancelled.
	codeCancel = "CANCEL"
)

// Signal is one entry of the Observatory's warning summary.
type Signal struct {
	// Key is the family: WTCSGNL, WRAIN, and others that close nothing.
	Key string
	// Code is the signal: TC8NE, WRAINB; of a family without grades it is the key.
	Code string
	// Action is ISSUE, REISSUE, EXTEND, UPDATE or CANCEL.
	Action string
	// Name and Type are the words of the Observatory in the language asked for: "Rainstorm Warning Signal", "Black".
	Name, Type string
	// Issued is when this signal was issued, Updated when the entry was last changed.
	Issued, Updated time.Time
	// Expires is when it ends unless it is extended; zero when that is open.
	Expires time.Time
}

// Cause gives the cause of closures and kind of warnings that the signal is in force for: [GaleWarning] for the tropical cyclone signals
// No. 8, 9 and 10, [BlackRainstorm] for the black rainstorm signal, "" for every other signal and for one that is cancelled.
func (s *Signal) Cause() string {
	if s.Action == codeCancel {
		return ""
	}
	cause, _ := causeOf(s.Key, s.Code)
	return cause
}

// matters reports whether the signal is of a family that may close an office.
func (s *Signal) matters() bool { return s.Key == keyCyclone || s.Key == keyRainstorm }

// causeOf gives the cause of a code; known is false when the family does not have such a code. Families without grades are known.
func causeOf(key, code string) (cause string, known bool) {
	switch key {
	case keyCyclone:
		switch code {
		case "TC8NE", "TC8SE", "TC8SW", "TC8NW", "TC9", "TC10":
			return GaleWarning, true
		case "TC1", "TC3", codeCancel:
			return "", true
		}
		return "", false
	case keyRainstorm:
		switch code {
		case "WRAINB":
			return BlackRainstorm, true
		case "WRAINA", "WRAINR", codeCancel:
			return "", true
		}
		return "", false
	}
	return "", true
}

// Summary is what the Observatory says is in force at one reading.
type Summary struct {
	// Read is when the summary was fetched. The summary itself does not say of when it is.
	Read time.Time
	// Signals by key, each once.
	Signals []Signal
}

// family gives the entry of a family.
func (s *Summary) family(key string) (Signal, bool) {
	i := slices.IndexFunc(s.Signals, func(g Signal) bool { return g.Key == key })
	if i < 0 {
		return Signal{}, false
	}
	return s.Signals[i], true
}

// clockSkew is by how much the Observatory's clock may be ahead of the host's: a policy of this library.
const clockSkew = 5 * time.Minute

// ReadWarnings reads the Observatory's warning summary (dataType=warnsum) in any language, fetched at read. An empty object says that
// nothing is in force. What has an entry that is no signal, a code that is not known in a family that matters, or times that lie after
// read, is refused by a *feed.Error: it neither begins nor ends a warning.
func ReadWarnings(r io.Reader, read time.Time) (Summary, error) {
	if read.IsZero() {
		return Summary{}, feed.Refuse(feed.ErrShape, "the instant at which the summary was fetched is not given")
	}
	var in map[string]json.RawMessage
	if err := decodeFeed(r, &in); err != nil {
		return Summary{}, err
	}
	if in == nil {
		return Summary{}, feed.Refuse(feed.ErrShape, "it is null and not an object")
	}
	out := Summary{Read: read}
	for _, key := range slices.Sorted(maps.Keys(in)) {
		s, err := readSignal(key, in[key], read)
		if err != nil {
			return Summary{}, feed.Refuse(feed.ErrShape, "%.20s: %s", key, err)
		}
		out.Signals = append(out.Signals, s)
	}
	return out, nil
}

func readSignal(key string, raw json.RawMessage, read time.Time) (Signal, error) {
	var in struct {
		Name       string    `json:"name"`
		Code       string    `json:"code"`
		Type       string    `json:"type"`
		ActionCode string    `json:"actionCode"`
		IssueTime  time.Time `json:"issueTime"`
		UpdateTime time.Time `json:"updateTime"`
		ExpireTime time.Time `json:"expireTime"`
	}
	if err := json.Unmarshal(raw, &in); err != nil {
		return Signal{}, err
	}
	s := Signal{
		Key: key, Code: in.Code, Action: in.ActionCode, Name: in.Name, Type: in.Type,
		Issued: in.IssueTime.In(Zone()), Updated: in.UpdateTime.In(Zone()),
	}
	if !in.ExpireTime.IsZero() {
		s.Expires = in.ExpireTime.In(Zone())
	}
	if in.UpdateTime.IsZero() {
		s.Updated = s.Issued
	}
	if s.Code == codeCancel {
		s.Action = codeCancel
	}
	return s, s.check(read)
}

func (s *Signal) check(read time.Time) error {
	if s.Code == "" || s.Issued.IsZero() {
		return fmt.Errorf("it has no code or no issueTime")
	}
	if _, known := causeOf(s.Key, s.Code); !known {
		return fmt.Errorf("the code %.20q is not known", s.Code)
	}
	if actions := []string{"ISSUE", "REISSUE", "EXTEND", "UPDATE", codeCancel}; s.matters() && !slices.Contains(actions, s.Action) {
		return fmt.Errorf("the actionCode %.20q is not known", s.Action)
	}
	if limit := read.Add(clockSkew); s.Issued.After(limit) || s.Updated.After(limit) {
		return fmt.Errorf("it was issued or changed after it was read, at %s: look at the clocks", read.Format(time.RFC3339))
	}
	return nil
}
