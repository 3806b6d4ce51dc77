package icms

import (
	"context"
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/law"
)

// InspectedPaper is a paper of a case as a search shows it.
type InspectedPaper struct {
	// Serial numbers the papers of the case; those that may not be looked at are left out.
	Serial int      `json:"serial"`
	Kind   string   `json:"kind"`
	Title  law.Text `json:"title"`
	// Outward says that the court issued it; else Party is the party that sent it. At is when it was issued, or counts as received.
	Outward bool      `json:"outward,omitempty"`
	Party   string    `json:"party,omitempty"`
	At      time.Time `json:"at"`
	// Words are what a paper of the court says without a file.
	Words law.Text          `json:"words,omitempty"`
	Files []filing.Document `json:"files"`
	// CorrectedBy is the serial of the paper that took its place.
	CorrectedBy int `json:"correctedBy,omitempty"`
}

// Papers gives a page of the papers of a case that an open search finds, in their order, with the cursor of the next page ("" at the end):
// those that are in the file. What waits or was refused is not, nor is what the court keeps for the parties alone when the owner of the search is none.
// A limit of 0 means 100; a page may be short.
func (i Inspection) Papers(ctx context.Context, search, number, after string, limit int) ([]InspectedPaper, string, error) {
	v, err := i.look(ctx, search, number)
	if err != nil {
		return nil, "", err
	}
	return i.s.inspectPapers(ctx, v, after, limit)
}

func (s *Service) inspectPapers(ctx context.Context, v *sight, after string, limit int) ([]InspectedPaper, string, error) {
	page, next, err := s.papers(ctx, v.found.Court, v.found.Number, after, limit)
	if err != nil {
		return nil, "", err
	}
	out := make([]InspectedPaper, 0, len(page))
	for _, d := range page {
		if v.mayRead(d) {
			out = append(out, d.inspected())
		}
	}
	return out, next, nil
}

// mayRead says whether a paper may be looked at by the owner of the search.
func (v *sight) mayRead(d *Document) bool {
	if !d.inFile() || d.State == DocumentTakenBack {
		return false
	}
	return !slices.Contains(v.hunt.court.Inspection.Parties, d.Kind) || v.party
}

func (d *Document) inspected() InspectedPaper {
	out := InspectedPaper{
		Serial: d.Serial, Kind: d.Kind, Title: d.Title, Outward: d.Outward, Party: d.Party, At: d.At, Words: d.Words, Files: d.Files, CorrectedBy: d.CorrectedBy,
	}
	if !d.Outward {
		out.At = d.Receipt.Deemed
	}
	return out
}

// InspectedFile is a file of a paper, opened: its bytes are read in pieces, however large it is. The caller closes it.
type InspectedFile struct {
	filing.Document
	blob.File
}

// Size is the length of the file in bytes.
func (f InspectedFile) Size() int64 { return f.Document.Size }

// Open opens a file of a paper of a case that an open search finds: paper 0 are the documents that were filed with the claim, files are counted from 0.
// What may not be looked at is an ErrNotFound. What is open when the search ends may be read to its end.
func (i Inspection) Open(ctx context.Context, search, number string, serial, file int) (InspectedFile, error) {
	v, err := i.look(ctx, search, number)
	if err != nil {
		return InspectedFile{}, err
	}
	return i.s.inspectFile(ctx, v, serial, file)
}

func (s *Service) inspectFile(ctx context.Context, v *sight, serial, file int) (_ InspectedFile, err error) {
	paper := &Document{Case: v.found.Number, State: DocumentReceived, Files: v.found.Papers}
	if serial != 0 {
		paper, err = s.document(ctx, v.found.Court, v.found.Number, serial)
	}
	if err != nil {
		return InspectedFile{}, err
	}
	if !v.mayRead(paper) {
		return InspectedFile{}, fmt.Errorf("%w: document %d of case %s", ErrNotFound, serial, v.found.Number)
	}
	opened, err := s.openFile(ctx, paper, file)
	if err != nil {
		return InspectedFile{}, err
	}
	return InspectedFile{paper.Files[file], opened}, nil
}
