package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"courts.example/eservices/icms/store"
)

// mostFaults bounds what Check tells.
const mostFaults = 10

// faultQueries give one row of text for each fault: of SQLite's own structure, of records whose entries are not in the index, and of
// entries that no record has.
func faultQueries() []string {
	return []string{
		fmt.Sprintf(`PRAGMA integrity_check(%d)`, mostFaults),
		fmt.Sprintf(`
SELECT 'an entry of ' || r.kind || ' ' || r.id || ' is not in its index'
FROM icms_record r JOIN json_each(iif(json_valid(r.entries), r.entries, '[[]]')) j
LEFT JOIN icms_entry e ON e.idx = j.value ->> 0 AND e.key = j.value ->> 1 AND e.slot = iif(j.value ->> 2 IS NULL, r.seq, 0)
WHERE e.record IS NOT r.seq LIMIT %d`, mostFaults),
		`
SELECT 'the indexes have ' || e.n || ' entries, the records have ' || r.n
FROM (SELECT count(*) AS n FROM icms_entry) e,
  (SELECT coalesce(sum(json_array_length(iif(json_valid(entries), entries, '[]'))), 0) AS n FROM icms_record) r WHERE e.n <> r.n`,
	}
}

// Check reads the whole database and looks whether it is sound: the structure of the file, and the indexes beside the records. It
// takes a while on a large database, and lets others work. The error wraps store.ErrCorrupt and tells the first faults: stop, and restore
// a copy. Whether the records are as they were written is another question, which [store.Verify] answers.
func (s *Store) Check(ctx context.Context) error {
	const doing = "check the database"
	if s.closed.Load() {
		return s.fail(doing, store.ErrClosed)
	}
	tx, err := s.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return s.fail(doing, err)
	}
	var faults []string
	for _, query := range faultQueries() {
		if faults, err = faultsOf(ctx, tx, query); err != nil || len(faults) > 0 {
			break
		}
	}
	if len(faults) > 0 {
		err = fmt.Errorf("%w: %s", store.ErrCorrupt, strings.Join(faults, "; "))
	}
	return s.fail(doing, errors.Join(err, tx.Rollback()))
}

func faultsOf(ctx context.Context, tx *sql.Tx, query string) (faults []string, err error) {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var fault string
		if err := rows.Scan(&fault); err != nil {
			return nil, err
		}
		if fault != "ok" {
			faults = append(faults, fault)
		}
	}
	return faults, rows.Err()
}
