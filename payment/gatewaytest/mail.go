package gatewaytest

import (
	"time"

	"courts.example/eservices/payment"
)

// Mail holds the messages that the company sends.
type Mail interface {
	// Sent gives the messages about an attempt, the oldest first, as they would come in over HTTP at the instant of sending.
	Sent(reference string) ([]payment.Message, error)
	// Form says how the messages are made.
	Form() Form
	// Takes says whether the company is content with the answer, and does not send the message again.
	Takes(a payment.Ack) bool
}

// Form says how a company's messages are made.
type Form struct {
	// Signature and Stamp are the canonical names of the header fields that hold the signature and the instant of signing, which
	// may be one; Stamp is empty when messages carry none.
	Signature, Stamp string
	// Age is how old, and how far ahead of the receiver's clock, a stamp may be.
	Age time.Duration
}

// Writer makes messages that the company did not send, signed as the company signs.
type Writer interface {
	Write(l Letter) (payment.Message, error)
}

// Letter is a message to be made. One of Events, Type and Body is set.
type Letter struct {
	// Events are what it says.
	Events []payment.GatewayEvent
	// Type makes it a well-formed message of a type of which no gateway has heard.
	Type string
	// Body is used as it is.
	Body []byte
	// At is the instant of signing; Stamp, when set, stands in the place of the stamp's text.
	At    time.Time
	Stamp string
	// Stranger signs with a secret that nobody has been given.
	Stranger bool
}

// Rotator changes the secret with which messages are signed.
type Rotator interface {
	// Rotate has the company sign with a new secret; adapters started from now on know the new one and the one before it.
	Rotate() error
	// Retire takes the old ones from the adapters started from now on.
	Retire() error
}
