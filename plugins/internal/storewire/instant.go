package storewire

import (
	"time"

	"courts.example/eservices/plugins/internal/wire"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// outOfAge stands for an instant that can't be read. No store accepts it.
var outOfAge = time.Date(10_000, time.January, 1, 0, 0, 0, 0, time.UTC)

// instantIn reads an instant as it was sent by a host, which a store is to judge.
func instantIn(t *timestamppb.Timestamp) time.Time {
	switch {
	case t == nil:
		return time.Time{}
	case !t.IsValid():
		return outOfAge
	}
	return t.AsTime()
}

// instantBack reads an instant in a plugin's answer.
func instantBack(field string, t *timestamppb.Timestamp) (time.Time, error) {
	switch {
	case t == nil:
		return time.Time{}, nil
	case !t.IsValid():
		return time.Time{}, wire.Nonsense("%s is no instant between the years 1 and 9999", field)
	}
	return t.AsTime(), nil
}
