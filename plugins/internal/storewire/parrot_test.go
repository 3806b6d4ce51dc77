package storewire_test

import (
	"context"
	"io"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
)

// parrotStream takes any message and gives the same eight times.
type parrotStream struct {
	grpc.ClientStream
	parrot
	ctx   context.Context
	given int
}

func (s *parrotStream) Context() context.Context { return s.ctx }
func (s *parrotStream) CloseSend() error         { return nil }
func (s *parrotStream) SendMsg(any) error        { return nil }

func (s *parrotStream) RecvMsg(m any) error {
	if s.given++; s.given > 8 {
		return io.EOF
	}
	return proto.Unmarshal(s.answer, m.(proto.Message))
}
