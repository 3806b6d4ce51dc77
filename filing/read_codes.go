package filing

// The codes of findings about reading a file; their texts are in catalogue_file.go, catalogue_row.go and catalogue_cells.go. A JSON member counts as a cell.
const (
	codeEncodingBig5 Code = "file.encoding.big5"

	codeHeaderNone      Code = "header.none"
	codeColumnMissing   Code = "header.column.missing"
	codeColumnUnknown   Code = "header.column.unknown"
	codeColumnDuplicate Code = "header.column.duplicate"
	codeColumnHidden    Code = "header.column.hidden"

	codeControlUnknown    Code = "control.unknown"
	codeControlInvalid    Code = "control.invalid"
	codeControlDuplicate  Code = "control.duplicate"
	codeControlHash       Code = "control.hash.mismatch"
	codeControlUnverified Code = "control.hash.unsupported"

	codeRowTooLarge    Code = "row.too-large"
	codeRowShort       Code = "row.short"
	codeRowLong        Code = "row.long"
	codeRowQuoteOpen   Code = "row.quote.open"
	codeRowQuoteInside Code = "row.quote.inside"
	codeRowHidden      Code = "row.hidden"

	codeCellEncoding     Code = "cell.encoding"
	codeCellError        Code = "cell.error"
	codeCellFormula      Code = "cell.formula"
	codeCellUncalculated Code = "cell.formula.uncalculated"
	codeCellMerged       Code = "cell.merged"
	codeCellNotText      Code = "cell.not-text"

	codeAmountInvalid    Code = "cell.amount.invalid"
	codeAmountAmbiguous  Code = "cell.amount.ambiguous"
	codeAmountScientific Code = "cell.amount.scientific"
	codeAmountDecimals   Code = "cell.amount.decimals"
	codeAmountCurrency   Code = "cell.amount.currency"
	codeAmountRange      Code = "cell.amount.range"

	codeDateInvalid   Code = "cell.date.invalid"
	codeDateAmbiguous Code = "cell.date.ambiguous"
	codeDateSerial    Code = "cell.date.serial"

	codeReferenceScientific Code = "cell.reference.scientific"
	codeReferenceNumber     Code = "cell.reference.number"
	codeReferenceZeros      Code = "cell.reference.zeros"
	codeReferenceDate       Code = "cell.reference.date"

	codeJSONSyntax    Code = "json.syntax"
	codeJSONNotObject Code = "json.not-object"
	codeJSONUnknown   Code = "json.member.unknown"
	codeJSONDuplicate Code = "json.member.duplicate"
	codeJSONType      Code = "json.member.type"
)

// newCellFinding makes a finding about reading a file.
func newCellFinding(p problem, path Path) Finding {
	e, _ := Describe(p.code)
	return Finding{Code: p.code, Severity: e.Severity, Path: path, Values: safe(p.values)}
}
