package commentary

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
)

// Folder is a folder of commentary that officers edit while the exporter runs.
type Folder struct {
	path       string
	reader     Reader
	log        *slog.Logger
	collection atomic.Pointer[Collection]
}

// Open reads a folder for the first time.
func Open(path string, reader Reader, log *slog.Logger) *Folder {
	f := &Folder{path: path, reader: reader, log: log}
	f.collection.Store(&Collection{})
	f.Reload()
	return f
}

// Collection is the commentary of the last reload.
func (f *Folder) Collection() Collection { return *f.collection.Load() }

// Reload reads the folder and logs each new issue. A folder that cannot be read, as while a share is mounted anew,
// leaves the last collection in place.
func (f *Folder) Reload() {
	before := f.Collection()
	var next Collection
	if _, err := os.ReadDir(f.path); err != nil {
		next = before
		next.Issues = []config.Issue{{Input: "commentary", Message: f.path + ": the folder cannot be read; what was read before is served"}}
	} else {
		next = f.reader.Read(os.DirFS(f.path))
	}
	config.LogNew(f.log, next.Issues, before.Issues)
	f.collection.Store(&next)
}

// Run reloads the folder on an interval until the context ends.
func (f *Folder) Run(ctx context.Context, interval time.Duration) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			f.Reload()
		}
	}
}

// LastQuarter is the last quarter that closed before a day.
func LastQuarter(cal *calendar.Calendar, day time.Time) (calendar.Period, error) {
	quarter, err := cal.ReportPeriod(calendar.Quarter, day, 1)
	if err != nil {
		return quarter, fmt.Errorf("commentary that is missing: %w", err)
	}
	return quarter, nil
}
