package icms

import (
	"context"
	"slices"
	"strings"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

// Link makes a registered user a party of a case, or a representative of one.
type Link struct {
	// Court and Case name the case, Party the party: "defendant-1".
	Court, Case, Party string
	// Member is the registered user, an organisation or an individual.
	Member string
	// Represents says that it acts for the party; else it is the party.
	Represents bool
	// Code is the code that the party got from the registry on paper; see [Registry.LinkCode]. Without one an officer links, and Proof says on
	// what that rests: a letter, an authority, a paper's number.
	Code, Proof string
	// Lawyer says that it acts as a legal representative. Of those who are in the register of members that says which are. Leave says, with a
	// Proof alone, on what the leave rests by which a court that bars legal representatives admits this one, where its data lets it.
	Lawyer bool
	Leave  string
	// By is who does it: the officer, or the user of the code.
	By Filer
}

// LinkParty links a registered user to a party, who from then on gets what the court issues to it. It is told of the next hearing. What
// keeps it from being linked is a *RefusalError, such as that the court bars legal representatives; linking again changes nothing. A code that does not link has one answer, an ErrNotFound too:
// whether the code is wrong, the case unknown or sealed, or whether there were too many tries, nobody learns.
func (r Registry) LinkParty(ctx context.Context, in Link) (CaseFile, error) {
	return r.s.linkParty(ctx, in, func(*CaseFile) error { return nil })
}

// linkParty does what LinkParty says. may says, by a *DeniedError, to whom a case is not there.
func (s *Service) linkParty(ctx context.Context, in Link, may func(*CaseFile) error) (CaseFile, error) {
	if err := in.check(); err != nil {
		return CaseFile{}, err
	}
	if err := s.admits(ctx, &in); err != nil { // before the code is looked at, of which it tells nothing
		return CaseFile{}, err
	}
	if in.Code != "" {
		if err := s.tryCode(ctx, &in, may); err != nil {
			return CaseFile{}, err
		}
	}
	f, err := s.inCase(ctx, in.Court, in.Case, in.By, func(st *caseStep) error { return st.link(&in) })
	if err != nil {
		return CaseFile{}, err
	}
	return *f, nil
}

// check holds the form of a Link.
func (in *Link) check() error {
	switch {
	case badMember(in.Member):
		return invalid("Member %.120q must name a registered user, in at most 100 bytes without bars and control characters", in.Member)
	case (in.Code == "") == (in.Proof == ""):
		return invalid("linking %s: give the Code that the registry sent, or the Proof on which an officer links, and not both", in.Member)
	case len(in.Proof) > 200 || strings.ContainsFunc(in.Proof, notPrintable):
		return invalid("Proof %.220q must be a line of plain text of at most 200 bytes", in.Proof)
	case len(in.Leave) > 200 || strings.ContainsFunc(in.Leave, notPrintable):
		return invalid("Leave %.220q must be a line of plain text of at most 200 bytes", in.Leave)
	case in.Leave != "" && (in.Code != "" || !in.Represents):
		return invalid("linking %s: Leave is for a representative whom an officer links, by a Proof", in.Member)
	case in.Code != "" && in.By.Organisation != in.Member:
		return invalid("By.Organisation %s uses a code for itself, not for %s", in.By.Organisation, in.Member)
	case in.Code != "":
		return nil
	}
	return officer(in.By, "linking "+in.Member+" to case "+in.Case)
}

func badMember(id string) bool {
	return strings.TrimSpace(id) == "" || len(id) > 100 || strings.ContainsFunc(id, notInID)
}

// link links in the file and tells the registered user.
func (st *caseStep) link(in *Link) error {
	f := st.file
	p := f.party(in.Party)
	if in.Code != "" && (f.Access == CaseSealed || p == nil) {
		return linkRefused(in)
	}
	if p == nil {
		return refuse(filing.NewFinding(filing.SubmissionParty, "/party", law.Provision{}, law.V("case", f.Number), law.V("party", partyWords(in.Party))))
	}
	for _, other := range f.partyOf(in.Member) {
		if other.Side != p.Side {
			return refuse(filing.NewFinding(filing.LinkOtherSide, "/member", law.Provision{}, law.V("case", f.Number)))
		}
	}
	switch {
	case in.Represents && slices.Contains(p.Representatives, in.Member), !in.Represents && p.Member == in.Member:
		return errNothing
	case in.Represents:
		p.Representatives = append(p.Representatives, in.Member)
	case p.Member != "":
		return refuse(filing.NewFinding(filing.LinkTaken, "/party", law.Provision{}, law.V("case", f.Number), law.V("party", partyWords(in.Party))))
	default:
		p.Member = in.Member
	}
	if in.Code != "" {
		if err := st.useCode(in); err != nil {
			return err
		}
	}
	st.action, st.kind = "party linked", EventPartyLinked
	st.pairs = []string{"party", p.ID, "member", in.Member, "proof", in.Proof}
	if in.Leave != "" {
		st.pairs = append(st.pairs, "leave", in.Leave)
	}
	st.data = map[string]any{"party": p.ID, "member": in.Member, "represents": in.Represents}
	body, c := linkedBody, st.desk.court
	values := []law.Value{law.V("party", partyWords(p.ID))}
	if h := f.Hearing; h != nil && h.At.After(st.at) {
		body = joined(body, linkedHearing)
		values = append(values, law.V("at", civil(c, h.At)), law.V("place", h.Place))
	}
	return st.tellMember(in.Member, p.ID, linkedSubject, body, values...)
}

// Unlink ends the link of a registered user to a party.
type Unlink struct {
	Court, Case, Party, Member string
	// Ceases says that a representative itself ceases to act; else an officer ends the link.
	Ceases bool
	// Reason is told to the registered user.
	Reason law.Text
	// By is the officer, or somebody of the representative.
	By Filer
}

// UnlinkParty ends a link. A representative may do so itself; the link of a party itself only an officer ends. What was delivered stays in
// the box. What is not linked stays so. For a representative a sealed case is not there.
func (r Registry) UnlinkParty(ctx context.Context, in Unlink) (CaseFile, error) {
	if in.Ceases && in.By.Organisation != in.Member {
		return CaseFile{}, invalid("By.Organisation %s ceases to act for itself, not for %s", in.By.Organisation, in.Member)
	}
	if !in.Ceases {
		if err := officer(in.By, "unlinking "+in.Member+" from case "+in.Case); err != nil {
			return CaseFile{}, err
		}
	}
	if err := tagged("reason", in.Reason); err != nil {
		return CaseFile{}, err
	}
	f, err := r.s.inCase(ctx, in.Court, in.Case, in.By, func(st *caseStep) error { return st.unlink(&in) })
	if err != nil {
		return CaseFile{}, err
	}
	return *f, nil
}

func (st *caseStep) unlink(in *Unlink) error {
	f := st.file
	if in.Ceases && f.Access == CaseSealed {
		return notThere(f)
	}
	p := f.party(in.Party)
	if p == nil {
		return refuse(filing.NewFinding(filing.SubmissionParty, "/party", law.Provision{}, law.V("case", f.Number), law.V("party", partyWords(in.Party))))
	}
	represents := slices.Index(p.Representatives, in.Member)
	switch {
	case represents >= 0:
		p.Representatives = slices.Delete(p.Representatives, represents, represents+1)
	case p.Member != in.Member:
		return errNothing
	case in.Ceases:
		return refuse(filing.NewFinding(filing.LinkRegistryOnly, "/party", law.Provision{}))
	default:
		p.Member = ""
	}
	st.action, st.kind = "party unlinked", EventPartyUnlinked
	st.pairs = []string{"party", p.ID, "member", in.Member}
	st.data = map[string]any{"party": p.ID, "member": in.Member}
	return st.tellMember(in.Member, p.ID, unlinkedSubject, unlinkedBody, law.V("party", partyWords(p.ID)), law.V("reason", in.Reason))
}

// tellMember puts a message into the box of one registered user; of a sealed case into none.
func (st *caseStep) tellMember(member, party string, subject, body law.Text, values ...law.Value) error {
	f := st.file
	if f.Access == CaseSealed {
		return nil
	}
	b := mailbox{member: member, parties: []string{party}}
	return st.put(messagePut(caseMessage(st.desk.court, f, b, st.at, st.serial(), subject, body, values...)))
}
