//go:build unix

package main

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"google.golang.org/grpc"

	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
)

// Settlement sends as many messages as the date says, "n" or "n:verb", and does what the verb says at the end.
func (g *gateway) Settlement(r *gatewayv1.SettlementRequest, to grpc.ServerStreamingServer[gatewayv1.SettlementResponse]) error {
	count, verb, _ := strings.Cut(r.GetDate(), ":")
	n, err := strconv.Atoi(count)
	if err != nil {
		return err
	}
	for range n {
		if err := to.Send(&gatewayv1.SettlementResponse{}); err != nil {
			return err
		}
	}
	if verb == "refuse" {
		return to.Send(&gatewayv1.SettlementResponse{Error: g.refusal()})
	}
	if verb != "" {
		_, err = g.do(to.Context(), verb, "")
	}
	return err
}

// records echoes a stream in both directions.
type records struct {
	storev1.UnimplementedStoreServiceServer
}

// Apply answers each message with one.
func (records) Apply(s grpc.BidiStreamingServer[storev1.ApplyRequest, storev1.ApplyResponse]) error {
	for {
		_, err := s.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := s.Send(&storev1.ApplyResponse{}); err != nil {
			return err
		}
	}
}
