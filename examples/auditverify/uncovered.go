package main

import (
	"context"
	"fmt"
	"io"
)

// uncovered are the questions about what stands beside the chains: that every change of the service which writes records has its link, that
// no change is missing, and that each record stands where its changes put it. Each gives a number, of which 0 is right.
var uncovered = [...]struct{ what, query string }{
	{"changes that wrote records and are in no chain", `
SELECT count(*) FROM icms_change c WHERE c.records > 0 AND NOT EXISTS (SELECT 1 FROM icms_link l WHERE l.change = c.seq)`},
	{"changes missing or more, by the counter of changes", `
SELECT abs(coalesce((SELECT max(change) FROM icms_counter), 0) - (SELECT count(*) FROM icms_change))
  + abs((SELECT count(*) FROM icms_change) - (SELECT coalesce(max(seq), 0) FROM icms_change))`},
	{"records of changes that there are none of", `
SELECT count(*) FROM icms_record r WHERE NOT EXISTS (SELECT 1 FROM icms_change c WHERE c.seq = r.change)`},
	{"replaced records of changes that there are none of", `
SELECT count(*) FROM icms_history h WHERE NOT EXISTS (SELECT 1 FROM icms_change c WHERE c.seq = h.change)`},
	{"records more, or fewer, than all changes wrote", `
SELECT abs((SELECT count(*) FROM icms_record) + (SELECT count(*) FROM icms_history) - (SELECT coalesce(sum(records), 0) FROM icms_change))`},
	{"changes whose records are not numbered one after the other", `
SELECT count(*) FROM (
  SELECT count(*) AS n, min(place) AS first, max(place) AS last, count(DISTINCT place) AS places
  FROM (SELECT change, place FROM icms_record UNION ALL SELECT change, place FROM icms_history) GROUP BY change
) WHERE first <> 1 OR last <> n OR places <> n`},
	{"replaced records that another record followed", `
SELECT count(*) FROM icms_history h WHERE h.body IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM icms_record r WHERE r.seq = h.seq AND r.version = h.version + 1 AND r.kind = h.kind AND r.id = h.id)
  AND NOT EXISTS (SELECT 1 FROM icms_history n WHERE n.seq = h.seq AND n.version = h.version + 1 AND n.kind = h.kind AND n.id = h.id)`},
	{"records missing or more, by the counter of records", `
SELECT abs(coalesce((SELECT max(record) FROM icms_counter), 0) - max((SELECT coalesce(max(seq), 0) FROM icms_record), (SELECT coalesce(max(seq), 0) FROM icms_history)))`},
	{"changes that did not begin after the records before them", `
SELECT count(*) FROM (
  SELECT c.after, coalesce(max(m.last) OVER (ORDER BY c.seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS want
  FROM icms_change c LEFT JOIN (
    SELECT change, max(seq) AS last FROM (
      SELECT seq, min(change) AS change FROM (SELECT seq, change FROM icms_record UNION ALL SELECT seq, change FROM icms_history) GROUP BY seq
    ) GROUP BY change
  ) m ON m.change = c.seq
) WHERE after <> want`},
	{"keys of an index that there is none of", `
SELECT count(*) FROM icms_entry e WHERE NOT EXISTS (
  SELECT 1 FROM icms_index i WHERE i.id = e.idx AND iif(e.slot = 0, i.has_unique, i.has_plain) = 1)`},
}

// uncovered asks them all.
func (t *tables) uncovered(ctx context.Context, out io.Writer) (faults int, err error) {
	for _, q := range uncovered {
		var n int
		if err := t.db.QueryRowContext(ctx, q.query).Scan(&n); err != nil {
			return faults, fmt.Errorf("looking for %s: %w", q.what, err)
		}
		if n > 0 {
			faults++
			fmt.Fprintf(out, "NOT COVERED: %d %s\n", n, q.what)
		}
	}
	return faults, nil
}
