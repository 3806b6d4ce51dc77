package conformance

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"courts.example/eservices/plugins/host"
)

// files looks at the folders that a plugin could write to, and at the files that it holds open.
func files(b *bench) {
	before, err := host.Digest(b.copied)
	if err != nil {
		b.Fatalf("the plugin's files: %v", err)
	}
	began := time.Now().Add(-time.Second) // the clock of files is coarser
	p := b.ready()
	stop := make(chan struct{})
	open := make(chan []string, 1)
	go func() { open <- watchOpen(p.pid, []string{p.folder, b.dir}, stop) }()
	b.works(p, "with its files watched")
	b.planted(p, false)
	close(stop)
	for _, name := range <-open {
		b.Errorf("it writes to %s, which is not in its folder for temporary files", name)
	}
	if after, err := host.Digest(b.copied); err != nil || after != before {
		b.Errorf("the plugin's own files have changed (%v)", err)
	}
	b.leftIn(filepath.Join(p.folder), "tmp", "s")
	b.marked(os.TempDir(), began)
}

// leftIn makes sure that a folder holds but what is named.
func (b *bench) leftIn(dir string, names ...string) {
	b.Helper()
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if !strings.Contains(" "+strings.Join(names, " ")+" ", " "+e.Name()+" ") {
			b.Errorf("it has written %s", filepath.Join(dir, e.Name()))
		}
	}
}

// marked looks for new files in the system's folder for temporary files that hold what was planted: they can be nobody else's. A process of another
// case may have written there last, so the mark of all secrets is looked for too.
func (b *bench) marked(dir string, since time.Time) {
	b.Helper()
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == b.folder {
			return fs.SkipDir
		}
		if d.IsDir() && strings.Count(strings.TrimPrefix(path, dir), string(filepath.Separator)) > 1 {
			return fs.SkipDir
		}
		info, err := d.Info()
		if err != nil || !info.Mode().IsRegular() || info.ModTime().Before(since) || info.Size() > maxOutput {
			return nil
		}
		text, err := os.ReadFile(path)
		for _, word := range append(b.own(), b.mark) {
			if err == nil && word != "" && bytes.Contains(text, []byte(word)) {
				b.Errorf("the file %s holds what the plugin was given", path)
				break
			}
		}
		return nil
	})
}
