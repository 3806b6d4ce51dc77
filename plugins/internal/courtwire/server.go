package courtwire

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/tables"
	"courts.example/eservices/plugins/internal/wire"
	courtv1 "courts.example/eservices/plugins/proto/icms/plugin/court/v1"
)

// Source is a court that can be served. Its hooks are the methods of filing.Assessor, filing.Restrictions and icms.Agents that its type has; the tables
// declare those that are to be asked.
type Source interface {
	// Tables gives the court's document as package icms/tables reads it, the same at every call.
	Tables() ([]byte, error)
}

// Prove proves the tables of a source, and that it has the hooks that they declare.
func Prove(s Source) error {
	data, err := s.Tables()
	if err != nil {
		return err
	}
	read, err := tables.Load(data)
	if err != nil {
		return err
	}
	for _, hook := range read.Hooks() {
		var has bool
		switch hook {
		case filing.AssessHook:
			_, has = s.(filing.Assessor)
		case filing.RestrictionsHook:
			_, has = s.(filing.Restrictions)
		case filing.AgentsHook:
			_, has = s.(icms.Agents)
		}
		if !has {
			return fmt.Errorf("%w: the tables declare %q, and %T has no such method", tables.ErrHooks, hook, s)
		}
	}
	return nil
}

// Server serves a court.
func Server(s Source) courtv1.CourtServiceServer {
	return &server{source: s, tables: sync.OnceValues(s.Tables)}
}

type server struct {
	courtv1.UnimplementedCourtServiceServer
	source Source
	tables func() ([]byte, error)
}

// Tables sends the document in pieces.
func (s *server) Tables(_ *courtv1.TablesRequest, stream grpc.ServerStreamingServer[courtv1.TablesResponse]) error {
	data, err := s.tables()
	if err != nil {
		return failed(err)
	}
	format := Format
	for len(data) > 0 {
		piece := data[:min(len(data), maxPiece)]
		if err := stream.Send(&courtv1.TablesResponse{Format: format, Piece: piece}); err != nil {
			return err
		}
		data, format = data[len(piece):], ""
	}
	return nil
}

// Assess asks the source's assessor.
func (s *server) Assess(ctx context.Context, r *courtv1.AssessRequest) (*courtv1.AssessResponse, error) {
	a, ok := s.source.(filing.Assessor)
	if !ok {
		return nil, unserved(filing.AssessHook)
	}
	claims, err := claimsFrom(r.GetClaims())
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	found, err := a.Assess(ctx, filing.Claimant{ID: r.GetClaimant()}, wire.Time(r.GetAt()), claims)
	if err != nil {
		return nil, failed(err)
	}
	out := &courtv1.AssessResponse{}
	for _, f := range found {
		m := &courtv1.Finding{Index: int32(f.Index), Code: string(f.Code), Path: f.Pointer}
		for _, v := range f.Values {
			if m.Values == nil {
				m.Values = map[string]string{}
			}
			m.Values[v.Name] = v.String()
		}
		out.Findings = append(out.Findings, m)
	}
	return out, nil
}

// Restricted asks the source's restrictions.
func (s *server) Restricted(ctx context.Context, r *courtv1.RestrictedRequest) (*courtv1.RestrictedResponse, error) {
	known, ok := s.source.(filing.Restrictions)
	if !ok {
		return nil, unserved(filing.RestrictionsHook)
	}
	claims, err := claimsFrom(r.GetClaims())
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	caught, err := known.Restricted(ctx, filing.Claimant{ID: r.GetClaimant()}, claims)
	if err != nil {
		return nil, failed(err)
	}
	out := &courtv1.RestrictedResponse{}
	for _, i := range caught {
		out.Indexes = append(out.Indexes, int32(i))
	}
	return out, nil
}

// Agents asks the source's agents.
func (s *server) Agents(ctx context.Context, r *courtv1.AgentsRequest) (*courtv1.AgentsResponse, error) {
	known, ok := s.source.(icms.Agents)
	if !ok {
		return nil, unserved(filing.AgentsHook)
	}
	may, err := known.Agents(ctx, r.GetOrganisation(), r.GetClaimants())
	if err != nil {
		return nil, failed(err)
	}
	return &courtv1.AgentsResponse{Claimants: may}, nil
}

// maxText bounds the words of an error, in bytes.
const maxText = 4 << 10

func unserved(hook string) error {
	return status.Errorf(codes.Unimplemented, "this court has no hook %q", hook)
}

// failed gives an author's error the status that travels.
func failed(err error) error {
	if s, ok := status.FromError(err); ok {
		return s.Err()
	}
	text := err.Error()
	return status.Error(codes.Unknown, strings.ToValidUTF8(text[:min(len(text), maxText)], "\uFFFD"))
}
