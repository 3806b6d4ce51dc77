package icms

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

// check holds the form of an Issue.
func (in *Issue) check() error {
	switch {
	case len(in.Reference) > 64 || strings.TrimSpace(in.Reference) != in.Reference || strings.ContainsFunc(in.Reference, notPrintable):
		return invalid("Reference %.80q must be at most 64 bytes of printable characters without spaces at its ends", in.Reference)
	case in.Corrects < 0:
		return invalid("Corrects %d is the serial of a paper, or 0", in.Corrects)
	case len(in.Event) > 100 || strings.ContainsFunc(string(in.Event), notInID):
		return invalid("Event %.120q must be at most 100 bytes without bars and control characters", in.Event)
	case !in.Day.IsZero() && in.Event == "" && courtPapers[in.Kind].event == "":
		return invalid("Day %s is given, and no Event that it is the day of", in.Day)
	}
	if err := officer(in.By, "issuing a paper in case "+in.Case); err != nil {
		return err
	}
	if err := tagged("title", in.Title); err != nil {
		return err
	}
	return tagged("words", in.Words)
}

// content hashes all that is issued: the files and what is said with them.
func (in *Issue) content(files []filing.Document) string {
	h := sha256.New()
	said, err := json.Marshal([]any{in.Kind, in.Title, in.Words, in.To, in.Event, in.Day, in.Corrects})
	if err != nil { // strings, numbers and days always marshal
		said = nil
	}
	fmt.Fprintf(h, "icms/issue/1\n%s\n", said)
	for _, f := range files {
		fmt.Fprintf(h, "%q %d %s\n", f.Name, f.Size, f.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// mayIssue says all that keeps a paper from being issued.
func (st *caseStep) mayIssue(in *Issue, files *takenFiles) error {
	var errs []error
	bad := func(code filing.Code, pointer string, values ...law.Value) {
		errs = append(errs, refuse(filing.NewFinding(code, pointer, law.Provision{}, values...)))
	}
	for _, f := range files.findings {
		if f.Severity == filing.Refusal {
			errs = append(errs, refuse(f))
		}
	}
	kind, known := courtPapers[in.Kind]
	if !known || kind.own {
		bad(filing.CourtPaperKind, "/kind", law.V("kind", in.Kind), law.V("kinds", issuedKinds()))
	}
	for _, words := range in.Title {
		if len([]rune(words)) > maxTitle || strings.ContainsFunc(words, notPrintable) {
			bad(filing.SubmissionTitle, "/title", law.V("limit", maxTitle))
			break
		}
	}
	if len(in.Names) == 0 && len(in.Words) == 0 && in.Event == "" && kind.event == "" {
		bad(filing.CourtPaperEmpty, "")
	}
	f := st.file
	for _, id := range in.To {
		if f.party(id) == nil {
			bad(filing.SubmissionParty, "/to", law.V("case", f.Number), law.V("party", partyWords(id)))
		}
	}
	if f.Access == CaseSealed && len(in.To) > 0 {
		bad(filing.CourtSealed, "/to", law.V("case", f.Number))
	}
	if began := calendar.DateOf(f.Received, st.desk.court.Zone()); !in.Day.IsZero() && (in.Day.Before(began) || in.Day.After(st.today())) {
		event := in.Event
		if event == "" {
			event = kind.event
		}
		bad(filing.CourtEventDay, "/day", law.V("event", event.name()), law.V("day", in.Day), law.V("from", began), law.V("until", st.today()))
	}
	return errors.Join(errs...)
}

// issuedKinds lists the kinds of paper that are issued by Issue.
func issuedKinds() string {
	var out []string
	for code, k := range courtPapers {
		if !k.own {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}
