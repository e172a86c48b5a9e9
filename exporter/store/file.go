package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

var errDamaged = errors.New("the text is damaged")

// Format is the version of the format that this release writes. Format 1 is that
// of the releases before the store; see migrate.go.
const Format = 2

// Header is the first line of every state file.
type Header struct {
	Format int `json:"format"`
	// Since is when the file was begun, zero where that is not known.
	Since time.Time `json:"since,omitzero"`
}

// Issue is a line, or a whole file, that cannot be read and is left out.
type Issue struct {
	Path string
	// Line is 0 where the whole file is meant.
	Line    int
	Problem string
}

// String is one line that begins with file and line.
func (i Issue) String() string {
	if i.Line == 0 {
		return i.Path + ": " + i.Problem
	}
	return fmt.Sprintf("%s:%d: %s", i.Path, i.Line, i.Problem)
}

// File is one state file: a header and records, each a line of JSON. It has the text
// last read or written, and is not safe for concurrent use.
type File struct {
	store *Store
	kind  Kind
	name  string

	// info describes the file as it was last read or written, and text is its text.
	info fs.FileInfo
	text []byte
	// old is the file of an earlier release that the text was read from.
	old string
	// readOnly is true while the file is of a later release, or cannot be read.
	readOnly bool
	// damaged is true while a line of the file as last read is.
	damaged bool
}

// Path is the path of the file, empty in memory.
func (f *File) Path() string {
	if !f.store.Persistent() {
		return ""
	}
	return filepath.Join(f.store.directory, string(f.kind)+"-"+f.name+".jsonl")
}

// Content is what a state file holds beside its records.
type Content struct {
	Header Header
	// Changed is false where the file is as it was last read or written; the other
	// fields are then empty.
	Changed bool
	Issues  []Issue
}

// Load reads the file and passes each record to decode, with the format that it was
// written in. A record for which decode fails is left out, as is a line that is cut
// off: both are issues, and so are files that cannot be read at all.
func (f *File) Load(decode func(format int, record json.RawMessage) error) Content {
	if !f.store.Persistent() {
		return Content{}
	}
	path, info, err := f.find()
	if errors.Is(err, fs.ErrNotExist) {
		f.info, f.text, f.old, f.readOnly, f.damaged = nil, nil, "", false, false
		return Content{}
	}
	if err == nil && f.unchanged(info) {
		return Content{}
	}
	text, readErr := os.ReadFile(path)
	f.info, f.text, f.readOnly, f.damaged, f.old = info, text, false, false, ""
	if err != nil || readErr != nil {
		f.readOnly = true
		f.info = nil
		return Content{Changed: true, Issues: []Issue{{path, 0, "cannot be read; check CSE_STATE_DIR and its rights"}}}
	}
	if path != f.Path() {
		f.old = path
	}
	content := f.parse(path, text, decode)
	content.Changed = true
	return content
}

// find returns the file to read, which is that of an earlier release where there is no
// newer one.
func (f *File) find() (path string, info fs.FileInfo, err error) {
	path = f.Path()
	info, err = os.Stat(path)
	if old := f.oldPath(); old != "" && errors.Is(err, fs.ErrNotExist) {
		path = old
		info, err = os.Stat(old)
	}
	return path, info, err
}

func (f *File) unchanged(info fs.FileInfo) bool {
	return f.info != nil && os.SameFile(info, f.info) && info.ModTime().Equal(f.info.ModTime()) && info.Size() == f.info.Size()
}

func (f *File) parse(path string, text []byte, decode func(int, json.RawMessage) error) Content {
	content := Content{}
	issue := func(line int, problem string) {
		content.Issues = append(content.Issues, Issue{path, line, problem})
	}
	lines, err := f.lines(path, text)
	if err != nil {
		f.damaged = true
		issue(0, "is cut off or damaged; it is left out")
		return content
	}
	for i, line := range lines {
		switch {
		case i == 0:
			err := json.Unmarshal(line, &content.Header)
			if err != nil || content.Header.Format < 1 {
				f.damaged = true
				content.Header = Header{}
				issue(1, "is cut off or damaged; when the values began to be recorded is not known")
			}
			if content.Header.Format > Format {
				f.readOnly = true
				issue(1, "was written by a later release and is left alone; values are held in memory until that release runs again")
				return content
			}
		case !json.Valid(line) || decode(content.Header.Format, line) != nil:
			f.damaged = true
			issue(i+1, "is cut off or damaged; the value is left out")
		}
	}
	return content
}

// Save writes the file atomically, readable for its owner alone, unless its text is the
// same. A damaged file is first copied to *.damaged, for a person to look at. A
// read-only file is not written, which is no error.
func (f *File) Save(header Header, records []any) error {
	if !f.store.Persistent() || f.readOnly {
		return nil
	}
	header.Format = Format
	text, err := encode(header, records)
	if err != nil {
		return fmt.Errorf("%s: %w", f.Path(), err)
	}
	if f.info != nil && f.old == "" && bytes.Equal(text, f.text) {
		// An unchanged file is not written, or a second process's change could be lost.
		return nil
	}
	if f.damaged {
		f.setAside()
	}
	info, err := WriteFile(f.Path(), text)
	if err != nil {
		return fmt.Errorf("%s cannot be written; check CSE_STATE_DIR and its rights", f.Path())
	}
	if f.old != "" {
		// The file of the earlier release is done with: that release could not read
		// what follows.
		_ = os.Rename(f.old, f.old+".migrated")
	}
	f.info, f.text, f.old, f.damaged = info, text, "", false
	return nil
}

// Forget makes the next Load read the file again, changed or not.
func (f *File) Forget() { f.info = nil }

// Exists reports whether there is a file to read.
func (f *File) Exists() bool {
	if !f.store.Persistent() {
		return false
	}
	_, _, err := f.find()
	return err == nil
}

// ReadOnly reports whether the file as last read must not be overwritten.
func (f *File) ReadOnly() bool { return f.readOnly }

func (f *File) setAside() {
	path := f.Path()
	if f.old != "" {
		path = f.old
	}
	if damaged, err := os.ReadFile(path); err == nil {
		_ = os.WriteFile(path+".damaged", damaged, 0o600)
	}
}

func encode(header Header, records []any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	if err := encoder.Encode(header); err != nil {
		return nil, err
	}
	for _, record := range records {
		if err := encoder.Encode(record); err != nil {
			return nil, err
		}
	}
	return text.Bytes(), nil
}
