package rollout_test

import (
	"fmt"
	"log"
	"os"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/rollout"
)

func load() *rollout.Table {
	data, err := os.ReadFile("testdata/harbour.json")
	if err != nil {
		log.Fatal(err)
	}
	table, err := rollout.Load(data)
	if err != nil {
		log.Fatal(err)
	}
	return table
}

// An answer is yes, no or unknown, and says why.
func Example() {
	table := load()
	for _, date := range []string{"2030-02-28", "2030-06-01", "2030-09-01"} {
		a, err := table.Covers("HARBOUR", "note", rollout.Filing, calendar.MustDate(date))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(date, a.Verdict)
		fmt.Println(" ", a.Reason)
	}
	// Output:
	// 2030-02-28 no
	//   Harbour Court, promissory note: the first day of electronic filing is not known: the gazette has no day (Harbour Gazette, secondary); it did not begin before 2030-03-01 (Harbour Order 7 s. 2, confirmed)
	// 2030-06-01 unknown
	//   Harbour Court, promissory note: the first day of electronic filing is not known: the gazette has no day (Harbour Gazette, secondary)
	// 2030-09-01 yes
	//   Harbour Court, promissory note: the first day of electronic filing is not known: the gazette has no day (Harbour Gazette, secondary); it had begun by 2030-09-01 (Harbour Press, secondary)
}

// A service may leave out cases that were commenced before a day.
func ExampleTable_CoversCase() {
	table, on := load(), calendar.MustDate("2030-06-01")
	for _, commenced := range []string{"2030-02-28", "2030-03-01"} {
		a, err := table.CoversCase("HARBOUR", "cargo", rollout.Inspection, calendar.MustDate(commenced), on)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(commenced, a.Verdict)
	}
	// Output:
	// 2030-02-28 no
	// 2030-03-01 yes
}

// What a question leaves out is not known; where it decides, so is the answer.
func ExampleTable_Mandate() {
	table := load()
	q := rollout.Question{Court: "HARBOUR", Type: "cargo", Date: calendar.MustDate("2030-08-01"), Represented: rollout.Yes, Commencing: rollout.Yes}
	for _, firm := range []rollout.Firm{rollout.FirmNotSaid, rollout.FirmNew, rollout.FirmUsed} {
		q.Firm = firm
		d, err := table.Mandate(q)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(d.Verdict)
	}
	// Output:
	// unknown
	// yes
	// no
}

func ExampleDirectory_Serves() {
	data, err := os.ReadFile("testdata/harbour-info.json")
	if err != nil {
		log.Fatal(err)
	}
	zone := time.FixedZone("", 3600)
	directory, err := rollout.LoadDirectory(data, zone)
	if err != nil {
		log.Fatal(err)
	}
	a, err := directory.Serves("QUAY", time.Date(2030, 3, 1, 21, 0, 0, 0, zone))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(a.Verdict, "-", a.Reason)

	info, _ := directory.Info("QUAY")
	fmt.Println("not known:", info.Missing())
	// Output:
	// no - on 2030-03-01 the system serves from 08:00 to 21:00 (Harbour page, confirmed)
	// not known: [offices contacts help_centres maintenance]
}
