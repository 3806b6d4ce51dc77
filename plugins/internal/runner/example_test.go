package runner_test

import (
	"context"
	"fmt"

	"courts.example/eservices/plugins/internal/runner"
)

// A program that is not there leaves nothing to wait for.
func ExampleRunner() {
	r := runner.New(runner.Command{Path: "/none/plugin", Name: "plugin"})
	fmt.Println(r.Start(context.Background()) != nil)
	<-r.Over()
	fmt.Println(r.Exit())
	// Output:
	// true
	// the process was never started
}
