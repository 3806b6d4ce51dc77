package gatewaywire_test

import (
	"context"
	"fmt"

	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/internal/gatewaywire"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// A gateway at the other end of a connection that answers with an amount of no currency: it may have happened, and nothing is booked.
func ExampleClient() {
	conn := answers(&gatewayv1.QueryResponse{Snapshot: &gatewayv1.Snapshot{
		Found: true, State: gatewayv1.AttemptState_ATTEMPT_STATE_SUCCEEDED,
		Payments: []*gatewayv1.Payment{{Id: "p-1", Amount: &gatewayv1.Money{Minor: 14000}}},
	}})
	_, err := gatewaywire.Client(conn).Query(context.Background(), payment.QueryRequest{Reference: "A-1"})
	fmt.Println(err)
	// Output:
	// payment: gateway: unknown: the plugin's answer: payments[0].amount: can't be read: 14000 minor units of the currency ""
}
