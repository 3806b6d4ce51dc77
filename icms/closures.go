package icms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/store"
)

// desk is a court as a Service uses it: its tables and the offices with the closures announced so far.
type desk struct {
	court *Court

	mu    sync.Mutex
	cache *offices // of the newest version seen
	// approved is the desk with the claimants approved meanwhile, as of the version approvals of their record.
	approved  *desk
	approvals int64
}

// offices are the two offices of a court as of one version of its closures record. They are immutable.
type offices struct {
	version            int64
	registry, accounts *calendar.Office
}

// Office says which office a closure closes.
type Office string

// The offices of a court.
const (
	RegistryOffice Office = "registry"
	AccountsDesk   Office = "accounts"
	BothOffices    Office = "both"
)

// closuresRecord is what is kept of the announcements, in the order in which they were made. Nothing is ever taken out.
type closuresRecord struct {
	Announcements []Announcement `json:"announcements"`
}

// Announcement is one announcement of a closure, of its reopening, or of a correction.
type Announcement struct {
	Office  Office           `json:"office"`
	Closure calendar.Closure `json:"closure"`
	By      Filer            `json:"by"`
	At      time.Time        `json:"at"`
}

// offices reads the closures as they are now and gives the offices with them; a snapshot is compiled once per version.
func (s *Service) offices(ctx context.Context, d *desk) (*offices, error) {
	kept, version, err := s.closures(ctx, d.court.Code)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.cache != nil && d.cache.version >= version {
		return d.cache, nil
	}
	if d.cache, err = d.compile(kept, version); err != nil {
		d.cache = nil
		return nil, err
	}
	return d.cache, nil
}

// closures reads the announcements of a court and the version of their record; 0 when nothing was ever announced.
func (s *Service) closures(ctx context.Context, code string) (kept closuresRecord, version int64, err error) {
	rec, err := s.store.Get(ctx, kindClosures, code)
	if errors.Is(err, store.ErrNotFound) {
		return kept, 0, nil
	}
	if err != nil {
		return kept, 0, fmt.Errorf("icms: closures of %s: %w", code, err)
	}
	if err := json.Unmarshal(rec.Body, &kept); err != nil {
		return kept, 0, fmt.Errorf("icms: closures of %s: %w: %w", code, store.ErrCorrupt, err)
	}
	return kept, rec.Version, nil
}

func (d *desk) compile(kept closuresRecord, version int64) (*offices, error) {
	var registry, accounts []calendar.Closure
	for _, a := range kept.Announcements {
		if a.Office != AccountsDesk {
			registry = append(registry, a.Closure)
		}
		if a.Office != RegistryOffice {
			accounts = append(accounts, a.Closure)
		}
	}
	o := &offices{version: version}
	var err error
	if o.registry, err = d.court.Registry.With(registry...); err != nil {
		return nil, fmt.Errorf("icms: registry of %s: %w", d.court.Code, err)
	}
	if o.accounts, err = d.court.Accounts.With(accounts...); err != nil {
		return nil, fmt.Errorf("icms: accounts office of %s: %w", d.court.Code, err)
	}
	return o, nil
}

// Announced is what an announcement did.
type Announced struct {
	// Completed are the batches that were pending and are registered now.
	Completed []string
	// Papers are the papers that waited and whose receipt and time limit are known now.
	Papers []PaperName
	// Moved are registered batches and received papers that would count as received at another instant by all that is announced now. They are shown and left as
	// they are: what was acknowledged stands until somebody decides otherwise.
	Moved []Moved
	// Hearings counts the hearings that fall into the closure: the parties are told, and staff fix them anew; see [Registry.ClosedHearings].
	Hearings int
}

// Moved is a filing whose answer an announcement changes: a batch, or a paper of a case.
type Moved struct {
	Batch         string
	Case          string
	Document      int
	Before, After Stamp
}

// Announce keeps a closure, its reopening or its correction, on the word of the given person, and completes the pending batches and papers
// that it completes. A closure with the ID of an earlier one replaces it from Closure.Known on. Announcing the same again
// changes nothing. Completing goes on in Resume if it is interrupted here.
func (r Registry) Announce(ctx context.Context, court string, o Office, c calendar.Closure, by Filer) (Announced, error) {
	s := r.s
	d, err := s.court(court)
	if err != nil {
		return Announced{}, err
	}
	if o != RegistryOffice && o != AccountsDesk && o != BothOffices {
		return Announced{}, invalid("office %q is none of registry, accounts, both", o)
	}
	if err := tagged("note", c.Note); err != nil {
		return Announced{}, err
	}
	from, err := s.keepAnnouncement(ctx, d, Announcement{Office: o, Closure: c, By: by, At: s.now()})
	if err != nil {
		return Announced{}, err
	}
	now, err := s.offices(ctx, d)
	if err != nil {
		return Announced{}, err
	}
	var out Announced
	if out.Moved, err = s.moved(ctx, d, from, now); err != nil {
		return out, err
	}
	papers, err := s.movedPapers(ctx, d, from, now)
	if out.Moved = append(out.Moved, papers...); err != nil {
		return out, err
	}
	out.Completed, err = s.completePending(ctx, d)
	var failed, untold error
	out.Papers, failed = s.completePapers(ctx, d)
	if o != AccountsDesk {
		out.Hearings, untold = s.tellClosed(ctx, d, c.ID)
	}
	return out, errors.Join(err, failed, untold)
}

// keepAnnouncement appends to the closures record, again when somebody else was first. It gives the earliest instant at which
// the closure, as it is or as it was announced before, closes anything.
func (s *Service) keepAnnouncement(ctx context.Context, d *desk, a Announcement) (time.Time, error) {
	code := d.court.Code
	for range maxTries {
		kept, version, err := s.closures(ctx, code)
		if err != nil {
			return time.Time{}, err
		}
		from, before := a.Closure.From, kept.inForce(a)
		for _, k := range kept.Announcements {
			if k.Closure.ID == a.Closure.ID && k.Closure.From.Before(from) {
				from = k.Closure.From
			}
		}
		if before != nil && saysTheSame(before.Closure, a.Closure) {
			return from, nil
		}
		a := a
		if a.Closure.Known.IsZero() { // now, and after what it corrects even when the clock has jumped back
			if a.Closure.Known = a.At; before != nil && !a.At.After(before.Closure.Known) {
				a.Closure.Known = before.Closure.Known.Add(time.Microsecond)
			}
		}
		kept.Announcements = append(kept.Announcements, a)
		if _, err := d.compile(kept, 0); err != nil {
			return from, fmt.Errorf("%w: %w", ErrInvalid, err)
		}
		body, err := json.Marshal(kept)
		if err != nil {
			return from, err
		}
		id := fmt.Sprintf("announce/%s/%d/%s", code, version+1, shortHash(body))
		work, err := s.closedWork(ctx, d, &kept, a)
		if err != nil {
			return from, err
		}
		_, err = s.apply(ctx, store.Change{
			ID: id, At: a.At, Work: work, Chain: chain(d.court, a.At), Note: note("closure announced", a.By, "closure", a.Closure.ID),
			Puts: []store.Put{{Kind: kindClosures, ID: code, Body: body, Expect: version}},
			Events: []store.Event{event(a.At, "closures/"+code, id, EventClosureAnnounced,
				map[string]any{"court": code, "office": a.Office, "closure": a.Closure.ID})},
		})
		if !errors.Is(err, store.ErrVersion) {
			return from, err
		}
	}
	return time.Time{}, overtaken("the announcement of closure " + a.Closure.ID)
}

// inForce gives the announcement that decides about the closure of that id at that office: the one known last; nil when there is none.
func (r *closuresRecord) inForce(a Announcement) *Announcement {
	var last *Announcement
	for i := range r.Announcements {
		k := &r.Announcements[i]
		if k.Closure.ID == a.Closure.ID && k.Office == a.Office && (last == nil || !k.Closure.Known.Before(last.Closure.Known)) {
			last = k
		}
	}
	return last
}

// saysTheSame reports whether an announcement changes nothing. One that states when it was known is the same only if it was then.
func saysTheSame(before, now calendar.Closure) bool {
	return before.From.Equal(now.From) && before.Reopens.Equal(now.Reopens) && before.Cause == now.Cause && before.Withdrawn == now.Withdrawn &&
		(now.Known.IsZero() || !now.Known.After(before.Known))
}
