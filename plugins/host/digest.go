package host

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// Digest gives the digest that a manifest pins: of a file, the SHA-256 of its bytes; of a folder, that of a listing with one line for every
// file and link below it, sorted by its path as bytes:
//
//	<SHA-256 of the bytes> <x or -> <path with slashes>
//	<SHA-256 of the target> l <path with slashes>
//
// x says that the owner may execute the file; other bits of the mode differ from one machine to the next. A link must lead to something inside
// the folder. Anything that is no file, folder or link is refused, and so is a name with a control character. Empty folders don't count.
func Digest(path string) (string, error) {
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return "", fmt.Errorf("digest of %s: %w", path, err)
	}
	defer func() { _ = root.Close() }()
	sum, err := digestIn(context.Background(), root, filepath.Base(path), maxSize)
	if err != nil {
		return "", fmt.Errorf("digest of %s: %w", path, err)
	}
	return sum, nil
}

// digestIn is the digest of what lies at path below root.
func digestIn(ctx context.Context, root *os.Root, path string, limit int64) (string, error) {
	info, err := root.Stat(path)
	if err != nil {
		return "", err
	}
	if info.IsDir() {
		return copyTree(ctx, root, path, "", limit)
	}
	return copyFile(ctx, root, path, nil, &limit)
}
