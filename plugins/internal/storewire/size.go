package storewire

import (
	"courts.example/eservices/icms/store"
	"courts.example/eservices/plugins/internal/wire"
)

const (
	// goodMessage is the size at which a message is sent and the next one begun: large enough that its fixed costs don't count, small
	// enough that the two ends work at the same time.
	goodMessage = 512 << 10
	// maxItem is the largest thing that travels in one message, with room for what stands around it.
	maxItem = wire.MaxMessage - 64<<10
	// maxDraws bounds the numbers of one answer, so that it fits a message whatever they are.
	maxDraws = 300_000
)

// The sizes are never below those on the wire: a text has a tag and a length, a number at most eleven bytes.
const (
	itemFrame  = 64
	entryFrame = 16
)

func putSize(p *store.Put) int {
	n := itemFrame + len(p.Kind) + len(p.ID) + len(p.Body)
	for i := range p.Index {
		n += entryFrame + len(p.Index[i].Index) + len(p.Index[i].Key)
	}
	for i := range p.Unique {
		n += entryFrame + len(p.Unique[i].Index) + len(p.Unique[i].Key)
	}
	return n
}

func recordSize(r *store.Record) int { return itemFrame + len(r.Kind) + len(r.ID) + len(r.Body) }

func hitSize(h *store.Hit) int { return recordSize(&h.Record) + itemFrame + len(h.Key) }

func keySize(k store.Key) int { return itemFrame + len(k.Kind) + len(k.ID) }

func eventSize(e *store.Event) int {
	return 2*itemFrame + len(e.ID) + len(e.Stream) + len(e.Type) + len(e.Data)
}

func workSize(w *store.Work) int { return 2*itemFrame + len(w.Kind) + len(w.ID) + len(w.Body) }

func linkSize(l *store.Link) int {
	return 4*itemFrame + len(l.Chain) + len(l.ChangeID) + len(l.Note)
}

// cut divides n things into messages of a good size, in their order, and sends each.
func cut(n int, size func(i int) int, send func(from, to int) error) error {
	from, held := 0, 0
	for i := range n {
		next := size(i)
		if held > 0 && held+next > goodMessage {
			if err := send(from, i); err != nil {
				return err
			}
			from, held = i, 0
		}
		held += next
	}
	if from == n {
		return nil
	}
	return send(from, n)
}
