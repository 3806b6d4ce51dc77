package conformance

import (
	"context"
	"encoding/json"
	"errors"
	"io"

	"google.golang.org/grpc"

	courtv1 "courts.example/eservices/plugins/proto/icms/plugin/court/v1"
)

func courtRules() []rule { return nil }

// readTables reads a court's document.
func readTables(ctx context.Context, conn grpc.ClientConnInterface) ([]byte, error) {
	stream, err := courtv1.NewCourtServiceClient(conn).Tables(ctx, &courtv1.TablesRequest{})
	if err != nil {
		return nil, err
	}
	var text []byte
	for {
		piece, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return text, nil
		}
		if err != nil {
			return nil, err
		}
		text = append(text, piece.GetPiece()...)
	}
}

// hooksOf reads the hooks that a court's document declares.
func hooksOf(text []byte) []string {
	var d struct {
		Hooks []string `json:"hooks"`
	}
	_ = json.Unmarshal(text, &d) // what is wrong with the document is the matter of its own rule
	return d.Hooks
}
