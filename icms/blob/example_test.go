package blob_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"
	"time"

	"courts.example/eservices/icms/blob"
)

// A document is taken in, inspected, kept before the record that names it is committed, and read again.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "blob")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	documents, err := blob.OpenFolder(filepath.Join(dir, "documents"))
	if err != nil {
		log.Fatal(err)
	}

	staged, err := documents.Stage(ctx, strings.NewReader("%PDF-1.7 ..."), 10<<20)
	if err != nil {
		log.Fatal(err)
	}
	defer staged.Drop()
	head := make([]byte, 5)
	if _, err := staged.ReadAt(head, 0); err != nil {
		log.Fatal(err)
	}
	if err := staged.Keep(ctx); err != nil {
		log.Fatal(err)
	}

	file, err := documents.Open(ctx, staged.Hash())
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	content, err := io.ReadAll(io.NewSectionReader(file, 0, file.Size()))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s, %d bytes, %s...\n", head, staged.Size(), staged.Hash()[:12])
	fmt.Println(string(content))
	// Output:
	// %PDF-, 12 bytes, cd98c5bce101...
	// %PDF-1.7 ...
}

// Sweep takes away what was kept for a commit that never came.
func ExampleFolder_Sweep() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "blob")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	documents, err := blob.OpenFolder(filepath.Join(dir, "documents"))
	if err != nil {
		log.Fatal(err)
	}
	staged, err := documents.Stage(ctx, strings.NewReader("never filed"), 0)
	if err != nil {
		log.Fatal(err)
	}
	if err := staged.Keep(ctx); err != nil {
		log.Fatal(err)
	}
	if err := staged.Drop(); err != nil {
		log.Fatal(err)
	}

	future := time.Date(9000, time.January, 1, 0, 0, 0, 0, time.UTC)
	removed, err := documents.Sweep(ctx, future, func(hash string) (bool, error) {
		return false, nil // no record names it
	})
	fmt.Println(removed, err)
	// Output: 1 <nil>
}
