package model_test

import (
	"fmt"

	"courts.example/eservices/payment/internal/model"
)

// What is not found at the gateway may be under way to it. A design that takes it for failed charges the payer and never learns of it.
func Example() {
	direct := model.Scenario{Name: "direct", Direct: true}
	design := model.Full().Without(model.Of(model.Reconcile))
	for _, off := range []model.Rules{0, model.Of(model.NotFoundWaits)} {
		r, err := model.Run(direct, design.Without(off))
		if err != nil {
			fmt.Println(err)
			return
		}
		f, verdict := r.Worst()
		fmt.Println(r.States, "states:", verdict)
		fmt.Print(r.Story(f))
	}
	// Output:
	// 181 states: ok
	// 1197 states: lost
	//   0  start                                        order open
	//   1  host: start attempt 1                        order paying by 1, in hand: create 1 | 1: unknown, gateway: nothing
	//   2  host: send 1                                 order paying by 1 | 1: unknown, 1 under way, gateway: nothing
	//   3  host: asks, takes not found for failed: 1    order open | 1: failed for good, 1 under way, gateway: nothing
	//   4  gateway: the request arrives: 1              order open | 1: failed for good, gateway: succeeded, taken (not on record)
	//      => money was taken that the books never learn of
}
