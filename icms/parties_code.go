package icms

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// linkCode is what is kept of a code by which a party proves who it is: its hash, never the code.
type linkCode struct {
	Hash  string    `json:"hash"`
	By    Filer     `json:"by"`
	At    time.Time `json:"at"`
	Until time.Time `json:"until"`
	// The tally counts the wrong tries, Used says that it served.
	tally
	Used bool `json:"used,omitempty"`

	id      string
	version int64
}

// kindLinkCode is the kind of record of codes; id: <court>/<case number>/<party>. A new code takes the place of the one before.
const kindLinkCode = "link-code"

// LinkCode makes a code by which a party of a case can link itself until an instant: to be sent to it on paper, at the address in the
// claim. It has 130 random bits in letters and digits and serves once; after many wrong tries it rests, see [LinkPolicy]. A further code of the
// same party ends the one before. Only its hash is kept.
func (r Registry) LinkCode(ctx context.Context, court, number, party string, until time.Time, by Filer) (string, error) {
	if err := officer(by, "a code for "+party+" of case "+number); err != nil {
		return "", err
	}
	code := rand.Text()
	_, err := r.s.inCase(ctx, court, number, by, func(st *caseStep) error {
		if st.file.party(party) == nil {
			return refuse(filing.NewFinding(filing.SubmissionParty, "/party", law.Provision{}, law.V("case", number), law.V("party", partyWords(party))))
		}
		if !until.After(st.at) {
			return invalid("a code for %s of case %s: until %s is over", party, number, until)
		}
		before, err := r.s.linkCode(ctx, court, number, party)
		if err != nil {
			return err
		}
		kept := linkCode{Hash: hashCode(code), By: by, At: st.at, Until: until, id: before.id, version: before.version}
		st.action, st.kind = "link code made", EventCodeMade
		st.pairs, st.data = []string{"party", party}, map[string]any{"party": party, "until": until}
		return st.put(kept.put())
	})
	if err != nil {
		return "", err
	}
	return grouped(code), nil
}

// grouped writes a code in groups of five, as people read it.
func grouped(code string) string {
	var b strings.Builder
	for i, r := range code {
		if i > 0 && i%5 == 0 {
			b.WriteByte('-')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// hashCode hashes a code as it is typed: case, spaces and hyphens tell nothing apart.
func hashCode(code string) string {
	plain := strings.ToUpper(strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' {
			return -1
		}
		return r
	}, code))
	sum := sha256.Sum256([]byte("icms/link/1\n" + plain))
	return hex.EncodeToString(sum[:])
}

// put makes the store.Put that moves the code on from the version it was read at.
func (k *linkCode) put() (store.Put, error) {
	body, err := json.Marshal(k)
	return store.Put{Kind: kindLinkCode, ID: k.id, Body: body, Expect: k.version}, err
}

// linkCode reads the code of a party; one that was never made has no hash.
func (s *Service) linkCode(ctx context.Context, court, number, party string) (*linkCode, error) {
	k := &linkCode{id: caseID(court, number) + "/" + party}
	rec, err := s.store.Get(ctx, kindLinkCode, k.id)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return k, nil
	case err != nil:
		return nil, fmt.Errorf("icms: code of %s of case %s: %w", party, number, err)
	}
	if err := json.Unmarshal(rec.Body, k); err != nil {
		return nil, fmt.Errorf("icms: code %s: %w: %w", rec.ID, store.ErrCorrupt, err)
	}
	k.version = rec.Version
	return k, nil
}

// same reports whether a code is the one.
func (k *linkCode) same(code string) bool {
	return subtle.ConstantTimeCompare([]byte(k.Hash), []byte(hashCode(code))) == 1
}

// good reports whether the code may be used.
func (k *linkCode) good(p LinkPolicy, now time.Time) bool {
	return k.Hash != "" && !k.Used && now.Before(k.Until) && !k.full(p.CodeTries, p.Rest, now)
}

// useCode marks the code as used, in the change that links.
func (st *caseStep) useCode(in *Link) error {
	k, err := st.s.linkCode(st.ctx, in.Court, in.Case, in.Party)
	if err != nil {
		return err
	}
	if !k.same(in.Code) || !k.good(st.desk.court.Policies.Linking.withDefaults(), st.at) {
		return linkRefused(in)
	}
	k.Used = true
	return st.put(k.put())
}
