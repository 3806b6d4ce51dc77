package conformance

import (
	"context"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/mem"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/dynamicpb"
)

// rawCodec sends bytes as they are, under the name of protobuf.
type rawCodec struct{}

var _ encoding.CodecV2 = rawCodec{}

func (rawCodec) Name() string { return "proto" }

func (rawCodec) Marshal(v any) (mem.BufferSlice, error) {
	return mem.BufferSlice{mem.SliceBuffer(*v.(*[]byte))}, nil
}

func (rawCodec) Unmarshal(data mem.BufferSlice, v any) error {
	*v.(*[]byte) = data.Materialize()
	return nil
}

// methods are those of the subject's kind.
func (s *subject) methods() []protoreflect.MethodDescriptor {
	d, err := protoregistry.GlobalFiles.FindDescriptorByName(protoreflect.FullName(strings.Trim(s.service(), "/")))
	if err != nil {
		return nil
	}
	all := d.(protoreflect.ServiceDescriptor).Methods()
	var list []protoreflect.MethodDescriptor
	for i := range all.Len() {
		list = append(list, all.Get(i))
	}
	return list
}

// send makes a call of one request in raw bytes and reads all answers.
func send(ctx context.Context, conn *grpc.ClientConn, method string, request []byte) ([][]byte, error) {
	stream, err := conn.NewStream(ctx, &grpc.StreamDesc{ClientStreams: true, ServerStreams: true}, method, grpc.ForceCodecV2(rawCodec{}))
	if err != nil {
		return nil, err
	}
	if err := stream.SendMsg(&request); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if err := stream.CloseSend(); err != nil {
		return nil, err
	}
	var answers [][]byte
	for {
		var answer []byte
		err := stream.RecvMsg(&answer)
		if errors.Is(err, io.EOF) {
			return answers, nil
		}
		if err != nil {
			return answers, err
		}
		answers = append(answers, answer)
	}
}

func hostile(b *bench) {
	random := rand.New(rand.NewPCG(b.o.Seed, 7))
	p := b.ready()
	for _, method := range b.methods() {
		path := b.service() + string(method.Name())
		for what, request := range b.hostileRequests(method.Input(), random) {
			ctx, cancel := b.within(3 * time.Second)
			_, err := send(ctx, p.conn, path, request)
			cancel()
			if what == noMessage && p.alive() {
				continue // refused before anything of the author's has seen it
			}
			p = b.outcome(p, string(method.Name())+" with "+what, err)
		}
	}
	b.works(p, "after hostile requests")
}

// outcome judges what became of a process by a call, and gives one for the next.
func (b *bench) outcome(p *process, what string, err error) *process {
	b.Helper()
	code := status.Code(err)
	if code == codes.Unavailable && p.gone(stopLimit) {
		b.Errorf("%s: the process did not answer but ended: %v%s", what, err, p.words())
	}
	if strings.Contains(p.stderr.String(), b.word) {
		b.Errorf("%s: the log repeats what the request held", what)
	}
	if !p.alive() || code == codes.Unavailable || code == codes.Internal {
		return b.ready() // contained: after the answer the process may end, for nobody knows what a panic has left behind
	}
	return p
}

// noMessage names the request that is no message at all.
const noMessage = "bytes that are no message"

// hostileRequests are requests that nobody means.
func (s *subject) hostileRequests(d protoreflect.MessageDescriptor, random *rand.Rand) map[string][]byte {
	noise := make([]byte, 64)
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	all := map[string][]byte{"nothing in it": {}, noMessage: noise}
	for what, extreme := range map[string]bool{"extreme values": true, "odd values": false} {
		m := dynamicpb.NewMessage(d)
		s.strange(m, extreme, 0)
		if raw, err := proto.Marshal(m); err == nil {
			all[what] = raw
		}
	}
	return all
}

// strange fills a message with values that nobody means.
func (s *subject) strange(m *dynamicpb.Message, extreme bool, depth int) {
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		f := fields.Get(i)
		switch {
		case f.IsMap() || depth > 4:
		case f.IsList():
			list := m.Mutable(f).List()
			for range 3 {
				list.Append(s.value(f, list.NewElement(), extreme, depth))
			}
		default:
			m.Set(f, s.value(f, m.NewField(f), extreme, depth))
		}
	}
}

func (s *subject) value(f protoreflect.FieldDescriptor, empty protoreflect.Value, extreme bool, depth int) protoreflect.Value {
	switch f.Kind() {
	case protoreflect.MessageKind:
		s.strange(empty.Message().Interface().(*dynamicpb.Message), extreme, depth+1)
		return empty
	case protoreflect.EnumKind:
		return protoreflect.ValueOfEnum(4711)
	case protoreflect.BoolKind:
		return protoreflect.ValueOfBool(true)
	case protoreflect.Int32Kind:
		return protoreflect.ValueOfInt32(pick[int32](extreme, math.MinInt32, -1))
	case protoreflect.Int64Kind:
		return protoreflect.ValueOfInt64(pick[int64](extreme, math.MinInt64, -1))
	case protoreflect.BytesKind:
		return protoreflect.ValueOfBytes([]byte(pick(extreme, "\x00\xff"+s.word, s.word)))
	case protoreflect.StringKind:
		return protoreflect.ValueOfString(pick(extreme, strings.Repeat("A\u202e\x00%s", 5000)+s.word, s.word+"'; --"))
	}
	return empty
}

func pick[V any](first bool, a, b V) V {
	if first {
		return a
	}
	return b
}
