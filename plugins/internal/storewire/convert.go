package storewire

import (
	"crypto/sha256"
	"math"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/plugins/internal/wire"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
)

func recordOut(r *store.Record) *storev1.Record {
	return &storev1.Record{Kind: r.Kind, Id: r.ID, Version: r.Version, Seq: r.Seq, Body: r.Body}
}

func recordIn(r *storev1.Record) store.Record {
	return store.Record{Kind: r.GetKind(), ID: r.GetId(), Version: r.GetVersion(), Seq: r.GetSeq(), Body: r.GetBody()}
}

func eventOut(e *store.Event) *storev1.Event {
	return &storev1.Event{
		Id: text(e.ID), Seq: e.Seq, Stream: text(e.Stream), Type: text(e.Type), Data: e.Data, At: wire.Timestamp(e.At), Token: e.Token,
	}
}

// eventIn reads an event without its instant.
func eventIn(e *storev1.Event) store.Event {
	return store.Event{ID: e.GetId(), Seq: e.GetSeq(), Stream: e.GetStream(), Type: e.GetType(), Data: e.GetData(), Token: e.GetToken()}
}

func workOut(w *store.Work) *storev1.Work {
	return &storev1.Work{
		Kind: text(w.Kind), Id: text(w.ID), Due: wire.Timestamp(w.Due), Body: w.Body, Attempt: int64(w.Attempt), Token: w.Token,
	}
}

// workIn reads work without its instant.
func workIn(w *storev1.Work) store.Work {
	return store.Work{Kind: w.GetKind(), ID: w.GetId(), Body: w.GetBody(), Attempt: int(w.GetAttempt()), Token: w.GetToken()}
}

func claimOut(c store.Claim) *storev1.Claim {
	return &storev1.Claim{Kind: name(c.Kind, store.MaxID), Now: wire.Timestamp(c.Now), Lease: wire.Span(c.Lease), Max: number(c.Max)}
}

func claimIn(c *storev1.Claim) store.Claim {
	return store.Claim{Kind: c.GetKind(), Now: instantIn(c.GetNow()), Lease: wire.Duration(c.GetLease()), Max: int(c.GetMax())}
}

func queryOut(q store.Query) *storev1.ListRequest {
	return &storev1.ListRequest{
		Index: name(q.Index, store.MaxName), Kind: name(q.Kind, store.MaxID), From: bound(q.From), Until: bound(q.Until), Prefix: bound(q.Prefix),
		After: []byte(q.After), Descending: q.Descending, Limit: number(q.Limit),
	}
}

func queryIn(q *storev1.ListRequest) store.Query {
	return store.Query{
		Index: q.GetIndex(), Kind: q.GetKind(), From: string(q.GetFrom()), Until: string(q.GetUntil()), Prefix: string(q.GetPrefix()),
		After: string(q.GetAfter()), Descending: q.GetDescending(), Limit: int(q.GetLimit()),
	}
}

func linkOut(l *store.Link) *storev1.Link {
	return &storev1.Link{
		Chain: text(l.Chain), Seq: l.Seq, ChangeId: text(l.ChangeID), ChangeSeq: l.ChangeSeq, At: wire.Timestamp(l.At), Note: l.Note, Records: l.Records,
		Content: l.Content[:], Before: l.Before[:], Hash: l.Hash[:],
	}
}

// linkIn reads a link in a plugin's answer.
func linkIn(l *storev1.Link) (store.Link, error) {
	at, err := instantBack("link.at", l.GetAt())
	if err != nil {
		return store.Link{}, err
	}
	k := store.Link{
		Chain: l.GetChain(), Seq: l.GetSeq(), ChangeID: l.GetChangeId(), ChangeSeq: l.GetChangeSeq(), At: at, Note: l.GetNote(), Records: l.GetRecords(),
	}
	for _, d := range []struct {
		field string
		to    *[sha256.Size]byte
		from  []byte
	}{{"content", &k.Content, l.GetContent()}, {"before", &k.Before, l.GetBefore()}, {"hash", &k.Hash, l.GetHash()}} {
		if len(d.from) != sha256.Size {
			return store.Link{}, wire.Nonsense("link.%s has %d bytes, must have %d", d.field, len(d.from), sha256.Size)
		}
		copy(d.to[:], d.from)
	}
	return k, nil
}

// number is a number that people ask for. One that is out of the range of the wire stays as wrong, or as large, as it was.
func number(n int) int32 { return int32(min(max(n, math.MinInt32), math.MaxInt32)) }
