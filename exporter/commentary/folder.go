package commentary

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/rag"
)

// Folder is a folder of remarks that officers edit while the exporter runs.
type Folder struct {
	path   string
	reader Reader
	log    *slog.Logger
	book   atomic.Pointer[Book]
}

// Open reads a folder for the first time.
func Open(path string, reader Reader, log *slog.Logger) *Folder {
	f := &Folder{path: path, reader: reader, log: log}
	f.book.Store(&Book{})
	f.Reread()
	return f
}

// Book is what was read last, whole.
func (f *Folder) Book() Book { return *f.book.Load() }

// Reread takes what stands in the folder now. A folder that is gone for a while,
// as while a share is mounted anew, leaves what was read before. The log names
// what cannot be used when it is first seen.
func (f *Folder) Reread() {
	before := f.Book()
	var book Book
	if _, err := os.ReadDir(f.path); err != nil {
		book = before
		book.Rejected = []rag.Rejected{{Input: "commentary", Why: f.path + ": the folder cannot be read; what was read before is served"}}
	} else {
		book = f.reader.Read(os.DirFS(f.path))
	}
	rag.Tell(f.log, book.Rejected, before.Rejected)
	f.book.Store(&book)
}

// Run reads the folder again on an interval until the context ends.
func (f *Folder) Run(ctx context.Context, interval time.Duration) {
	look := time.NewTicker(interval)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
			f.Reread()
		}
	}
}

// LastQuarter is the quarter that closed last before a day.
func LastQuarter(cal *calendar.Calendar, day time.Time) (calendar.Period, error) {
	quarter, err := cal.Reported(calendar.Quarter, day, 1)
	if err != nil {
		return quarter, fmt.Errorf("commentary that is missing: %w", err)
	}
	return quarter, nil
}
