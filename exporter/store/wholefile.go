// Package store writes files of which nobody ever sees half.
package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Write leaves either the old text or the new one, whenever it is cut off. Only the
// owner may read the file. It is described as it was before anyone else could
// replace it.
func Write(file string, text []byte) (fs.FileInfo, error) {
	fresh, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+"-*")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(fresh.Name()) }()
	_, err = fresh.Write(text)
	about, unknown := fresh.Stat()
	if err := errors.Join(err, unknown, fresh.Sync(), fresh.Close()); err != nil {
		return nil, err
	}
	return about, os.Rename(fresh.Name(), file)
}
