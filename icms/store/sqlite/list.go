package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"courts.example/eservices/icms/store"
)

const (
	listUp = `
SELECT e.key, e.slot, r.kind, r.id, r.seq, r.version, r.body
FROM icms_entry e CROSS JOIN icms_record r ON r.seq = e.record
WHERE e.idx = (SELECT id FROM icms_index WHERE name = ?) AND (e.key, e.slot) > (?, ?) AND e.key < ? AND r.kind BETWEEN ? AND ?
ORDER BY e.key, e.slot LIMIT ?`
	listDown = `
SELECT e.key, e.slot, r.kind, r.id, r.seq, r.version, r.body
FROM icms_entry e CROSS JOIN icms_record r ON r.seq = e.record
WHERE e.idx = (SELECT id FROM icms_index WHERE name = ?) AND (e.key, e.slot) < (?, ?) AND e.key >= ? AND r.kind BETWEEN ? AND ?
ORDER BY e.key DESC, e.slot DESC LIMIT ?`
	usualPage = 100
)

// position is a place in an index: before all entries at or after (key, slot) in the order.
type position struct {
	key  string
	slot int64
}

func (p position) compare(o position) int {
	return cmp.Or(cmp.Compare(p.key, o.key), cmp.Compare(p.slot, o.slot))
}

// List reads a page of an index; see store.Store.
func (s *Store) List(ctx context.Context, q store.Query) (store.Page, error) {
	doing := "list " + q.Index
	if err := q.Check(); err != nil {
		return store.Page{}, s.fail(doing, err)
	}
	if q.Limit == 0 {
		q.Limit = usualPage
	}
	text, args, err := statement(q)
	if err != nil {
		return store.Page{}, s.fail(doing, err)
	}
	var page store.Page
	var last position
	err = s.query(ctx, doing, text, args, func(rows *sql.Rows) error {
		if len(page.Records) == q.Limit {
			page.Next = last.cursor()
			return nil
		}
		var r store.Record
		if err := rows.Scan(&last.key, &last.slot, &r.Kind, &r.ID, &r.Seq, &r.Version, &r.Body); err != nil {
			return err
		}
		page.Records = append(page.Records, r)
		return nil
	})
	if err != nil {
		return store.Page{}, err
	}
	return page, nil
}

// statement gives the statement of a query and its arguments. A cursor narrows the bounds of the query, it never widens them: a cursor
// that came back from a stranger shows nothing that the query would not.
func statement(q store.Query) (string, []any, error) {
	from, until, open := bounds(q)
	least, most := any(q.Kind), any(q.Kind)
	if q.Kind == "" {
		most = []byte{} // above every text
	}
	end := any(until)
	if open {
		end = []byte{}
	}
	var after *position
	if q.After != "" {
		p, err := parseCursor(q.After)
		if err != nil {
			return "", nil, err
		}
		after = &p
	}
	if q.Descending {
		start := position{until, -1}
		if after != nil && (open || after.compare(start) < 0) {
			start, end = *after, after.key
		}
		return listDown, []any{q.Index, end, start.slot, from, least, most, q.Limit + 1}, nil
	}
	start := position{from, -1}
	if after != nil && after.compare(start) > 0 {
		start = *after
	}
	return listUp, []any{q.Index, start.key, start.slot, end, least, most, q.Limit + 1}, nil
}

// bounds gives the half-open range of keys; open means that it has no end.
func bounds(q store.Query) (from, until string, open bool) {
	from, until, open = q.From, q.Until, q.Until == ""
	if q.Prefix == "" {
		return from, until, open
	}
	from = max(from, q.Prefix)
	if end := afterPrefix(q.Prefix); end != "" && (open || end < until) {
		until, open = end, false
	}
	return from, until, open
}

// afterPrefix gives the first key after all keys with the prefix, "" when there is none.
func afterPrefix(prefix string) string {
	last := len(prefix) - 1
	for last >= 0 && prefix[last] == 0xff {
		last--
	}
	if last < 0 {
		return ""
	}
	return prefix[:last] + string([]byte{prefix[last] + 1})
}

func (p position) cursor() string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(p.slot, 10) + ":" + p.key))
}

func parseCursor(text string) (position, error) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		slot, key, there := strings.Cut(string(b), ":")
		n, err := strconv.ParseInt(slot, 10, 64)
		if there && err == nil && n >= 0 {
			return position{key, n}, nil
		}
	}
	return position{}, fmt.Errorf("%w: query.After %q is no cursor of a page", store.ErrInvalid, text)
}
