package icms

import (
	"context"
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/icms/names"
	"courts.example/eservices/icms/store"
)

// openMembers makes the register of members of a Service, and the table of access that its sessions ask.
func (s *Service) openMembers(o Options) error {
	if s.access == nil {
		table, err := access.New(access.Library())
		if err != nil {
			return fmt.Errorf("icms: %w", err)
		}
		s.access = table
	}
	if len(o.Members.Kinds) == 0 {
		return nil
	}
	m, err := members.New(members.Options{Store: o.Store, Rules: o.Members, Chain: membersChain, Index: indexMemberRecord})
	if err != nil {
		return fmt.Errorf("icms: %w", err)
	}
	s.members = m
	return nil
}

// membersChain names the audit chain of what is done to members, who belong to no court: one for each year (UTC).
func membersChain(at time.Time) string { return fmt.Sprintf("members/%d", at.UTC().Year()) }

// memberNames is the index by which members are found by name, memberScope its only scope: the offices' own.
const (
	memberNames = "member.name"
	memberScope = "offices"
)

func memberIndex() names.Index {
	return names.Index{Name: memberNames, Read: func(r store.Record) ([]names.Entry, error) {
		f, err := members.Read(r)
		return []names.Entry{nameEntry(f)}, err
	}}
}

func nameEntry(f members.Found) names.Entry {
	return names.Entry{Scope: memberScope, Sort: f.ID, Names: f.Names}
}

// indexMemberRecord gives the names of a member, and the bytes that prove its eligibility, which Sweep keeps.
func indexMemberRecord(f members.Found) ([]store.Entry, error) {
	entries, err := memberIndex().Entries(nameEntry(f))
	for _, p := range f.Proofs {
		if e := (store.Entry{Index: indexBlob, Key: p.SHA256}); !slices.Contains(entries, e) {
			entries = append(entries, e)
		}
	}
	return entries, err
}

// Members gives the register of members, for the host's own use: it asks nobody whether something is allowed. It is nil without rules of
// registration in the Options.
func (s *Service) Members() *members.Members { return s.members }

// Session is the service as one person may use it. Every method finds out anew who the person is, asks the table of icms/access before it
// looks at anything else, and does what it does in the person's own name. What the person may not know of is not there for it: the error
// is then that of something that does not exist, word for word. A refusal is a *DeniedError with a code of the catalogue.
//
// The other groups of the Service ([Registry], [AccountsOffice] and so on) are for the host's own code: they ask nobody.
type Session struct {
	s       *Service
	subject string
}

// Session opens the service for a person, whoever the host says that it is; nil is somebody who did not say. Somebody without an account may
// do what everybody may. Opening one costs a look at the register of members; it may be kept as long as the host likes.
func (s *Service) Session(ctx context.Context, who members.Identity) (*Session, error) {
	if s.members == nil {
		return nil, invalid("Options.Members has no kinds of members: give the rules of registration, for instance those of icms/hk")
	}
	x := &Session{s: s}
	if who != nil {
		x.subject = who.Subject()
	}
	if _, err := s.members.Actor(ctx, x.subject); err != nil {
		return nil, fmt.Errorf("icms: %w", err)
	}
	return x, nil
}
