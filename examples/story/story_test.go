package main

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/payment"
)

var update = flag.Bool("update", false, "write the golden file anew")

const golden = "testdata/story.txt"

// told tells the story in a folder of the test's.
func told(t *testing.T, out io.Writer) *facts {
	t.Helper()
	f, err := tell(t.Context(), t.TempDir(), out)
	require.NoError(t, err)
	return f
}

// The golden file shows what everybody sees, to the byte. The facts that matter are held against what is known from elsewhere, so that a golden file that
// was written anew can't hide a fault.
func TestStory(t *testing.T) {
	var out bytes.Buffer
	f := told(t, &out)
	for name, holds := range map[string]func(*testing.T, *facts){
		"filed after hours": filedAfterHours, "fees": fees, "sealed": sealedCase, "sitting": sittingWithinSixtyDays, "defence": correctedDefence,
		"inspection": inspectionForADay, "refund": refundByTwo, "award": awardDelivered, "last day": seventhRegistryDay,
		"waiting": completedOnReopening, "reviews": reviews, "books": books,
	} {
		t.Run(name, func(t *testing.T) { holds(t, f) })
	}
	if *update && !t.Failed() {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(golden, out.Bytes(), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	wanted, written := strings.Split(string(want), "\n"), strings.Split(out.String(), "\n")
	for i := range min(len(wanted), len(written)) {
		require.Equal(t, wanted[i], written[i], "%s, line %d: if a package words it anew, run go test ./examples/story -update", golden, i+1)
	}
	require.Len(t, written, len(wanted))
}

// at holds an instant against a local time.
func at(t *testing.T, want string, got time.Time) {
	t.Helper()
	require.Equal(t, local(want).Format(time.RFC3339), got.In(local(want).Location()).Format(time.RFC3339))
}

func filedAfterHours(t *testing.T, f *facts) {
	a := f.Filed.Acknowledgement
	at(t, "2026-07-20 18:05", a.Received)
	at(t, "2026-07-21 08:45", a.Deemed)
	require.Equal(t, []string{"SCTC000001/2026", "SCTC000002/2026", "SCTC000003/2026", "SCTC000004/2026"}, f.Cases)
	require.Equal(t, "body-filer", a.By.User)
	require.Equal(t, authority, a.By.Organisation)
}

// The bands cost 20, 40, 70 and 120 dollars on paper, and four fifths of that electronically.
func fees(t *testing.T, f *facts) {
	require.Equal(t, hkd(200), f.Filed.Acknowledgement.Paid)
	require.Equal(t, hkd(250), f.Filed.Quote.Total.Base)
	require.Equal(t, hkd(14), f.Search.Fee)
	require.Equal(t, hkd(14), f.Receipt.Amount)
	require.Equal(t, payment.Visa, f.Receipt.Means)
}

func sealedCase(t *testing.T, f *facts) {
	require.Empty(t, f.Sealed)
	require.Len(t, f.Told, 2)
	require.Contains(t, f.Told[0].Body.In(law.English), "The cases of your batch july-2026 are to be heard at one sitting")
	require.Contains(t, f.Told[1].Body.In(law.English), "The sitting for the cases of your batch july-2026")
}

// Filed on 21 July: not before 31 July, not after 19 September.
func sittingWithinSixtyDays(t *testing.T, f *facts) {
	at(t, "2026-09-02 10:00", f.First.At)
	at(t, "2026-09-16 10:00", f.Sitting.At)
	require.Equal(t, 1, f.Sitting.Moves)
	require.Equal(t, 3, f.Closed)
	require.Nil(t, f.Sitting.Unfinished, "all cases have it")
	require.Equal(t, f.Filed.ID, f.Sitting.Batch)
	require.Contains(t, f.Moved.Body.In(law.English), "moved to 2026-09-16 10:00:00")
	require.Contains(t, f.Moved.Body.In(law.TraditionalChinese), "大樓關閉。")
	for _, s := range []icms.Sitting{f.First, f.Sitting} {
		require.False(t, s.At.Before(local("2026-07-31 00:00")) || !s.At.Before(local("2026-09-20 00:00")), "%s", s.At)
	}
}

func correctedDefence(t *testing.T, f *facts) {
	require.Equal(t, icms.DocumentRefused, f.Refused.State)
	require.Equal(t, "registrar", f.Refused.Decision.By.User)
	require.Equal(t, "抗辯書未經簽署。", f.Refused.Reason.In(law.TraditionalChinese))
	require.Equal(t, icms.DocumentReceived, f.Corrected.State)
	require.Equal(t, f.Refused.Serial, f.Corrected.Corrects)
	at(t, "2026-08-12 12:40", f.Corrected.Receipt.Deemed)
}

func inspectionForADay(t *testing.T, f *facts) {
	require.Len(t, f.Found, 1)
	require.Equal(t, f.Cases[0], f.Found[0].Number)
	at(t, "2026-08-13 10:05", f.Search.Opened)
	at(t, "2026-08-14 10:05", f.Search.Ends)
	require.Equal(t, f.Receipt.Number.String(), f.Search.Receipt)
	var serials []int
	for _, p := range f.Inspected {
		serials = append(serials, p.Serial)
	}
	require.Contains(t, serials, f.Corrected.Serial)
	require.NotContains(t, serials, f.Refused.Serial, "what was refused is not in the file")
	require.Equal(t, firm, f.Firm.By.Organisation)
	require.Equal(t, icms.SearchOpen, f.Firm.State)
}

func refundByTwo(t *testing.T, f *facts) {
	require.Equal(t, payment.OperationSucceeded, f.Refund.State)
	require.Equal(t, hkd(14), f.Refund.Amount)
	require.NotEmpty(t, f.Refund.ApprovedBy)
	require.NotEqual(t, f.Refund.ProposedBy, f.Refund.ApprovedBy)
}

func awardDelivered(t *testing.T, f *facts) {
	require.Equal(t, icms.AwardMade, f.Award.Event)
	require.Equal(t, "2026-09-16", f.Award.EventDay)
	require.Len(t, f.Deliveries, 2)
	require.Equal(t, "chan", f.Deliveries[0].To)
	at(t, "2026-09-16 11:40", f.Deliveries[0].At)
	at(t, "2026-09-16 20:15", f.Deliveries[0].Read.At)
	require.Equal(t, "chan", f.Deliveries[0].Read.By.User)
	require.Equal(t, authority, f.Deliveries[1].To)
	require.Nil(t, f.Deliveries[1].Read)
}

// From Wednesday 16 September: 17, 18, 21, 22, 23, 24, 25 September. Part of the 21st closed by direction counts; the 23rd, when the signal was up, does
// not; the 26th is a Saturday and a holiday, so that the seventh is Monday 28 September.
func seventhRegistryDay(t *testing.T, f *facts) {
	require.Equal(t, [3]string{"2026-09-25", "2026-09-25", "2026-09-28"}, f.Last)
	require.True(t, f.Open)
}

func completedOnReopening(t *testing.T, f *facts) {
	require.Equal(t, icms.DocumentPending, f.Waiting.State)
	require.True(t, f.Waiting.Receipt.Deemed.IsZero())
	require.Equal(t, icms.DocumentReceived, f.Completed.State)
	at(t, "2026-09-21 11:00", f.Completed.At)
	at(t, "2026-09-21 15:10", f.Completed.Receipt.Deemed)
}

func reviews(t *testing.T, f *facts) {
	require.Equal(t, icms.DocumentReceived, f.Review.Document.State)
	at(t, "2026-09-28 17:25", f.Review.Document.Receipt.Deemed)
	require.Equal(t, "2026-09-28", f.Review.Document.Limit.Last)
	require.False(t, f.Review.Document.Limit.Late)
	require.Equal(t, 7, f.Review.Document.Limit.Days)

	require.True(t, f.TooLate.Refused())
	require.Zero(t, f.TooLate.Document.Serial, "nothing is kept")
	require.Equal(t, filing.SubmissionLate, f.TooLate.Findings[0].Code)
	for _, language := range []string{law.English, law.TraditionalChinese} {
		require.Contains(t, f.TooLate.Findings[0].Text().In(language), "2026-09-28", "the last day is named")
		require.Contains(t, f.TooLate.Findings[0].Text().In(language), "2026-09-29 08:45", "and when it would count")
	}
}

func books(t *testing.T, f *facts) {
	require.Equal(t, hkd(800), f.Posted)
	require.Equal(t, hkd(86), f.FirmPosted)
	require.Greater(t, f.Links, 50)
}

// Two tellings say the same: nothing comes from a wall clock or from chance.
func TestTheSameStoryTwice(t *testing.T) {
	var first, second bytes.Buffer
	told(t, &first)
	told(t, &second)
	require.Equal(t, first.String(), second.String())
}

// Without a folder nothing is left behind; with one the store is there, and no second story is told over it.
func TestFolder(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	require.NoError(t, command(t.Context(), "", io.Discard))
	left, err := os.ReadDir(tmp)
	require.NoError(t, err)
	require.Empty(t, left)

	kept := filepath.Join(t.TempDir(), "kept")
	require.NoError(t, command(t.Context(), kept, io.Discard))
	require.FileExists(t, filepath.Join(kept, "court.db"))
	require.ErrorContains(t, command(t.Context(), kept, io.Discard), "not empty")
}

// A story in which somebody may do what is to be refused, or is refused for another reason, ends there; so does one that can't be written.
func TestAStoryThatGoesWrong(t *testing.T) {
	s := &story{out: io.Discard}
	denied := &icms.DeniedError{Finding: filing.NewFinding(filing.AccessDenied, "", law.Provision{})}
	require.NoError(t, s.refused("somebody", "trying", denied, filing.AccessDenied))
	require.Error(t, s.refused("somebody", "trying", nil, filing.AccessDenied))
	require.Error(t, s.refused("somebody", "trying", denied, filing.AccessPending))
	require.Error(t, s.refused("somebody", "trying", io.ErrUnexpectedEOF, filing.AccessDenied))
	require.Error(t, s.found("somebody", "trying", nil, filing.SubmissionLate))

	full := errors.New("no space")
	_, err := tell(t.Context(), t.TempDir(), failing{full})
	require.ErrorIs(t, err, full)
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
