package csvload

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"strings"
)

// defaultUnpackLimit is far above the largest table of a large county, and far below what fills a disk or a night.
const defaultUnpackLimit = 8 << 30

// archiveError is what is wrong with an archive and what to do.
type archiveError string

func (a archiveError) Error() string { return string(a) }

const errTooLarge archiveError = ("the archive unpacks to more than the limit: take out the rows of earlier years, or load it unpacked")

// openFile opens a file of the folder, unpacked if it is a zip or gzip archive. Nothing is written to disk.
func openFile(dir fs.FS, name string, limit int64) (io.ReadCloser, error) {
	file, err := dir.Open(name)
	if err != nil {
		return nil, err
	}
	unpacked, err := unpack(file, limit)
	if err != nil {
		_ = file.Close() // read only: nothing is lost
		return nil, err
	}
	return unpacked, nil
}

// unpackedFile reads what is in a file, and closes both.
type unpackedFile struct {
	io.Reader
	file fs.File
}

func (u unpackedFile) Close() error { return u.file.Close() }

func unpack(file fs.File, limit int64) (io.ReadCloser, error) {
	start := make([]byte, 4)
	n, err := io.ReadFull(file, start)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	whole := io.MultiReader(bytes.NewReader(start[:n]), file)
	switch {
	case bytes.HasPrefix(start, []byte("\x1f\x8b")):
		unpacked, err := gzip.NewReader(whole)
		if err != nil {
			return nil, archiveError("the gzip archive is damaged: make it again")
		}
		return unpackedFile{&limitedReader{unpacked, limit}, file}, nil
	case bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("PK\x05\x06")):
		return unpackZip(file, limit)
	}
	return unpackedFile{whole, file}, nil
}

func unpackZip(file fs.File, limit int64) (io.ReadCloser, error) {
	at, ok := file.(io.ReaderAt)
	about, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, archiveError("the zip archive cannot be read in place: unpack it")
	}
	archive, err := zip.NewReader(at, about.Size())
	if err != nil {
		return nil, archiveError("the zip archive is damaged: make it again")
	}
	var inside *zip.File
	for _, f := range archive.File {
		switch {
		case f.FileInfo().IsDir(), strings.HasPrefix(f.Name, "__MACOSX/"):
		case !strings.HasSuffix(strings.ToLower(f.Name), ".csv"):
			return nil, archiveError("the zip archive holds something else than a CSV file: put one CSV file into it")
		case inside != nil:
			return nil, archiveError("the zip archive holds several CSV files: put one into it, or unpack it")
		default:
			inside = f
		}
	}
	if inside == nil {
		return nil, archiveError("the zip archive is empty: put one CSV file into it")
	}
	if inside.Flags&1 != 0 {
		return nil, archiveError("the zip archive has a password: unpack it")
	}
	unpacked, err := inside.Open()
	if err != nil {
		return nil, archiveError("the zip archive cannot be unpacked: make it again")
	}
	return unpackedFile{&limitedReader{unpacked, limit}, file}, nil
}

// limitedReader fails, where io.LimitReader would end in silence, and words a damaged archive without its path.
type limitedReader struct {
	reader io.Reader
	left   int64
}

func (l *limitedReader) Read(p []byte) (int, error) {
	n, err := l.reader.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, errTooLarge
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return n, archiveError("the archive is damaged: make it again")
	}
	return n, err
}
