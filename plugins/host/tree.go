package host

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"unicode"
)

const (
	// maxSize bounds a plugin in bytes, maxFiles in files, folders and links.
	maxSize  = 1 << 30
	maxFiles = 100_000
)

// copyFile hashes the file at name below root while it copies it to w, which may be nil, and takes its bytes off limit.
func copyFile(ctx context.Context, root *os.Root, name string, w io.Writer, limit *int64) (string, error) {
	f, err := openFile(root, name)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	return hashFile(ctx, f, w, limit)
}

// openFile opens a regular file. A pipe does not keep it waiting for a writer.
func openFile(root *os.Root, name string) (*os.File, error) {
	f, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is no regular file", name)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// hashFile hashes what f holds while it copies it to w, which may be nil.
func hashFile(ctx context.Context, f io.Reader, w io.Writer, limit *int64) (string, error) {
	h := sha256.New()
	out := io.Writer(h)
	if w != nil {
		out = io.MultiWriter(h, w)
	}
	n, err := io.CopyBuffer(out, io.LimitReader(patient{ctx, f}, *limit+1), make([]byte, 256<<10))
	if err != nil {
		return "", err
	}
	if *limit -= n; *limit < 0 {
		return "", errors.New("the plugin is larger than the host allows")
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// patient reads until its context ends.
type patient struct {
	ctx context.Context
	r   io.Reader
}

func (p patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.r.Read(b)
}

// copyTree hashes the folder at name below root as Digest says, while it copies it to the folder to, which must not exist; empty: it copies
// nothing.
func copyTree(ctx context.Context, root *os.Root, name, to string, limit int64) (string, error) {
	folder, err := root.OpenRoot(name)
	if err != nil {
		return "", err
	}
	defer func() { _ = folder.Close() }()
	t := tree{ctx: ctx, from: folder, to: to, limit: limit}
	if err := fs.WalkDir(folder.FS(), ".", t.visit); err != nil {
		return "", err
	}
	slices.SortFunc(t.entries, func(a, b entry) int { return strings.Compare(a.path, b.path) })
	h := sha256.New()
	for _, e := range t.entries {
		_, _ = fmt.Fprintf(h, "%s %c %s\n", e.sum, e.mode, e.path)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// tree is a folder that is hashed and copied.
type tree struct {
	ctx     context.Context
	from    *os.Root
	to      string
	limit   int64
	entries []entry
	// seen counts files, folders and links.
	seen int
}

type entry struct {
	path, sum string
	mode      byte
}

func (t *tree) visit(name string, d fs.DirEntry, err error) error {
	switch {
	case err != nil:
		return err
	case strings.ContainsFunc(name, unicode.IsControl):
		return fmt.Errorf("the name %q has a control character", name)
	case t.ctx.Err() != nil:
		return t.ctx.Err()
	case t.seen == maxFiles:
		return fmt.Errorf("there are more than %d files, folders and links", maxFiles)
	}
	t.seen++
	switch {
	case d.IsDir():
		return t.dir(name)
	case d.Type() == fs.ModeSymlink:
		return t.link(name)
	case d.Type().IsRegular():
		return t.file(name)
	default:
		return fmt.Errorf("%s is no file, folder or link", name)
	}
}

func (t *tree) dir(name string) error {
	if t.to == "" {
		return nil
	}
	return os.Mkdir(t.place(name), 0o700)
}

// link takes a link that leads to something inside the folder, and copies it as a link.
func (t *tree) link(name string) error {
	target, err := t.from.Readlink(name)
	if err != nil {
		return err
	}
	if _, err := t.from.Stat(name); err != nil {
		return fmt.Errorf("the link %s must lead to something inside the folder: %w", name, err)
	}
	sum := sha256.Sum256([]byte(target))
	t.entries = append(t.entries, entry{path: name, sum: hex.EncodeToString(sum[:]), mode: 'l'})
	if t.to == "" {
		return nil
	}
	return os.Symlink(target, t.place(name))
}

func (t *tree) file(name string) error {
	f, err := openFile(t.from, name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	mode, perm := byte('-'), fs.FileMode(0o400)
	if info.Mode()&0o100 != 0 {
		mode, perm = 'x', 0o500
	}
	sum, err := t.keep(name, f, perm)
	t.entries = append(t.entries, entry{path: name, sum: sum, mode: mode})
	return err
}

// keep hashes a file and, when there is somewhere to copy to, copies it.
func (t *tree) keep(name string, f *os.File, perm fs.FileMode) (string, error) {
	if t.to == "" {
		return hashFile(t.ctx, f, nil, &t.limit)
	}
	w, err := os.OpenFile(t.place(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return "", err
	}
	sum, err := hashFile(t.ctx, f, w, &t.limit)
	return sum, errors.Join(err, w.Close())
}

func (t *tree) place(name string) string {
	return filepath.Join(t.to, filepath.FromSlash(path.Clean(name)))
}
