package icms_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
)

// TestTheSeventhRegistryDay sends an application for review on the last day and after it. The award is of Monday 2 March 2026: Saturday and
// Sunday are not counted.
func TestTheSeventhRegistryDay(t *testing.T) {
	for _, sent := range []struct {
		at, deemed string
		late       bool
	}{
		{"2026-03-11 17:30:00", "2026-03-11 17:30:00", false},
		{"2026-03-11 17:30:01", "2026-03-12 08:45:00", true},
		{"2026-03-11 23:59:59", "2026-03-12 08:45:00", true},
		{"2026-03-12 08:45:00", "2026-03-12 08:45:00", true},
		{"2026-03-02 10:00:00", "2026-03-02 10:00:00", false},
	} {
		t.Run(sent.at, func(t *testing.T) {
			c := newCase(t)
			serial := c.event(icms.AwardMade, "2026-03-02")
			require.Equal(t, "2026-03-11", c.last(icmshk.Review))
			c.set(sent.at)
			if sent.late {
				require.Equal(t, []string{"submission.late"}, c.refused(paper(icmshk.Review)))
				r, err := c.Registry().PreflightSubmission(t.Context(), paper(icmshk.Review))
				require.NoError(t, err)
				require.Equal(t, "The last day for Application for review of an award or order was 2026-03-11: 7 days from the award or order on 2026-03-02. "+
					"It would count as received on "+sent.deemed+".", r.Findings[0].Text().In(law.English))
				require.Contains(t, r.Findings[0].Text().In(law.TraditionalChinese), "最後限期為 2026-03-11")
				require.Equal(t, "Cap. 338 s. 27A", r.Findings[0].Provision.Cite())
				require.Equal(t, law.Secondary, r.Findings[0].Provision.Status)
				require.Contains(t, c.refused(paper("gossip")), "submission.kind.unknown")
				return
			}
			d := c.submit(paper(icmshk.Review)).Document
			require.Equal(t, hk(sent.deemed), d.Receipt.Deemed.In(calendarhk.Zone()))
			require.Equal(t, "2026-03-11", d.Limit.Last)
			require.Equal(t, serial, d.Limit.Paper)
			require.False(t, d.Limit.Late)
			require.Contains(t, d.Limit.Reason.String(), "s. 71(1A)")
			c.proven()
		})
	}
}

// TestClosuresOnTheWay moves the last day by what happens to the registry and the weather: a closure day is not counted, nor is a day
// with a gale warning; a few hours without a warning change nothing.
func TestClosuresOnTheWay(t *testing.T) {
	c := newCase(t)
	c.event(icms.AwardMade, "2026-03-02")
	require.Equal(t, "2026-03-11", c.last(icmshk.Review))
	c.closure("flood", calendarhk.Direction, "2026-03-04 11:00:00", "2026-03-04 15:00:00")
	require.Equal(t, "2026-03-11", c.last(icmshk.Review), "closed for a part of the day")
	c.closure("epidemic", calendarhk.Direction, "2026-03-05 00:00:00", "2026-03-06 00:00:00")
	require.Equal(t, "2026-03-12", c.last(icmshk.Review))
	c.warning("t8", "2026-03-09 05:00:00", "2026-03-09 07:00:00")
	require.Equal(t, "2026-03-13", c.last(icmshk.Review), "a warning for part of the day, though the registry was open")
	c.closure("black", calendarhk.BlackRainstorm, "2026-03-10 16:00:00", "2026-03-10 17:00:00")
	require.Equal(t, "2026-03-16", c.last(icmshk.Review), "closed for a warning, which was then in force")
	c.warning("t8", "2026-03-09 05:00:00", "2026-03-09 07:00:00")
	require.Equal(t, "2026-03-16", c.last(icmshk.Review), "said twice")

	c.set("2026-03-16 17:00:00")
	require.Equal(t, "2026-03-16", c.submit(paper(icmshk.Review)).Document.Limit.Last)
	c.set("2026-03-17 09:00:00")
	again := paper(icmshk.Review)
	again.Reference = "second"
	require.Equal(t, []string{"submission.late"}, c.refused(again))

	withdrawn := calendar.Warning{ID: "t8", Kind: calendarhk.GaleWarning, From: hk("2026-03-09 05:00:00"), Withdrawn: true}
	_, err := c.Registry().AnnounceWarning(t.Context(), "SCT", withdrawn, registrar)
	require.NoError(t, err)
	require.Equal(t, "2026-03-13", c.last(icmshk.Review), "it never was")
	c.proven()
}

func TestWarningsThatCannotBe(t *testing.T) {
	c := newCase(t)
	_, err := c.Registry().AnnounceWarning(t.Context(), "SCT", calendar.Warning{Kind: calendarhk.GaleWarning, From: hk("2026-03-09 05:00:00")}, registrar)
	require.ErrorIs(t, err, icms.ErrInvalid)
	c.court = ballymore(t)
	c.open()
	_, err = c.Registry().AnnounceWarning(t.Context(), "BMC", calendar.Warning{ID: "gale"}, registrar)
	require.ErrorIs(t, err, icms.ErrInvalid, "a court that counts no time limits")
	_, err = c.Registry().AnnounceWarning(t.Context(), "SCT", calendar.Warning{ID: "gale"}, registrar)
	require.ErrorIs(t, err, icms.ErrUnknownCourt)
}

// TestWhatCountsFrom finds the event: the newest, the one that is named, and of what is served the one that was served on the party.
func TestWhatCountsFrom(t *testing.T) {
	c := newCase(t)
	require.Equal(t, []string{"submission.event.none"}, c.refused(paper(icmshk.Review)))
	first := c.event(icms.AwardMade, "2026-02-10")
	second := c.event(icms.AwardMade, "2026-03-02")
	c.event(icms.HearingHeld, "2026-03-02")
	require.Equal(t, second, c.submit(paper(icmshk.Review)).Document.Against)
	named := paper(icmshk.Review)
	named.Against = first
	require.Equal(t, []string{"submission.late"}, c.refused(named), "counted from the first")
	named.Against = 99
	require.Equal(t, []string{"submission.against"}, c.refused(named))
	require.Equal(t, "2026-03-11", c.last(icmshk.SettingAside))

	c.event(icms.AwardServed, "2026-03-02", "claimant-1")
	_, err := c.Registry().LimitOf(t.Context(), icms.LimitQuestion{Court: "SCT", Case: firstCase, Party: "defendant-1", Kind: icmshk.LeaveToAppeal})
	requireRefusal(t, err, filing.SubmissionNoEvent)
	c.event(icms.AwardServed, "2026-03-03", "claimant-1", "defendant-1")
	require.Equal(t, "2026-03-12", c.last(icmshk.LeaveToAppeal))
	l, err := c.Registry().LimitOf(t.Context(), icms.LimitQuestion{Court: "SCT", Case: firstCase, Party: "defendant-1", Kind: icmshk.Defence})
	require.NoError(t, err)
	require.Nil(t, l, "a defence has no limit that is known")
	_, err = c.Registry().LimitOf(t.Context(), icms.LimitQuestion{Court: "SCT", Case: firstCase, Party: "defendant-9", Kind: icmshk.Review})
	requireRefusal(t, err, filing.SubmissionParty)
}

// TestReasonsAskedForInTime lets the time for leave to appeal run from the service of the reasons, when they were asked for in time.
func TestReasonsAskedForInTime(t *testing.T) {
	c := newCase(t)
	c.event(icms.AwardServed, "2026-03-02", "defendant-1")
	require.Equal(t, "2026-03-11", c.last(icmshk.LeaveToAppeal))
	c.set("2026-03-11 12:00:00")
	c.submit(paper(icmshk.Reasons))
	require.Equal(t, "pending", c.last(icmshk.LeaveToAppeal), "the reasons have still to come")
	c.set("2026-03-20 12:00:00")
	early := paper(icmshk.LeaveToAppeal)
	sent := c.submit(early).Document
	require.Equal(t, icms.DocumentReceived, sent.State)
	require.Empty(t, sent.Limit.Last)

	c.event(icms.ReasonsServed, "2026-03-23", "defendant-1")
	require.Equal(t, "2026-04-01", c.last(icmshk.LeaveToAppeal))
	c.set("2026-04-02 12:00:00")
	early.Reference = "late"
	require.Equal(t, []string{"submission.late"}, c.refused(early))

	other := early
	other.Party, other.By = "claimant-1", icms.Filer{Organisation: "sample-utilities"}
	require.Equal(t, []string{"submission.event.none"}, c.refused(other), "nothing was served on the claimant")
	c.proven()
}

// TestReasonsOfAnEarlierAward do not begin the time against a later one.
func TestReasonsOfAnEarlierAward(t *testing.T) {
	c := newCase(t)
	c.event(icms.ReasonsServed, "2026-02-27")
	c.event(icms.AwardServed, "2026-03-02")
	c.submit(paper(icmshk.Reasons))
	require.Equal(t, "pending", c.last(icmshk.LeaveToAppeal))
}

// TestReasonsAskedForTooLate leaves the time where it was.
func TestReasonsAskedForTooLate(t *testing.T) {
	c := newCase(t)
	c.event(icms.AwardServed, "2026-03-02")
	c.set("2026-03-12 12:00:00")
	require.Equal(t, []string{"submission.late"}, c.refused(paper(icmshk.Reasons)))
	c.event(icms.ReasonsServed, "2026-03-12")
	require.Equal(t, "2026-03-11", c.last(icmshk.LeaveToAppeal))
}

func TestADateBeyondTheHolidays(t *testing.T) {
	c := newCase(t)
	c.event(icms.AwardMade, "2300-01-01")
	_, err := c.Registry().Submit(t.Context(), paper(icmshk.Review))
	require.ErrorIs(t, err, calendar.ErrBeyondHorizon)
}

// TestATableOfKindsWithHoles is refused when the service is made.
func TestATableOfKindsWithHoles(t *testing.T) {
	good := smallClaims(t)
	for name, edit := range map[string]func(*icms.Court){
		"no code":        func(c *icms.Court) { c.Papers[0].Code = "" },
		"bar in code":    func(c *icms.Court) { c.Papers[0].Code = "a|b" },
		"no name":        func(c *icms.Court) { c.Papers[0].Name = nil },
		"twice":          func(c *icms.Court) { c.Papers[1].Code = c.Papers[0].Code },
		"no side":        func(c *icms.Court) { c.Papers[0].Sides = []icms.Side{"audience"} },
		"days alone":     func(c *icms.Court) { c.Papers[0].Days = 7 },
		"no days":        func(c *icms.Court) { c.Papers[0].Event = icms.AwardMade },
		"nothing counts": func(c *icms.Court) { c.Limits = nil },
		"asked by none":  func(c *icms.Court) { c.Papers[8].Asked = "none" },
		"no such fee":    func(c *icms.Court) { c.Papers[0].Fee = "none" },
	} {
		court := good
		court.Papers = icmshk.Papers()
		edit(&court)
		_, err := icms.New(icms.Options{Store: openStore(t, t.TempDir()), Blobs: openBlobs(t, ""), Courts: []icms.Court{court}})
		require.ErrorContains(t, err, "Papers[", name)
	}
}

// TestEverySubmissionCode produces each code about papers and time, and leaves nothing behind.
func TestEverySubmissionCode(t *testing.T) {
	want := map[string]bool{}
	for _, e := range filing.Catalogue() {
		if code := string(e.Code); len(code) > 11 && code[:11] == "submission." {
			want[code] = true
		}
	}
	c := newCase(t)
	seen := func(codes ...string) {
		for _, code := range codes {
			delete(want, code)
		}
	}
	try := func(edit func(*icms.Submission)) {
		t.Helper()
		in := paper(icmshk.Defence)
		edit(&in)
		seen(c.refused(in)...)
	}
	failed := func(err error) {
		t.Helper()
		var refused *icms.RefusalError
		require.ErrorAs(t, err, &refused)
		requireRefusal(t, err, refused.Finding.Code)
		seen(string(refused.Finding.Code))
	}
	award := c.event(icms.AwardMade, "2026-02-02")
	try(func(in *icms.Submission) { in.Kind = "gossip" })
	try(func(in *icms.Submission) { in.Party = "defendant-2" })
	try(func(in *icms.Submission) { in.Kind = icmshk.AffidavitOfService })
	try(func(in *icms.Submission) { in.Kind = icmshk.Original })
	try(func(in *icms.Submission) { in.Title = law.T("Line one\nline two", "") })
	try(func(in *icms.Submission) { in.Names = nil })
	try(func(in *icms.Submission) { in.Names = make([]string, 99) })
	try(func(in *icms.Submission) { in.Names = []string{"paper.pdf", "paper.pdf"} })
	try(func(in *icms.Submission) { in.Corrects = award })
	try(func(in *icms.Submission) { in.Kind = icmshk.SettingAside })
	try(func(in *icms.Submission) { in.Kind, in.Against = icmshk.Review, 99 })
	try(func(in *icms.Submission) { in.Kind = icmshk.Review })
	try(func(in *icms.Submission) { in.Kind, in.Time = icmshk.Review, "time/none" })
	for name, want := range map[string]string{"../paper.pdf": "document.name.unsafe", "absent.pdf": "document.missing", "empty.pdf": "document.empty"} {
		in := paper(icmshk.Defence)
		in.Files, in.Names = fstest.MapFS{"empty.pdf": {}}, []string{name}
		require.Equal(t, []string{want}, c.refused(in))
	}

	in := paper(icmshk.Defence)
	in.Reference = "one"
	first := c.submit(in).Document
	in.Title = law.T("Other", "")
	_, err := c.Registry().Submit(t.Context(), in)
	failed(err)
	_, err = c.Registry().RefuseDocument(t.Context(), "SCT", firstCase, first.Serial, nil, registrar)
	failed(err)
	_, err = c.Registry().RefuseDocument(t.Context(), "SCT", firstCase, award, tooVague, registrar)
	failed(err)
	_, err = c.Registry().FileClaim(t.Context(), icms.SingleClaim{Court: "SCT"})
	failed(err)

	request := icms.TimeRequest{Court: "SCT", Case: firstCase, Party: "defendant-1", Kind: icmshk.Defence, By: defendant, Reason: tooVague}
	_, err = c.Registry().RequestTime(t.Context(), request)
	failed(err)
	request.Until = calendar.MustDate("2026-03-20")
	_, err = c.Registry().RequestTime(t.Context(), request)
	failed(err)
	request.Kind = icmshk.Review
	kept, err := c.Registry().RequestTime(t.Context(), request)
	require.NoError(t, err)
	_, err = c.Registry().AllowTime(t.Context(), kept.ID, true, nil, registrar)
	require.NoError(t, err)
	_, err = c.Registry().AllowTime(t.Context(), kept.ID, false, tooVague, registrar)
	require.ErrorIs(t, err, icms.ErrDecided)
	failed(err)

	c.closure("flood", calendarhk.Direction, "2026-03-02 09:00:00", "")
	c.event(icms.AwardMade, "2026-03-01")
	seen(codes(c.submit(paper(icmshk.Review)).Findings)...)
	_, err = c.Registry().Conclude(t.Context(), icms.CaseAct{Court: "SCT", Case: firstCase, By: registrar})
	require.NoError(t, err)
	try(func(in *icms.Submission) {})
	c.court.Policies.Time.Asked = false
	c.open()
	request.Reference = "other"
	_, err = c.Registry().RequestTime(t.Context(), request)
	failed(err)
	delete(want, "submission.fee.unknown")                                                // in TestAPaperWithAFee
	delete(want, "submission.fee.ending")                                                 // in TestALatePaperWhoseFeeIsBeingPaid
	for _, code := range []string{"submission.claim.claimant", "submission.claim.name"} { // in TestForWhomNobodyCommences
		delete(want, code)
	}
	require.Empty(t, want, "codes that nothing here produces")
}
