package sqliteplugin_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"courts.example/eservices/plugins/sqlite/sqliteplugin"
)

// The same configuration opens the same store without a process of its own.
func ExampleOpen() {
	folder, err := os.MkdirTemp("", "court")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	ctx := context.Background()
	s, err := sqliteplugin.Open(ctx, fmt.Appendf(nil, `{"path": %q}`, filepath.Join(folder, "records.db")))
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()
	sums, err := s.Sums(ctx, "ledger/HKD/bank")
	fmt.Println(sums, err)

	_, err = sqliteplugin.Open(ctx, []byte(`{"path": "records.db", "durability": "little"}`))
	fmt.Println(err)
	// Output:
	// [0] <nil>
	// sdk: the configuration can't be used: "/path": does not begin at the root of the file system: the folder that a plugin runs in is the host's choice; "/durability": is neither "full" nor "process"
}
