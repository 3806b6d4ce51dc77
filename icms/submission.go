package icms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// Submission is a paper that a party sends in a case: a defence, an application, evidence.
type Submission struct {
	// Court and Case name the case, Party the party whose paper it is ("defendant-1"), Kind its kind: one of Court.Papers.
	Court, Case, Party, Kind string
	// Title says in words what it is; empty takes the name of the kind.
	Title law.Text
	// Files holds its files, Names names them in their order.
	Files fs.FS
	Names []string
	// By says who sends it, on whose behalf.
	By Filer
	// Reference is the sender's own name for it, at most 64 bytes, unique per party and case. Empty derives one from the contents, so that
	// the same paper always has the same reference.
	Reference string
	// Against is the serial of the court's paper that it is directed against, from which its time runs; 0 takes the newest.
	Against int
	// Corrects is the serial of a paper of the same party and kind whose place it takes; 0 for none. A refused correction stands for what it was
	// to take the place of.
	Corrects int
	// Time is the id of an allowed request for time; empty for none. See [Registry.RequestTime].
	Time string
}

// Submitted is the answer to a Submission.
type Submitted struct {
	// Document is the paper as it is kept. Of one that is refused here nothing is kept: it has no serial.
	Document Document
	// Findings are all mistakes and warnings. A replay gives none: they were answered when the paper was sent.
	Findings []filing.Finding
	// Acknowledgement is the newest acknowledgement of a kept paper; Acknowledged is that as it is kept, byte for byte.
	Acknowledgement *PaperAcknowledgement
	Acknowledged    json.RawMessage
	// Replayed says that the same paper had been sent before and that this is how it stands.
	Replayed bool
}

// Refused reports whether findings keep the paper out.
func (s *Submitted) Refused() bool { return filing.Refuses(s.Findings) }

// Submit checks a paper as PreflightSubmission does and keeps it: its files, its acknowledgement, the message that brings that to the
// sender and, once the paper is received, notices to the other parties, all in one change. The instant of receipt is when its last byte
// was in. While a closure has no announced end it is pending; the announcement completes it and gives a second acknowledgement. What
// keeps it out are findings, and then nothing is kept. The same paper again is answered as it stands; a reference that was used for
// another one is an ErrConflict. A case that is sealed is not there.
func (r Registry) Submit(ctx context.Context, in Submission) (Submitted, error) {
	return r.s.submit(ctx, in, nobodyAsks)
}

// mayFile says whether a paper may be filed in a case as it is, by an error, and what that rests on: the change that files it is refused when
// any of it moved, and it is asked again.
type mayFile func(*CaseFile) ([]store.Key, error)

// nobodyAsks lets the host's own code file.
func nobodyAsks(*CaseFile) ([]store.Key, error) { return nil, nil }

// submit does what Submit says. may is asked when the files are in, which may take long, and whenever something moved since.
func (s *Service) submit(ctx context.Context, in Submission, may mayFile) (Submitted, error) {
	d, _, err := s.openSubmission(ctx, &in)
	if err != nil {
		return Submitted{}, err
	}
	files, err := s.takeFiles(ctx, d.court, &in)
	if err != nil {
		return Submitted{}, err
	}
	defer files.drop()
	at := s.now() // the last byte is in
	for range maxTries {
		f, rests, err := s.stillMay(ctx, &in, may)
		if err != nil {
			return Submitted{}, err
		}
		kept, err := s.sent(ctx, &in, files)
		if err != nil {
			return Submitted{}, err
		}
		if kept != nil {
			return s.replayPaper(ctx, kept)
		}
		w, err := s.weigh(ctx, d, f, &in, files, at)
		if err != nil || w.refused() {
			return w.answer(), err
		}
		if err := files.keep(ctx); err != nil {
			return Submitted{}, err
		}
		err = s.keepPaper(ctx, w, rests)
		if errors.Is(err, errMeanwhile) {
			continue
		}
		if err != nil {
			return Submitted{}, err
		}
		out, err := s.replayPaper(ctx, &w.document)
		out.Replayed, out.Findings = false, w.findings
		return out, err
	}
	return Submitted{}, overtaken("case " + in.Case)
}

// stillMay reads the case as it is now, for those who may still file in it.
func (s *Service) stillMay(ctx context.Context, in *Submission, may mayFile) (*CaseFile, []store.Key, error) {
	f, err := s.caseFile(ctx, in.Court, in.Case)
	if err != nil {
		return nil, nil, err
	}
	rests, err := may(f)
	if err == nil && f.Access == CaseSealed {
		err = notThere(f)
	}
	return f, rests, err
}

// PreflightSubmission says what Submit would say at this instant and keeps nothing. The Document is as it would be kept, without a serial.
func (r Registry) PreflightSubmission(ctx context.Context, in Submission) (Submitted, error) {
	s := r.s
	d, f, err := s.openSubmission(ctx, &in)
	if err != nil {
		return Submitted{}, err
	}
	files, err := s.takeFiles(ctx, d.court, &in)
	if err != nil {
		return Submitted{}, err
	}
	defer files.drop()
	kept, err := s.sent(ctx, &in, files)
	if err != nil {
		return Submitted{}, err
	}
	if kept != nil {
		return s.replayPaper(ctx, kept)
	}
	w, err := s.weigh(ctx, d, f, &in, files, s.now())
	if err != nil {
		return Submitted{}, err
	}
	return w.answer(), nil
}

// openSubmission finds the case of a submission whose form is right.
func (s *Service) openSubmission(ctx context.Context, in *Submission) (*desk, *CaseFile, error) {
	switch {
	case strings.TrimSpace(in.By.Organisation) == "" || len(in.By.Organisation) > 100 || strings.ContainsFunc(in.By.Organisation, notInID):
		return nil, nil, invalid("By.Organisation %.120q must name the registered user that sends it, in at most 100 bytes without bars and control characters", in.By.Organisation)
	case len(in.Reference) > 64 || strings.TrimSpace(in.Reference) != in.Reference || strings.ContainsFunc(in.Reference, notPrintable):
		return nil, nil, invalid("Reference %.80q must be at most 64 bytes of printable characters without spaces at its ends", in.Reference)
	case in.Against < 0 || in.Corrects < 0:
		return nil, nil, invalid("Against %d and Corrects %d are serials of papers, or 0", in.Against, in.Corrects)
	}
	if err := tagged("title", in.Title); err != nil {
		return nil, nil, err
	}
	return s.visibleCase(ctx, in.Court, in.Case)
}

// sent finds the paper that was sent under the reference before; nil when there is none.
func (s *Service) sent(ctx context.Context, in *Submission, files *takenFiles) (*Document, error) {
	if in.Reference == "" {
		in.Reference = "P" + strings.ToUpper(files.content[:16])
	}
	hits, err := s.store.Match(ctx, indexSubmission, []string{key(in.Court, in.Case, in.Party, in.Reference)})
	if err != nil {
		return nil, fmt.Errorf("icms: paper %s of case %s: %w", in.Reference, in.Case, err)
	}
	if len(hits) == 0 {
		return nil, nil
	}
	kept, err := readDocument(hits[0].Record)
	if err != nil {
		return nil, err
	}
	if kept.Content != files.content {
		d, err := s.court(in.Court)
		if err != nil {
			return nil, err
		}
		return nil, errors.Join(ErrConflict, refuse(filing.NewFinding(filing.SubmissionReference, "/reference", law.Provision{},
			law.V("reference", in.Reference), law.V("received", civil(d.court, kept.At)))))
	}
	return kept, nil
}

// replayPaper answers for a kept paper as it stands.
func (s *Service) replayPaper(ctx context.Context, kept *Document) (Submitted, error) {
	out := Submitted{Document: *kept, Replayed: true}
	rec, err := s.store.Get(ctx, kindPaperAck, paperAckNumber(kept))
	if err != nil {
		return out, notFound(err, "acknowledgement of document %d of case %s", kept.Serial, kept.Case)
	}
	out.Acknowledged = json.RawMessage(rec.Body)
	out.Acknowledgement, err = readPaperAck(rec)
	return out, err
}

// keepPaper commits a paper that nothing refuses. errMeanwhile says that what it was weighed by has changed since.
func (s *Service) keepPaper(ctx context.Context, w *weighed, rests []store.Key) error {
	change, err := s.submission(ctx, w)
	if err != nil {
		return err
	}
	change.Require = append(change.Require, rests...)
	applied, err := s.apply(ctx, change)
	switch {
	case errors.Is(err, store.ErrTaken) || errors.Is(err, store.ErrVersion) || errors.Is(err, store.ErrShort):
		return errMeanwhile
	case err != nil:
		return fmt.Errorf("icms: keeping paper %s of case %s: %w", w.document.Reference, w.document.Case, err)
	case applied.Replayed:
		return errMeanwhile
	}
	w.document.version = 1
	return nil
}
