package storewire

import (
	"time"

	"courts.example/eservices/icms/store"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"google.golang.org/grpc"
)

// MaxItem and MaxDraws are what a test has to pass.
const (
	MaxItem  = maxItem
	MaxDraws = maxDraws
)

// ErrLong is what an answer gives that is too long.
var ErrLong = errLong

// ServerWithin is a server that keeps so many bytes of parts in memory, all calls together.
func ServerWithin(s store.Store, memory int64) (storev1.StoreServiceServer, func() int64) {
	b := newBudget(memory)
	return &server{store: s, memory: b, pulse: usualPulse}, b.left.Load
}

// ServerBeating is a server that says often that it lives.
func ServerBeating(s store.Store) storev1.StoreServiceServer {
	return &server{store: s, memory: newBudget(1 << 20), pulse: time.Millisecond}
}

// ClientWithin is a client that takes so many bytes of an answer, and of all answers together; it tells how many of those are left.
func ClientWithin(conn grpc.ClientConnInterface, most int, all int64) (store.Store, func() int64) {
	b := newBudget(all)
	return &client{rpc: storev1.NewStoreServiceClient(conn), most: most, memory: b}, b.left.Load
}

// ChangeOut cuts a change into messages.
func ChangeOut(c store.Change) (messages []*storev1.Change, large error) {
	_, large, _ = sendChange(&c, func(m *storev1.Change) error {
		messages = append(messages, m)
		return nil
	})
	return messages, large
}

// ChangeIn puts the messages of a change together.
func ChangeIn(messages []*storev1.Change) store.Change {
	c := changeIn(messages[0])
	for _, m := range messages[1:] {
		addLists(&c, m)
	}
	return c
}

// RefusalOut and RefusalIn carry an error.
var (
	RefusalOut = refusalOut
	RefusalIn  = refusalIn
)
