package filing

import (
	"context"
	"errors"
	"io"
	"iter"

	"courts.example/eservices/icms/money"
)

// ErrUnreadable says that a file can't be read at all as what it claims to be; the text around it says why, where and what to do.
var ErrUnreadable = errors.New("filing: the file can't be read")

// File is a file at hand: its bytes can be read at any place and more than once.
type File struct {
	// Name is the file's name, for messages; it need not exist anywhere.
	Name string
	// Bytes gives the content, Size its length.
	Bytes io.ReaderAt
	Size  int64
}

// Row is one claim of a bulk file with what was wrong in reading it. A claim with a Refusal among its findings is incomplete:
// the fields that could not be read are zero.
type Row struct {
	// Line is the row's number as a spreadsheet shows it; in JSON lines it is the line.
	Line  int
	Claim Claim
	// Findings are the mistakes of reading: a date that is none, an amount with letters. There are at most some hundreds.
	Findings []Finding
	// Unread are the JSON pointers of the fields that the file did not let us read: their finding is already given, here or with
	// the header, so a rule that misses the field has nothing to add. "" among them, the pointer of the whole claim, says that
	// nothing of it could be read but perhaps its reference. The slice is shared between rows: read only.
	Unread []string
	// Column gives the name under which the file holds the field of a JSON pointer ("/defendants/0/address"), as the file itself
	// spells it, "" when it has no such column. It is nil for files without columns, and one function for all rows of a file.
	Column func(pointer string) string
}

// Control are the totals that a file's header may state, so that a file cut short or changed on the way is noticed.
// Fields the header leaves out are zero.
type Control struct {
	// Claims is the number of claims, HasClaims whether the header states it.
	Claims    int
	HasClaims bool
	// Total is the sum of the amounts claimed, HasTotal whether the header states it.
	Total    money.Amount
	HasTotal bool
	// Hash is "sha256:" with the digest, in hexadecimal, of the bytes after the control lines. The reader itself compares it.
	Hash string
}

// Format reads bulk files of one kind. Its methods are safe for concurrent use.
type Format interface {
	// Name is the format's short name: "csv", "jsonl", "xlsx".
	Name() string
	// Read streams the claims in the order of the file, in memory bounded per claim. An error ends the stream: it says why and
	// where the file can't be read (ErrUnreadable, or what the File's Bytes or the context gave). Mistakes in a row are findings
	// of that Row; those of the header, and control totals, go to o.Header, and rows are read all the same as far as the header lets them.
	Read(ctx context.Context, f File, o ReadOptions) iter.Seq2[Row, error]
}

// DateOrder says how a file writes dates like 03/04/2026.
type DateOrder uint8

// The orders of dates. The zero DateOrder doesn't guess: 03/04/2026 is then a finding, 13/04/2026 is not.
const (
	// DayFirst reads 03/04/2026 as 3 April.
	DayFirst DateOrder = iota + 1
	// MonthFirst reads 03/04/2026 as 4 March.
	MonthFirst
)

// ReadOptions say how to read. The zero value reads with the defaults.
type ReadOptions struct {
	// Currency is the currency of amounts that name none: "HKD". Without it such an amount is a finding.
	Currency string
	// Dates is the order of dates that don't show it themselves.
	Dates DateOrder
	// MaxClaimBytes bounds one claim, counted in the bytes of its row; 0 means 256 KiB.
	MaxClaimBytes int
	// Header, when set, receives the file's control totals and the findings about the header, once, before the first row is given
	// and also when there is no row. Whoever files must set it: a Refusal among the findings is about the whole batch.
	Header func(Control, []Finding)
}
