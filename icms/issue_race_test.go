package icms_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
)

// TestDifferentPapersAtOnceAreAllKept has one officer issue different papers in one case at the same instant: each is kept under a serial of
// its own.
func TestDifferentPapersAtOnceAreAllKept(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	filed, err := c.Registry().File(t.Context(), batch(claims(1, "A")))
	require.NoError(t, err)
	number := filed.Acknowledgement.FirstCase
	var wg sync.WaitGroup
	serials := make([]int, 8)
	for i := range serials {
		wg.Go(func() {
			issued, err := c.Registry().Issue(t.Context(), icms.Issue{
				Court: "SCT", Case: number, Kind: icms.PaperNotice, Words: law.T(fmt.Sprintf("Notice %d", i), "通知"), By: registrar,
				Reference: fmt.Sprintf("notice-%d", i),
			})
			require.NoError(t, err)
			serials[i] = issued.Document.Serial
		})
	}
	wg.Wait()
	require.ElementsMatch(t, []int{1, 2, 3, 4, 5, 6, 7, 8}, serials)
	papers, _, err := c.Registry().Papers(t.Context(), "SCT", number, "", 100)
	require.NoError(t, err)
	require.Len(t, papers, 8)
}
