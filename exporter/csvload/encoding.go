package csvload

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// textEncoding is how the characters of a file are written as bytes.
type textEncoding int

const (
	utf8Text textEncoding = iota
	utf8WithMark
	utf16LittleEndian
	utf16BigEndian
	windows1252
)

// mixedEncodings, brokenUTF16, utf32Text and strangeByte are what stops a file: a character that is lost in one name may
// be lost in an identifier too.
const (
	mixedEncodings = "the file has UTF-8 and another encoding in it: export it as UTF-8"
	brokenUTF16    = "the file is UTF-16 with a character that is cut in two: export it again, as UTF-8"
	utf32Text      = "the file is UTF-32: export it as UTF-8"
	strangeByte    = "a byte fits neither UTF-8 nor Windows-1252: export the file as UTF-8"
)

// decode turns the bytes of a file into UTF-8.
func (t textEncoding) decode(r io.Reader) (io.Reader, error) {
	var from encoding.Encoding
	switch t {
	case utf8WithMark:
		if _, err := io.CopyN(io.Discard, r, 3); err != nil {
			return nil, fmt.Errorf("skip the byte order mark: %w", err)
		}
		return r, nil
	case utf16LittleEndian:
		from = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case utf16BigEndian:
		from = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case windows1252:
		from = charmap.Windows1252
	default:
		return r, nil
	}
	if t != windows1252 {
		// UseBOM insists on a mark, which a file need not have.
		start := make([]byte, 2)
		n, err := io.ReadFull(r, start)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, err
		}
		mark := []byte("\xff\xfe")
		if t == utf16BigEndian {
			mark = []byte("\xfe\xff")
		}
		if !bytes.Equal(start[:n], mark) {
			mark = append(mark, start[:n]...)
		}
		r = io.MultiReader(bytes.NewReader(mark), r)
	}
	return transform.NewReader(r, from.NewDecoder()), nil
}

// encodingOfStart knows an encoding from the first bytes of a file, if they tell it.
func encodingOfStart(start []byte) (t textEncoding, reason string) {
	switch {
	case bytes.HasPrefix(start, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(start, []byte("\x00\x00\xfe\xff")):
		return 0, utf32Text
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		return utf8WithMark, ""
	case bytes.HasPrefix(start, []byte("\xff\xfe")):
		return utf16LittleEndian, ""
	case bytes.HasPrefix(start, []byte("\xfe\xff")):
		return utf16BigEndian, ""
	case len(start) >= 4 && start[0] != 0 && start[1] == 0 && start[2] != 0 && start[3] == 0:
		return utf16LittleEndian, ""
	case len(start) >= 4 && start[0] == 0 && start[1] != 0 && start[2] == 0 && start[3] != 0:
		return utf16BigEndian, ""
	}
	return utf8Text, ""
}

// recogniseEncoding reads a whole file to find its encoding. A reason means that none fits, at a line.
func recogniseEncoding(ctx context.Context, r io.Reader) (t textEncoding, reason string, line int, err error) {
	start := make([]byte, 4)
	n, err := io.ReadFull(r, start)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, "", 0, err
	}
	if t, reason = encodingOfStart(start[:n]); reason != "" {
		return 0, reason, 1, nil
	}
	r = io.MultiReader(bytes.NewReader(start[:n]), r)
	if t == utf16LittleEndian || t == utf16BigEndian {
		line, broken, err := checkUTF16(ctx, t, r)
		if broken {
			reason = brokenUTF16
		}
		return t, reason, line, err
	}
	var census byteCensus
	if err := forEachChunk(ctx, r, census.read); err != nil {
		return 0, "", 0, err
	}
	census.finish()
	switch {
	case census.invalid == 0:
		return t, "", 0, nil
	case t == utf8WithMark || census.multibyte:
		return 0, mixedEncodings, census.invalid, nil
	case census.undefined != 0:
		return 0, strangeByte, census.undefined, nil
	}
	return windows1252, "", 0, nil
}

func checkUTF16(ctx context.Context, t textEncoding, r io.Reader) (line int, broken bool, err error) {
	decoded, err := t.decode(r)
	if err != nil {
		return 0, false, err
	}
	line = 1
	replacement := []byte(string(utf8.RuneError))
	err = forEachChunk(ctx, decoded, func(chunk []byte) {
		if broken {
			return
		}
		if at := bytes.Index(chunk, replacement); at >= 0 {
			broken, chunk = true, chunk[:at]
		}
		line += bytes.Count(chunk, []byte("\n"))
	})
	return line, broken, err
}

// forEachChunk reads to the end, and stops with the context.
func forEachChunk(ctx context.Context, r io.Reader, read func([]byte)) error {
	buffer := make([]byte, 1<<16)
	for {
		n, err := r.Read(buffer)
		read(buffer[:n])
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

// byteCensus notes what of a text is no UTF-8. Lines count from 1; 0 is none.
type byteCensus struct {
	rest      []byte // the start of a character that the next chunk ends
	lines     int
	multibyte bool // a character of several bytes occurs, as UTF-8 has it
	invalid   int  // the first line with a byte that is no UTF-8
	undefined int  // the first line with a byte that is no Windows-1252 either
}

func (c *byteCensus) read(chunk []byte) {
	if len(c.rest) > 0 {
		chunk = append(c.rest, chunk...)
		c.rest = nil
	}
	end := len(chunk)
	for i := end - 1; i >= 0 && i >= end-utf8.UTFMax+1; i-- {
		if utf8.RuneStart(chunk[i]) {
			if !utf8.FullRune(chunk[i:]) {
				end = i
			}
			break
		}
	}
	c.rest = bytes.Clone(chunk[end:])
	c.count(chunk[:end])
}

func (c *byteCensus) finish() { c.count(c.rest) }

func (c *byteCensus) count(text []byte) {
	newlines := bytes.Count(text, []byte("\n"))
	if utf8.Valid(text) {
		c.multibyte = c.multibyte || utf8.RuneCount(text) < len(text)
		c.lines += newlines
		return
	}
	line := c.lines + 1
	c.lines += newlines
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r == '\n':
			line++
		case r == utf8.RuneError && size == 1:
			if c.invalid == 0 {
				c.invalid = line
			}
			if c.undefined == 0 && strings.IndexByte("\x81\x8d\x8f\x90\x9d", text[0]) >= 0 {
				c.undefined = line
			}
		case size > 1:
			c.multibyte = true
		}
		text = text[size:]
	}
}
