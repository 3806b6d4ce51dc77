package filing

import (
	"context"
	"io"
	"iter"
)

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
	// Findings are the mistakes of reading: a date that is none, an amount with letters.
	Findings []Finding
}

// Control are the totals that a file's header may state, so that a file cut short or changed on the way is noticed.
// Fields the header leaves out are zero.
type Control struct {
	// Claims is the number of claims, HasClaims whether the header states it.
	Claims    int
	HasClaims bool
	// Total is the sum of the amounts claimed, as the header writes it ("HKD 1200.00" or plain).
	Total string
	// Hash is "sha256:" with the digest of the rows after the header, byte for byte.
	Hash string
}

// Format reads bulk files of one kind. Its methods are safe for concurrent use.
type Format interface {
	// Name is the format's short name: "csv", "jsonl", "xlsx".
	Name() string
	// Read streams the claims in the order of the file, in memory bounded per claim. The error ends the stream: it says why and where the file
	// can't be read at all. Mistakes in cells are findings of their row, and mistakes of the header are findings of the row with Line of the
	// header and a zero Claim (Row.Header set in o.Header).
	Read(ctx context.Context, f File, o ReadOptions) iter.Seq2[Row, error]
}

// ReadOptions say how to read. The zero value reads with the defaults.
type ReadOptions struct {
	// Currency is the currency of amounts that name none: "HKD".
	Currency string
	// MaxClaimBytes bounds one claim; 0 means 256 KiB.
	MaxClaimBytes int
	// Header, when set, receives the file's control totals and the findings about the header before the first row is given.
	Header func(Control, []Finding)
}
