package icms_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/members"
)

// slow are files while whose upload something happens.
type slow struct {
	fstest.MapFS
	do func()
}

func (s *slow) Open(name string) (fs.File, error) {
	if do := s.do; do != nil {
		s.do = nil
		do()
	}
	return s.MapFS.Open(name)
}

// TestNothingIsFiledForAStranger: who may file is asked again when the files are in, and holds until the paper is kept.
func TestNothingIsFiledForAStranger(t *testing.T) {
	for name, how := range map[string]struct {
		by   string
		do   func(*town) error
		want string // the code; of a sealed case that of what is not there
	}{
		"unlinked": {by: "dora", want: "access.case.not-party", do: func(w *town) error {
			_, err := w.as("officer").UnlinkParty(w.t.Context(), icms.Unlink{Court: "SCT", Case: number(1), Party: "defendant-1", Member: "dora", Reason: why})
			return err
		}},
		"suspended": {by: "dora", want: "access.account.suspended", do: func(w *town) error {
			return w.as("officer").MoveMember(w.t.Context(), "dora", icms.SuspendMember, why)
		}},
		"house suspended": {by: "firm-1", want: "access.account.suspended", do: func(w *town) error {
			return w.as("officer").MoveMember(w.t.Context(), "firm", icms.SuspendMember, why)
		}},
		"given to a colleague": {by: "firm-1", want: "access.case.not-party", do: func(w *town) error {
			_, err := w.as("firm-pa").UnlinkCase(w.t.Context(), members.UnlinkCase{Organisation: "firm", Court: "SCT", Case: number(1), User: "firm-1"})
			return err
		}},
		"sealed": {by: "dora", want: "access.not-there", do: func(w *town) error {
			_, err := w.as("judge").SetAccess(w.t.Context(), icms.CaseAct{Court: "SCT", Case: number(1), Reason: why}, icms.CaseSealed)
			return err
		}},
		"concluded": {by: "dora", want: "submission.concluded", do: func(w *town) error {
			_, err := w.as("judge").Conclude(w.t.Context(), icms.CaseAct{Court: "SCT", Case: number(1), Reason: why})
			return err
		}},
	} {
		for when, late := range map[string]bool{"while the files come": false, "while the paper is kept": true} {
			t.Run(name+" "+when, func(t *testing.T) {
				w := newTown(t)
				do := func() { require.NoError(t, how.do(w)) }
				in := sent(1, icmshk.Defence)
				files := &slow{MapFS: fstest.MapFS{"paper.pdf": {Data: []byte(goodPDF)}}}
				in.Files, in.Names, in.Reference = files, []string{"paper.pdf"}, "slow"
				who := w.as(how.by)
				if late {
					other := *w
					other.counter = &counter{t: t, store: &meddler{Store: w.store, before: "submit/", do: do}, blobs: w.blobs, court: w.court, at: w.at}
					other.open(nil)
					who = other.as(how.by)
				} else {
					files.do = do
				}
				before, _, err := w.Registry().Papers(t.Context(), "SCT", number(1), "", 100)
				require.NoError(t, err)
				r, err := who.Submit(t.Context(), in)
				if how.want == "submission.concluded" {
					require.NoError(t, err)
					require.Equal(t, []string{how.want}, codes(r.Findings))
				} else {
					require.Equal(t, how.want, deniedBy(t, err))
				}
				after, _, err := w.Registry().Papers(t.Context(), "SCT", number(1), "", 100)
				require.NoError(t, err)
				require.Len(t, after, len(before), "nothing is filed")
			})
		}
	}
}
