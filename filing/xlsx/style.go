package xlsx

import (
	"strings"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
)

// style is what a cell's style says about its value.
type style struct {
	date bool // numbers show as dates
	pad  int  // whole numbers show with at least so many digits
}

// readStyles reads the number formats of the cells.
func (b *book) readStyles(part string) error {
	var sheet struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			ID int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := b.decode(part, &sheet); err != nil {
		return err
	}
	codes := make(map[int]string, len(sheet.Formats))
	for _, f := range sheet.Formats {
		codes[f.ID] = f.Code
	}
	for _, c := range sheet.Cells {
		code, own := codes[c.ID]
		if own {
			b.styles = append(b.styles, styleOf(code))
		} else {
			b.styles = append(b.styles, style{date: builtinDate(c.ID)})
		}
	}
	return nil
}

// builtinDate reports the numbers of the formats for dates that every program knows, those of the Chinese editions among them.
func builtinDate(id int) bool {
	return id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 54 || id == 57 || id == 58
}

// styleOf reads a number format: it shows a date when it has a place for the day or the year, outside of quotes and brackets.
func styleOf(code string) style {
	code, _, _ = strings.Cut(strings.ToLower(code), ";") // the format of positive numbers
	var places strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			i = skipTo(code, i+1, '"')
		case '[':
			i = skipTo(code, i+1, ']')
		case '\\', '_', '*':
			i++
		default:
			places.WriteByte(c)
		}
	}
	shown := places.String()
	switch {
	case strings.Contains(shown, "general"):
		return style{}
	case strings.ContainsAny(shown, "yd"):
		return style{date: true}
	case strings.Trim(shown, "0") == "":
		return style{pad: len(shown)}
	}
	return style{}
}

// skipTo gives the place of the next c, or the end.
func skipTo(s string, from int, c byte) int {
	if i := strings.IndexByte(s[min(from, len(s)):], c); i >= 0 {
		return from + i
	}
	return len(s)
}

// number makes the cell of a number as its style shows it.
func (b *book) number(text string, styleIndex int) filing.Cell {
	var s style
	if styleIndex >= 0 && styleIndex < len(b.styles) {
		s = b.styles[styleIndex]
	}
	cell := filing.Cell{Kind: filing.NumberCell, Text: text, Date: b.dateOf(text)}
	switch {
	case s.date && !cell.Date.IsZero():
		cell.Kind = filing.DateCell
	case s.pad > 1 && len(text) < s.pad && strings.Trim(text, "0123456789") == "":
		return filing.Cell{Text: strings.Repeat("0", s.pad-len(text)) + text}
	case s.pad > 1 && len(text) == s.pad && strings.Trim(text, "0123456789") == "":
		return filing.Cell{Text: text}
	}
	return cell
}

// dateOf gives the date for which a number stands in the workbook's date system, the zero Date for none. A part of a day is the
// time, which a date doesn't have.
func (b *book) dateOf(text string) calendar.Date {
	whole, _, _ := strings.Cut(text, ".")
	if len(whole) == 0 || len(whole) > 7 || strings.Trim(text, "0123456789.") != "" {
		return calendar.Date{}
	}
	days := 0
	for i := range len(whole) {
		days = days*10 + int(whole[i]-'0')
	}
	switch {
	case b.date1904:
		return calendar.MustDate("1904-01-01").AddDays(days)
	case days > 60:
		return calendar.MustDate("1899-12-30").AddDays(days)
	case days == 60 || days == 0: // 29 February 1900, which there was only in spreadsheets
		return calendar.Date{}
	}
	return calendar.MustDate("1899-12-31").AddDays(days)
}
