package csvload

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// startSize is how much of a file is looked at to learn how it is laid out. Headers are far shorter.
const startSize = 1 << 20

// dialect is how a file sets fields and lines apart.
type dialect struct {
	separator rune
	preamble  int  // bytes before the header: "sep=;" of Excel, "#TYPE ..." of PowerShell
	lines     int  // lines of the preamble
	oldMac    bool // lines end in CR alone
}

// recogniseDialect looks at the start of a file in UTF-8. Which separator it is shows in the names of the header.
func recogniseDialect(start []byte, isColumn func(string) bool) dialect {
	d := dialect{separator: ','}
	candidates := ",;\t|"
	for {
		line, next := firstLine(start[d.preamble:])
		text := strings.ToLower(string(line))
		separator, isSeparator := strings.CutPrefix(strings.Trim(text, `"`), "sep=")
		if !isSeparator && !strings.HasPrefix(text, "#type") {
			break
		}
		if len(separator) == 1 && isSeparator {
			candidates = separator + candidates
		}
		d.preamble += next
		d.lines++
	}
	header, next := firstLine(start[d.preamble:])
	end := d.preamble + len(header)
	d.oldMac = next == len(header)+1 && end < len(start) && start[end] == '\r'
	most := 0
	for _, separator := range candidates {
		if n := countColumns(header, separator, isColumn); n > most {
			d.separator, most = separator, n
		}
	}
	return d
}

func countColumns(header []byte, separator rune, isColumn func(string) bool) (n int) {
	r := csv.NewReader(bytes.NewReader(header))
	if separator == '"' || separator == '\r' || separator == '\n' {
		return 0
	}
	r.Comma = separator
	record, err := r.Read()
	if err != nil {
		return 0
	}
	for _, name := range record {
		if isColumn(headerName(name)) {
			n++
		}
	}
	return n
}

// headerName is the name of a column as a header has it.
func headerName(name string) string { return strings.ToLower(strings.Trim(name, " \t\u00a0\ufeff")) }

// firstLine returns the first line, which may have line ends in quotes, and where the next begins.
func firstLine(text []byte) (line []byte, next int) {
	quoted := false
	for i, b := range text {
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '\n':
			return text[:i], i + 1
		case b == '\r' && i+1 < len(text) && text[i+1] == '\n':
			return text[:i], i + 2
		case b == '\r':
			return text[:i], i + 1
		}
	}
	return text, len(text)
}

// newReader reads the records of a text, the header first.
func (d dialect) newReader(text *bufio.Reader) (*csv.Reader, error) {
	if _, err := text.Discard(d.preamble); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	var r io.Reader = text
	if d.oldMac {
		r = &oldMacReader{reader: text}
	}
	rows := csv.NewReader(r)
	rows.Comma = d.separator
	rows.FieldsPerRecord = -1 // a row that is too short is refused with its line
	rows.ReuseRecord = true
	return rows, nil
}

// oldMacReader turns a CR outside quotes into a line feed.
type oldMacReader struct {
	reader io.Reader
	quoted bool
}

func (o *oldMacReader) Read(p []byte) (int, error) {
	n, err := o.reader.Read(p)
	for i, b := range p[:n] {
		switch {
		case b == '"':
			o.quoted = !o.quoted
		case b == '\r' && !o.quoted:
			p[i] = '\n'
		}
	}
	return n, err
}
