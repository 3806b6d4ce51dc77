package host

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"courts.example/eservices/plugins/internal/runner"
)

// image is a plugin's program, copied to where only the host's user can write, checked, and ready to run.
type image struct {
	// path or file is what is executed, under a name; args come before the manifest's; dir is where it runs.
	path string
	name string
	file *os.File
	args []string
	dir  string
}

// Close gives back what running the image takes; the process may run on.
func (m image) Close() {
	if m.file != nil {
		_ = m.file.Close()
	}
}

// command says how to run the image.
func (m image) command(p Plugin) runner.Command {
	return runner.Command{Path: m.path, File: m.file, Name: m.name, Args: slices.Concat(m.args, p.Args), Dir: m.dir}
}

// makeImage copies the program of p to the folder work, hashing it on the way: what is run is what was hashed. The error is a *failure.
func makeImage(ctx context.Context, p Plugin, jail, work string) (m image, err error) {
	defer func() {
		if err != nil {
			m.Close()
		}
	}()
	root, err := os.OpenRoot(jail)
	if err != nil {
		return m, pathFailure(fmt.Errorf("the folder of plugins: %w", err))
	}
	defer func() { _ = root.Close() }()
	info, err := root.Stat(filepath.FromSlash(p.Path))
	if err != nil {
		return m, pathFailure(err)
	}
	if info.IsDir() {
		m, err = folderImage(ctx, p, root, work)
	} else {
		m, err = fileImage(ctx, p, root, work)
	}
	if err != nil {
		return m, err
	}
	if p.Interpreter == nil {
		return m, m.checkProgram(p)
	}
	return m, m.interpret(ctx, *p.Interpreter)
}

// checkProgram refuses a script: the system would run it by an interpreter that nobody has checked.
func (m image) checkProgram(p Plugin) error {
	f := m.file
	if f == nil {
		var err error
		if f, err = os.Open(m.path); err != nil {
			return pathFailure(err)
		}
		defer func() { _ = f.Close() }()
	}
	var head [2]byte
	if _, err := f.ReadAt(head[:], 0); err == nil && string(head[:]) == "#!" {
		return &failure{kind: ErrPath, cause: fmt.Errorf("%s is a script", p.Path),
			remedy: "name its interpreter in the manifest, with its digest", final: true}
	}
	return nil
}

// fileImage copies one file: a program, or a script for an interpreter.
func fileImage(ctx context.Context, p Plugin, root *os.Root, work string) (image, error) {
	if p.Entry != "" {
		return image{}, &failure{kind: ErrPath, cause: fmt.Errorf("%s is a file, and entry names a file in a folder", p.Path),
			remedy: "leave out entry, or let path name the folder", final: true}
	}
	m := image{dir: filepath.Join(work, "tmp"), path: filepath.Join(work, "program"), name: p.Name}
	if p.Interpreter == nil {
		m.file = newMemory(p.Name)
	}
	var sum string
	var err error
	if m.file != nil {
		sum, err = copyMemory(ctx, root, filepath.FromSlash(p.Path), m.file)
	} else {
		sum, err = copyProgram(ctx, root, filepath.FromSlash(p.Path), m.path)
	}
	if err != nil {
		return m, pathFailure(err)
	}
	return m, checkDigest(p.Path, sum, p.SHA256)
}

// copyMemory copies a program to a file in memory and seals it.
func copyMemory(ctx context.Context, root *os.Root, from string, to *os.File) (string, error) {
	var limit int64 = maxSize
	sum, err := copyFile(ctx, root, from, to, &limit)
	if err != nil {
		return "", err
	}
	return sum, seal(to)
}

// copyProgram copies a program to a file of the host's own.
func copyProgram(ctx context.Context, root *os.Root, from, to string) (string, error) {
	var limit int64 = maxSize
	w, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o500)
	if err != nil {
		return "", err
	}
	sum, err := copyFile(ctx, root, from, w, &limit)
	return sum, errors.Join(err, w.Close())
}

// folderImage copies a folder.
func folderImage(ctx context.Context, p Plugin, root *os.Root, work string) (image, error) {
	m := image{dir: filepath.Join(work, "folder")}
	if p.Entry == "" {
		return m, &failure{kind: ErrPath, cause: fmt.Errorf("%s is a folder, and entry is empty", p.Path),
			remedy: "let entry name the file that is run", final: true}
	}
	sum, err := copyTree(ctx, root, filepath.FromSlash(p.Path), m.dir, maxSize)
	if err != nil {
		return m, pathFailure(err)
	}
	if err := checkDigest(p.Path, sum, p.SHA256); err != nil {
		return m, err
	}
	m.path = filepath.Join(m.dir, filepath.FromSlash(p.Entry))
	m.name = m.path
	if info, err := os.Stat(m.path); err != nil || !info.Mode().IsRegular() {
		return m, &failure{kind: ErrPath, cause: fmt.Errorf("entry %s is no file of the folder %s", p.Entry, p.Path),
			remedy: "let entry name the file that is run", final: true}
	}
	return m, nil
}

// interpret has an interpreter run the image: the file that was hashed, by its handle where the system can.
func (m *image) interpret(ctx context.Context, by Interpreter) error {
	f, err := os.OpenFile(by.Path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return pathFailure(fmt.Errorf("the interpreter: %w", err))
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		_ = f.Close()
		return pathFailure(fmt.Errorf("the interpreter %s is no regular file", by.Path))
	}
	var limit int64 = maxSize
	sum, err := hashFile(ctx, f, nil, &limit)
	if err == nil {
		err = checkDigest(by.Path, sum, by.SHA256)
	} else {
		err = pathFailure(fmt.Errorf("the interpreter %s: %w", by.Path, err))
	}
	if err != nil || !byHandle {
		_ = f.Close()
		f = nil
	}
	m.args, m.path, m.name, m.file = []string{m.path}, by.Path, by.Path, f
	return err
}

// checkDigest compares a digest with the manifest's.
func checkDigest(name, is, want string) error {
	if is == want {
		return nil
	}
	return &failure{kind: ErrDigest, cause: fmt.Errorf("%s has sha256 %s and the manifest says %s", name, is, want), final: true,
		remedy: "if the operator did not replace it, somebody else did: find out who; otherwise put the new digest in the manifest"}
}

// pathFailure is a program that can't be read. A lack of the host's own, such as a full disk, may pass; a wrong path won't.
func pathFailure(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return &failure{kind: ErrStart, cause: err, remedy: "the program was not copied in time: raise Limits.Start"}
	}
	f := &failure{kind: ErrPath, cause: err,
		remedy: "path names a readable file or folder below the folder of plugins, and no link leads out of it"}
	f.final = wrongPath(err)
	return f
}

// wrongPath says that an error is that of the path itself, and of nothing that may pass.
func wrongPath(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) || isEscape(err)
}

// isEscape says that a path or a link leads out of the folder.
func isEscape(err error) bool {
	e := (*fs.PathError)(nil)
	return errors.As(err, &e) && e.Err.Error() == "path escapes from parent"
}
