package wire

import (
	"errors"
	"time"

	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// The handshake. The cookie keeps a plugin that is started by hand from waiting for a host; it is no secret.
const (
	// CookieKey and CookieValue stand in the environment of a plugin that a host starts.
	CookieKey   = "ICMS_PLUGIN"
	CookieValue = "6f1c58ba-courts-eservices"
	// Protocol is the version of the contract in package proto.
	Protocol = 1
)

const (
	// MaxMessage bounds a message in either direction, in bytes. What can be longer travels in a stream.
	MaxMessage = 4 << 20
	// MaxConfig bounds a configuration.
	MaxConfig = 1 << 20
)

// ErrNotSent says of a call that not a byte of it has left the host: nothing can have happened. Every other failed call may have
// happened.
var ErrNotSent = errors.New("plugins: the call was not sent")

// Timestamp carries an instant; the zero instant is absent.
func Timestamp(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}

// Time reads an instant in UTC; one that is absent or out of range is the zero instant.
func Time(t *timestamppb.Timestamp) time.Time {
	if t == nil || !t.IsValid() {
		return time.Time{}
	}
	return t.AsTime()
}

// Span carries a duration; zero is absent.
func Span(d time.Duration) *durationpb.Duration {
	if d == 0 {
		return nil
	}
	return durationpb.New(d)
}

// Duration reads a duration; one that is absent or out of range is 0.
func Duration(d *durationpb.Duration) time.Duration {
	if d == nil || !d.IsValid() {
		return 0
	}
	return d.AsDuration()
}
