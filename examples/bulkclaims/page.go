package main

import (
	_ "embed"
	"html/template"
	"io"
	"time"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

//go:embed page.html
var pageText string

// page is what the acknowledgement's page shows, in both languages and fit to be printed.
type page struct {
	Ack     *icms.Acknowledgement
	Payment *payment.Receipt
	// Entries are the first lines of the cause book; More says that there are others.
	Entries []icms.Entry
	More    bool
	// ResultFile names the file with all lines.
	ResultFile string
}

// write writes the page as HTML. What comes from the batch is escaped by the template.
func (p page) write(w io.Writer, zone *time.Location) error {
	t, err := template.New("page").Funcs(template.FuncMap{
		"en":      func(t law.Text) string { return t.In(law.English) },
		"zh":      func(t law.Text) string { return t[law.TraditionalChinese] },
		"amount":  func(a money.Amount) string { return show(a) },
		"count":   count[int],
		"count64": count[int64],
		"instant": func(t time.Time) string { return t.In(zone).Format("2006-01-02 15:04:05 (Mon)") },
		"steps":   steps,
		"ground":  ground,
	}).Parse(pageText)
	if err != nil {
		return err
	}
	return t.Execute(w, p)
}
