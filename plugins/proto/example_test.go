package proto_test

import (
	"fmt"

	"google.golang.org/protobuf/encoding/protojson"

	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// An amount travels in the smallest unit of its currency, and what nobody said is never good news.
func Example() {
	var s gatewayv1.Snapshot
	if err := protojson.Unmarshal([]byte(`{"payments": [{"id": "p-1", "amount": {"minor": "14000", "currency": "HKD"}}]}`), &s); err != nil {
		fmt.Println(err)
	}
	paid := s.GetPayments()[0].GetAmount()
	fmt.Println(paid.GetMinor(), paid.GetCurrency(), s.GetState())
	// Output:
	// 14000 HKD ATTEMPT_STATE_UNSPECIFIED
}
