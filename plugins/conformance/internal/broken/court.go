package main

import (
	"context"
	"math/rand/v2"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	courtv1 "courts.example/eservices/plugins/proto/icms/plugin/court/v1"
)

// court serves the document that its configuration holds.
type court struct {
	courtv1.UnimplementedCourtServiceServer
	p *plugin
}

// Tables gives the document, or something like it.
func (c court) Tables(_ *courtv1.TablesRequest, s grpc.ServerStreamingServer[courtv1.TablesResponse]) error {
	text := c.p.document()
	switch c.p.bug {
	case "court-has-no-name":
		text = strings.Replace(text, `"name"`, `"nom"`, 1)
	case "court-is-another-every-time":
		text += strings.Repeat(" ", 1+rand.IntN(1<<19)) // with the document less than a piece may be
	}
	return s.Send(&courtv1.TablesResponse{Format: "json/1", Piece: []byte(text)})
}

// Assess finds nothing, or what nobody could.
func (c court) Assess(_ context.Context, r *courtv1.AssessRequest) (*courtv1.AssessResponse, error) {
	switch n := len(r.GetClaims()); {
	case c.p.bug == "court-finds-what-it-does-not-declare" && n == 1000:
		return &courtv1.AssessResponse{Findings: []*courtv1.Finding{{Index: 3, Code: "none.such"}}}, nil
	case c.p.bug == "court-takes-few-claims" && n > 500:
		return nil, status.Error(codes.ResourceExhausted, "too many claims")
	case c.p.bug == "court-draws-lots" && n == 100:
		found := &courtv1.AssessResponse{}
		for i := range n {
			if rand.IntN(2) == 0 {
				found.Findings = append(found.Findings, &courtv1.Finding{Index: int32(i), Code: "ballymore.meter"})
			}
		}
		return found, nil
	case c.p.bug == "court-changes-its-mind" && n == 50 && n > 0:
		return &courtv1.AssessResponse{Findings: []*courtv1.Finding{{Index: int32(rand.IntN(n)), Code: "ballymore.meter"}}}, nil
	}
	return &courtv1.AssessResponse{}, nil
}
