package payment_test

import (
	"errors"
	"fmt"
	"log/slog"
	"os"

	"courts.example/eservices/payment"
)

func ExampleScrub() {
	fmt.Println(payment.Scrub("declined: card 4242 4242-4242 4242, HKD 1,234.00, ref A7-000012"))
	fmt.Println(payment.ScrubID("pi_28a3tqPa") == "pi_28a3tqPa", payment.ScrubID("4242424242424242-1"))
	// Output:
	// declined: card [card number removed], HKD 1,234.00, ref A7-000012
	// true sha256:f97bcdc045957550de6256f7aeb67e06
}

// Every logger that a gateway's words can reach writes through Discreet.
func ExampleDiscreet() {
	text := slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: dropTime})
	log := slog.New(payment.Discreet(text))
	log.Warn("unknown outcome", "err", errors.New("no such card: 5555555555554444"), "body", []byte(`{"pan":5555555555554444}`))
	// Output:
	// level=WARN msg="unknown outcome" err="no such card: [card number removed]" body="{\"pan\":[card number removed]}"
}
