package filing

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// controlReader gathers the control totals of a header, whatever the format writes them in.
type controlReader struct {
	home     string // code of the currency of a total that names none
	control  Control
	findings []Finding
	lines    int // the row of the last control total
}

// row reads a row of cells such as "#claims", "1000".
func (c *controlReader) row(line int, cells []Cell) {
	c.lines = line
	value := ""
	for i := range cells[1:] {
		if text := trimCell(cells[1+i].Text); text != "" && value != "" {
			value += "," + text // an amount whose comma was taken for a separator is still one value, and a bad one
		} else {
			value += text
		}
	}
	c.set(strings.TrimPrefix(trimCell(cells[0].Text), "#"), value, Path{Line: line, Column: trimCell(cells[0].Text)})
}

// ReadControl reads control totals from a format that keeps them apart from its rows, such as a sheet of its own in a workbook:
// in each row a name (claims, total) and a value. A hash can't be stated there, because it would be part of what it covers.
func ReadControl(rows []TableRow, o ReadOptions) (Control, []Finding) {
	c := controlReader{home: o.Currency}
	for _, row := range rows {
		if !blankRow(row.Cells) {
			c.row(row.Line, row.Cells)
		}
	}
	if c.control.Hash != "" {
		c.control.Hash = ""
		c.findings = addFinding(c.findings, newCellFinding(bad(codeControlUnverified), Path{}))
	}
	return c.control, c.findings
}

// set takes one total by its name; an empty value states none.
func (c *controlReader) set(name, value string, path Path) {
	find := func(code Code) {
		c.findings = addFinding(c.findings, newCellFinding(bad(code, law.V("name", name), law.V("value", value)), path))
	}
	var stated, valid bool
	switch name = strings.ToLower(strings.TrimSpace(name)); name {
	case "claims":
		n, err := strconv.Atoi(strings.ReplaceAll(value, ",", ""))
		if stated, valid = c.control.HasClaims, err == nil && n >= 0; valid && !stated {
			c.control.Claims, c.control.HasClaims = n, true
		}
	case "total":
		total, ok := parseTotal(value, c.home)
		if stated, valid = c.control.HasTotal, ok; valid && !stated {
			c.control.Total, c.control.HasTotal = total, true
		}
	case "hash":
		hash := strings.ToLower(value)
		if stated, valid = c.control.Hash != "", isHash(hash); valid && !stated {
			c.control.Hash = hash
		}
	default:
		find(codeControlUnknown)
		return
	}
	switch {
	case value == "":
	case stated:
		find(codeControlDuplicate)
	case !valid:
		find(codeControlInvalid)
	}
}

func parseTotal(value, home string) (money.Amount, bool) {
	var currency money.Currency
	if home != "" {
		c, err := money.ParseCurrency(home)
		if err != nil {
			return money.Amount{}, false
		}
		currency = c
	}
	total, p := parseAmount(value, currency)
	return total, p.code == ""
}

// hashPrefix names the one kind of hash a header may state.
const hashPrefix = "sha256:"

func isHash(s string) bool {
	digest, ok := strings.CutPrefix(s, hashPrefix)
	b, err := hex.DecodeString(digest)
	return ok && err == nil && len(b) == sha256.Size
}

// checkHash compares the hash that the header states with that of the file's bytes after so many lines.
func (c *controlReader) checkHash(f File, text sniffed, lines int) error {
	if c.control.Hash == "" {
		return nil
	}
	from, err := rawLineEnd(f, text, lines)
	if err != nil {
		return err
	}
	digest := sha256.New()
	if _, err := io.Copy(digest, io.NewSectionReader(f.Bytes, from, f.Size-from)); err != nil {
		return fmt.Errorf("filing: reading %s: %w", quoteName(f.Name), err)
	}
	if got := hashPrefix + hex.EncodeToString(digest.Sum(nil)); got != c.control.Hash {
		values := []law.Value{law.V("stated", c.control.Hash), law.V("found", got)}
		c.findings = addFinding(c.findings, newCellFinding(bad(codeControlHash, values...), Path{Line: c.lines}))
	}
	return nil
}

// rawLineEnd gives the place in the file behind so many lines. A line break is one byte, or two in UTF-16, in every charset we
// read: no second byte of Big5 looks like one.
func rawLineEnd(f File, text sniffed, lines int) (int64, error) {
	raw := make([]byte, min(2*csvBuffer, f.Size-text.mark))
	if _, err := readAt(f, raw, text.mark); err != nil {
		return 0, err
	}
	unit := func(c byte) []byte { return []byte{c} }
	switch text.charset {
	case charsetUTF16LE:
		unit = func(c byte) []byte { return []byte{c, 0} }
	case charsetUTF16BE:
		unit = func(c byte) []byte { return []byte{0, c} }
	}
	cr, lf := unit('\r'), unit('\n')
	width := len(lf)
	at := 0
	for ; lines > 0 && at+width <= len(raw); at += width {
		switch one := raw[at : at+width]; {
		case bytes.Equal(one, lf):
			lines--
		case bytes.Equal(one, cr):
			if !bytes.HasPrefix(raw[at+width:], lf) {
				lines--
			}
		}
	}
	if lines > 0 && at < len(raw) {
		return 0, fmt.Errorf("%w: %s: the control rows are longer than %d bytes", ErrUnreadable, quoteName(f.Name), len(raw))
	}
	return text.mark + int64(at), nil
}
