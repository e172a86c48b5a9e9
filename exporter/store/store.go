// Package store reads and writes the state files: what the exporter remembers over a
// restart, in the state directory (CSE_STATE_DIR). All have one format, one lock and
// one way to be repaired; the package that owns a kind of file knows what its records
// mean.
package store

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// Kind is a kind of state file, the first part of the file's name.
type Kind string

// The kinds of state file and what each holds, with the package that owns the records.
const (
	// Guard holds the row count and file number of each table as last accepted
	// (source).
	Guard Kind = "guard"
	// Targets holds a source's table of targets as it was last accepted (evaluate).
	Targets Kind = "targets"
	// Published holds the exact values of the period that is open to the public
	// (publication).
	Published Kind = "published"
	// PublishedReport holds the values of one public report (publication).
	PublishedReport Kind = "published-report"
	// FirstReported holds the values as they were first reported (revision).
	FirstReported Kind = "first-reported"
)

// lockName is the lock file: a process locks it while it writes.
const lockName = "state.lock"

// lockTimeout is how long another process may take to write a small file.
const lockTimeout = 5 * time.Second

// Store is a state directory. Several processes may share it: collect -accept and
// report write beside a running exporter.
type Store struct {
	directory string
}

// Open opens a state directory. Without a directory the store is in memory: it persists
// nothing, and every state file of it is empty.
func Open(directory string) *Store { return &Store{directory: directory} }

// Persistent reports whether state files outlive the process.
func (s *Store) Persistent() bool { return s.directory != "" }

// File is the state file of a kind and a name, which is mostly that of a source.
func (s *Store) File(kind Kind, name string) *File {
	return &File{store: s, kind: kind, name: name}
}

// Lock keeps other processes from writing until unlock is called. The operating
// system releases the lock of a process that ends, however it ends.
func (s *Store) Lock() (unlock func(), err error) {
	if !s.Persistent() {
		return func() {}, nil
	}
	path := filepath.Join(s.directory, lockName)
	lock := flock.New(path, flock.SetPermissions(0o600))
	ctx, cancel := context.WithTimeout(context.Background(), lockTimeout)
	defer cancel()
	const retryInterval = 10 * time.Millisecond
	if locked, err := lock.TryLockContext(ctx, retryInterval); err != nil || !locked {
		_ = lock.Close()
		return nil, fmt.Errorf("%s cannot be locked; check CSE_STATE_DIR and its rights", path)
	}
	return func() { _ = lock.Close() }, nil
}
