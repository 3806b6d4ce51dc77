package main

import (
	"context"
	"fmt"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
)

// send has somebody send a paper of one file, which must be taken.
func (s *story) send(ctx context.Context, who string, in icms.Submission, file string) (icms.Submitted, error) {
	in.Court, in.Files, in.Names = court, pdf(file), []string{file}
	sent, err := s.as(ctx, who).Submit(ctx, in)
	if err == nil && sent.Refused() {
		err = fmt.Errorf("%s of %s was refused: %v", in.Kind, who, sent.Findings)
	}
	if err != nil {
		return sent, err
	}
	a := sent.Acknowledgement
	s.reads(who, "sent: ", a.Title)
	counts := "counts as received " + clock(a.Deemed)
	if a.Pending {
		counts = "waits: the registry is closed until further notice"
	}
	s.sees("", "acknowledgement %s: submitted %s, %s", a.Number, clock(a.Received), counts)
	return sent, nil
}

// defending has one defendant send a defence that an officer refuses, and the same again as it should be.
func (s *story) defending(ctx context.Context) error {
	s.chapter("One defends", "抗辯")
	s.on("2026-08-10 16:20", "A defendant sends a defence")
	in := icms.Submission{Court: court, Case: s.Cases[0], Party: "defendant-1", Kind: icmshk.Original, Files: pdf("meter.pdf"), Names: []string{"meter.pdf"}}
	paper, err := s.as(ctx, "chan").Submit(ctx, in)
	if err != nil {
		return err
	}
	if err := s.found("chan", "sending an original", paper.Findings, filing.SubmissionOnPaper); err != nil {
		return err
	}
	sent, err := s.send(ctx, "chan", icms.Submission{Case: s.Cases[0], Party: "defendant-1", Kind: icmshk.Defence}, "defence.pdf")
	if err != nil {
		return err
	}
	if _, err := s.box(ctx, "body-filer"); err != nil {
		return err
	}

	s.on("2026-08-11 10:05", "An officer refuses it with a reason")
	_, err = s.as(ctx, "registrar").RefuseDocument(ctx, court, s.Cases[0], sent.Document.Serial, nil)
	if err := s.refused("registrar", "refusing without a reason", err, filing.SubmissionNoReason); err != nil {
		return err
	}
	s.Refused, err = s.as(ctx, "registrar").RefuseDocument(ctx, court, s.Cases[0], sent.Document.Serial, law.T("The defence is not signed.", "抗辯書未經簽署。"))
	if err != nil {
		return err
	}
	if _, err := s.box(ctx, "chan"); err != nil {
		return err
	}

	s.on("2026-08-12 12:40", "The defendant sends it again, signed")
	again, err := s.send(ctx, "chan", icms.Submission{
		Case: s.Cases[0], Party: "defendant-1", Kind: icmshk.Defence, Corrects: sent.Document.Serial,
	}, "defence-signed.pdf")
	if err != nil {
		return err
	}
	s.Corrected = again.Document
	_, err = s.box(ctx, "body-filer")
	return err
}
