package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteFile replaces a file atomically: a reader finds the old text or the new one,
// whenever the program is cut off. Only the owner may read the file. It returns the
// file's description as written, before another process could replace it.
func WriteFile(path string, text []byte) (fs.FileInfo, error) {
	temporary, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(temporary.Name()) }()
	_, err = temporary.Write(text)
	info, statErr := temporary.Stat()
	if err := errors.Join(err, statErr, temporary.Sync(), temporary.Close()); err != nil {
		return nil, err
	}
	return info, os.Rename(temporary.Name(), path)
}
