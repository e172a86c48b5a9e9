package rag

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/store"
)

// keptFormat is the format of the file; a later release may write a higher one.
const keptFormat = 1

// FirstReportedStore are the values of a source as they were first reported. What is in it
// stays: neither a later value, nor another process, nor a wrong clock replaces
// it. With a file they outlive the process.
type FirstReportedStore struct {
	mutex   sync.Mutex
	file    string
	header  keptHeader
	entries map[firstKey]FirstReported
	order   []firstKey
	read    fs.FileInfo
	// untouched is true while the file is of a later release, or cannot be read.
	untouched bool
	// damaged is true while a line of the file as last read is.
	damaged  bool
	rejected []config.Issue
}

type keptHeader struct {
	Format int `json:"format"`
	// Since is when the first value could be kept; periods due before are not.
	Since time.Time `json:"since"`
}

type firstKey struct{ indicator, kind, period string }

func (f FirstReported) key() firstKey { return firstKey{f.Indicator, f.Kind, f.Period} }

// OpenFirstReported opens the values of a source below a state directory, or keeps them in
// memory where there is none.
func OpenFirstReported(directory, source string, now time.Time) *FirstReportedStore {
	k := &FirstReportedStore{entries: map[firstKey]FirstReported{}, header: keptHeader{keptFormat, now.UTC().Truncate(time.Second)}}
	if directory != "" {
		k.file = filepath.Join(directory, "first-reported-"+source+".jsonl")
		k.recall(now)
	}
	return k
}

// Since is the moment from which values are kept.
func (k *FirstReportedStore) Since() time.Time {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	return k.header.Since
}

// Issues lists what could not be read of the file.
func (k *FirstReportedStore) Issues() []config.Issue {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	return append([]config.Issue{}, k.rejected...)
}

// Find gives the value of an indicator as first reported under this version of
// its definition.
func (k *FirstReportedStore) Find(indicator string, version int, kind, label string) (FirstReported, bool) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	found, ok := k.entries[firstKey{indicator, kind, label}]
	return found, ok && found.Version == version
}

// Save keeps the values of which there is none yet, and writes the file if there
// were any. The error says in one line what became of it; the values are then
// kept in memory.
func (k *FirstReportedStore) Save(firsts []FirstReported, now time.Time) error {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.file == "" {
		k.merge(firsts)
		return nil
	}
	unlock, err := lockFile(k.file + ".lock")
	if err != nil {
		k.merge(firsts)
		return fmt.Errorf("%s cannot be locked, so that first reported values are not written; check CSE_STATE_DIR and its rights", k.file)
	}
	defer unlock()
	// Another exporter, or a report, may have been first.
	k.recall(now)
	fresh := k.merge(firsts)
	if _, err := os.Stat(k.file); fresh == 0 && err == nil || k.untouched {
		return nil
	}
	if err := k.write(); err != nil {
		return fmt.Errorf("%s cannot be written, so that first reported values may be lost with a restart; check CSE_STATE_DIR and its rights", k.file)
	}
	return nil
}

func (k *FirstReportedStore) merge(firsts []FirstReported) (fresh int) {
	for _, one := range firsts {
		if _, known := k.entries[one.key()]; !known {
			k.entries[one.key()] = one
			k.order = append(k.order, one.key())
			fresh++
		}
	}
	return fresh
}

// recall takes in what the file has, if it changed since it was read. A line that
// cannot be read is named and passed over.
func (k *FirstReportedStore) recall(now time.Time) {
	about, err := os.Stat(k.file)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err == nil && k.read != nil && os.SameFile(about, k.read) && about.ModTime().Equal(k.read.ModTime()) && about.Size() == k.read.Size() {
		return
	}
	k.untouched, k.damaged = false, false
	text, unreadable := os.ReadFile(k.file)
	if err != nil || unreadable != nil {
		k.untouched = true
		k.reject(0, "cannot be read; check CSE_STATE_DIR and its rights")
		return
	}
	k.read = about
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if n == 1 {
			k.readHeader(lines.Bytes(), now)
			if k.untouched {
				return
			}
			continue
		}
		var one FirstReported
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil || one.Indicator == "" || one.Period == "" || one.At.IsZero() {
			k.damaged = true
			k.reject(n, "is cut off or damaged; the value is left out")
			continue
		}
		k.merge([]FirstReported{one})
	}
}

func (k *FirstReportedStore) readHeader(line []byte, now time.Time) {
	var header keptHeader
	err := json.Unmarshal(line, &header)
	switch {
	case err != nil || header.Format < 1:
		k.damaged = true
		k.reject(1, "is cut off or damaged; when the values began to be kept is not known")
	case header.Format > keptFormat:
		k.untouched = true
		k.reject(1, "was written by a later release and is left alone; values are kept in memory until that release runs again")
	case header.Since.Before(k.header.Since):
		// A clock that was set back must not make a period due before anything was kept.
		k.header.Since = header.Since
	}
	if k.header.Since.After(now) {
		k.header.Since = now.UTC().Truncate(time.Second)
	}
}

func (k *FirstReportedStore) reject(line int, why string) {
	where := k.file
	if line > 0 {
		where = fmt.Sprintf("%s:%d", k.file, line)
	}
	rejected := config.Issue{Input: "state", Message: where + ": " + why}
	if !slices.Contains(k.rejected, rejected) {
		k.rejected = append(k.rejected, rejected)
	}
}

// write replaces the file at once: whenever it is cut off, either the old text is
// there or the new one. A damaged file is put aside first, for a person to look at.
func (k *FirstReportedStore) write() error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	if err := encoder.Encode(k.header); err != nil {
		return err
	}
	for _, key := range k.order {
		if err := encoder.Encode(k.entries[key]); err != nil {
			return err
		}
	}
	if k.damaged {
		if damaged, err := os.ReadFile(k.file); err == nil {
			_ = os.WriteFile(k.file+".damaged", damaged, 0o600)
		}
	}
	if _, err := store.Write(k.file, text.Bytes()); err != nil {
		return err
	}
	k.read = nil
	return nil
}
