package conformance

import (
	"context"
	"sync"
	"sync/atomic"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/emptypb"

	"courts.example/eservices/plugins/internal/wire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
)

// callRules are the rules about calls of any kind.
func callRules() []rule {
	return []rule{
		{id: "A7", text: "fields of a later version are ignored", test: unknownFields},
		{id: "A8", text: "a method that it does not serve is refused, and nothing else happens", test: unknownMethod},
		{id: "A9", text: "a hundred calls beside each other are all answered", test: func(b *bench) { b.crowd(b.ready(), 100) }},
		{id: "P6", text: "a thousand calls at once are all answered, and it goes on", last: true, test: func(b *bench) { b.crowd(b.ready(), 1000) }},
		{id: "P7", text: "a message over the bound is refused, and it goes on", test: hugeMessage},
		{id: "K7", text: "hostile requests are answered; a panic is contained and tells nothing", test: hostile},
	}
}

// future adds fields to a message that no version of the contract has.
func future[M proto.Message](m M) M {
	raw := protowire.AppendTag(nil, 9998, protowire.VarintType)
	raw = protowire.AppendVarint(raw, 42)
	raw = protowire.AppendTag(raw, 9999, protowire.BytesType)
	m.ProtoReflect().SetUnknown(protowire.AppendBytes(raw, []byte("of tomorrow")))
	return m
}

func unknownFields(b *bench) {
	p := b.start(b)
	ctx, cancel := b.within(quietLimit)
	defer cancel()
	told, err := base(p.conn).Info(ctx, future(&basev1.InfoRequest{}))
	if err != nil || told.GetName() != b.info.name {
		b.Errorf("Info with fields of a later version: %v, %v", told, err)
	}
	answer, err := base(p.conn).Configure(ctx, future(&basev1.ConfigureRequest{Config: b.config()}))
	if err != nil || len(answer.GetProblems()) > 0 {
		b.Errorf("Configure with fields of a later version: %v, %v", answer.GetProblems(), err)
	}
	for name, requests := range b.harmless() {
		plain, err := b.invoke(ctx, p.conn, name, requests())
		if err != nil {
			b.Errorf("%s: %v", name, err)
			continue
		}
		with, err := b.invoke(ctx, p.conn, name, future(requests()))
		if err != nil || !sameAnswer(plain, with) {
			b.Errorf("%s with fields of a later version answers %v, %v; without them %v", name, with, err, plain)
		}
	}
}

func unknownMethod(b *bench) {
	p := b.ready()
	ctx, cancel := b.within(quietLimit)
	defer cancel()
	for _, method := range []string{b.service() + "NoSuchMethod", "/icms.plugin.none.v1.NoSuchService/NoSuchMethod"} {
		if err := p.conn.Invoke(ctx, method, &emptypb.Empty{}, &emptypb.Empty{}); status.Code(err) != codes.Unimplemented {
			b.Errorf("%s: %v; must be refused with %v", method, err, codes.Unimplemented)
		}
	}
	b.undeclared(ctx, p)
	b.works(p, "after methods that there are not")
}

// crowd makes n calls at once, each of which must be answered.
func (b *bench) crowd(p *process, n int) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 3*quietLimit)
	defer cancel()
	var wg sync.WaitGroup
	var unanswered atomic.Int64
	var one atomic.Pointer[error]
	start := make(chan struct{})
	for range n {
		wg.Go(func() {
			<-start
			if err := b.touch(ctx, p.conn); err != nil {
				unanswered.Add(1)
				one.Store(&err)
			}
		})
	}
	close(start)
	wg.Wait()
	if failed := unanswered.Load(); failed > 0 {
		b.Errorf("%d of %d calls at once were not answered, such as: %v%s", failed, n, *one.Load(), p.words())
	}
	b.works(p, "after many calls at once")
}

func hugeMessage(b *bench) {
	p := b.start(b)
	answer, err := b.configure(p, make([]byte, wire.MaxMessage+wire.MaxMessage/2))
	if err == nil && len(answer.GetProblems()) == 0 {
		b.Errorf("a configuration of %d bytes was taken", wire.MaxMessage+wire.MaxMessage/2)
	}
	if !p.alive() {
		b.Fatalf("a message over the bound of %d bytes ended it%s", wire.MaxMessage, p.words())
	}
	b.settle(p)
	b.works(p, "after a message over the bound")
}
