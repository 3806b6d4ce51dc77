package tables_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"courts.example/eservices/icms/tables"
)

// A court is read from its document and asked when a Friday evening's filing counts as received.
func Example() {
	data, err := os.ReadFile("testdata/ballymore.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	read, err := tables.Load(data)
	if err != nil {
		fmt.Println(err)
		return
	}
	court, err := read.Court()
	if err != nil {
		fmt.Println(err)
		return
	}
	receipt, err := court.Registry.Receive(time.Date(2026, time.March, 27, 17, 0, 0, 0, court.Zone()))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(court.Name.In("ga"), receipt.Deemed.Format(time.RFC3339))
	// Output: Cúirt Tráchtála an Bhaile Mhóir 2026-03-30T10:00:00+01:00
}

// Whoever writes a document hears of all mistakes at once.
func ExampleLoad_mistakes() {
	data, err := os.ReadFile("testdata/ballymore.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	text := strings.NewReplacer(`"10:00-16:00"`, `"10 to 4"`, `"digits": 4`, `"digits": 40`, `"provision": "hours"`, `"provision": "ours"`).Replace(string(data))
	_, err = tables.Load([]byte(text))
	var wrong *tables.LoadError
	if errors.As(err, &wrong) {
		for _, p := range wrong.Problems {
			fmt.Println(p.Pointer, "-", p.Text)
		}
	}
	// Output:
	// /provisions/hours - nothing in the document cites this provision
	// /offices/registry/readings/0/editions/0/week/0/open/0 - "10 to 4" is not written like 08:45-17:30
	// /offices/registry/readings/0/editions/0/provision - the table of provisions has no "ours"
	// /numbers - Numbers needs a prefix and 1 to 12 digits
}
