// Package store owns the state directory: what the exporter remembers over a
// restart. Every kind of document has one file format, one lock and one way to be
// read, written and repaired; what a record means is known to its owner.
package store

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// Kind is a kind of document in the state directory.
type Kind string

// The kinds of document, each with the package that owns its records.
const (
	// Guard holds the size of each table when it was last accepted (source).
	Guard Kind = "guard"
	// Targets holds a source's table of targets as it was last accepted (evaluate).
	Targets Kind = "targets"
	// Published holds the values of the public page (publication).
	Published Kind = "published"
	// PublishedReport holds the values of one public report (publication).
	PublishedReport Kind = "published-report"
	// FirstReported holds the values as they were first reported (revision).
	FirstReported Kind = "first-reported"
)

// lockName is the file that a process locks while it writes.
const lockName = "state.lock"

// lockTimeout is how long another process may take to write a small file.
const lockTimeout = 5 * time.Second

// Store is a state directory. Several processes may share it: collect -accept and
// report write beside a running exporter.
type Store struct {
	directory string
}

// Open opens a state directory. Without a directory the store is in memory: it
// persists nothing, and every document of it is empty.
func Open(directory string) *Store { return &Store{directory: directory} }

// Persistent reports whether documents outlive the process.
func (s *Store) Persistent() bool { return s.directory != "" }

// File gives the document of a kind that has a name: a source's, mostly.
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
