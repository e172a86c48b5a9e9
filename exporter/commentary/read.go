package commentary

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

// MaxTextLength is the greatest length of a text in characters: what fits beside a number.
const (
	MaxTextLength   = 1000
	maxActionLength = 300
	maxRoleLength   = 80
	// maxFileSize is in bytes.
	maxFileSize = 64 << 10
)

// Reader parses commentary and validates its indicators and periods.
type Reader struct {
	Calendar *calendar.Calendar
	// Indicator finds an indicator by its name or by the council's own reference.
	Indicator func(name string) (*definition.Indicator, error)
}

// Read reads a folder. A file that cannot be used is left out and is an issue with file and line. Drafts are counted and
// not stored.
func (r Reader) Read(folder fs.FS) Collection {
	var collection Collection
	reject := func(err error) {
		collection.Issues = append(collection.Issues, config.Issue{Input: "commentary", Message: err.Error() + "; it is left out"})
	}
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			reject(fmt.Errorf("%s: cannot be read", name))
			return nil
		case entry.IsDir() && name != "." && strings.HasPrefix(entry.Name(), "."):
			// Kubernetes stores each version of a folder that it mounts in a hidden one.
			return fs.SkipDir
		case entry.IsDir() || strings.HasPrefix(entry.Name(), "."):
			return nil
		case name == eventsFile:
			events, problems := readEvents(folder)
			collection.Events = events
			for _, problem := range problems {
				reject(problem)
			}
		case path.Ext(name) == ".md":
			parsed, published, err := r.parseFile(folder, name)
			switch {
			case err != nil:
				reject(err)
			case !published:
				collection.Drafts++
			default:
				collection.add(parsed, name+":1", "another file", reject)
			}
		}
		return nil
	})
	if err != nil {
		reject(err)
	}
	return collection
}

// add appends an entry, unless there is one on the same indicator and period already.
func (b *Collection) add(entry Entry, where, another string, reject func(error)) {
	if _, duplicate := b.Find(entry.Indicator, entry.Period.Label); duplicate {
		reject(fmt.Errorf("%s: %s speaks of %s in %s already; keep one", where, another, entry.Indicator.Name, entry.Period.Label))
		return
	}
	b.entries = append(b.entries, entry)
}

// header is the YAML between the two lines of dashes.
type header struct {
	Indicator string `yaml:"indicator"`
	Period    string `yaml:"period"`
	Author    string `yaml:"author"`
	Action    string `yaml:"action"`
	Published bool   `yaml:"published"`
}

func (r Reader) parseFile(folder fs.FS, name string) (Entry, bool, error) {
	text, err := readFile(folder, name)
	if err != nil {
		return Entry{}, false, err
	}
	head, body, bodyLine, err := splitHeader(name, text)
	if err != nil {
		return Entry{}, false, err
	}
	if !head.Published {
		return Entry{}, false, nil
	}
	entry, err := r.parse(head, body, func(key string) string {
		switch key {
		case "the text":
			return fmt.Sprintf("%s:%d", name, bodyLine)
		default:
			return fmt.Sprintf("%s:%d", name, lineOfKey(text, key))
		}
	})
	return entry, err == nil, err
}

// parse validates an entry. location gives the file and line, or the row, of a key.
func (r Reader) parse(head header, body string, location func(key string) string) (Entry, error) {
	if utf8.RuneCountInString(head.Indicator) > maxRoleLength {
		return Entry{}, fmt.Errorf("%s: the name is no indicator's; the command catalogue lists them", location("indicator"))
	}
	indicator, err := r.Indicator(head.Indicator)
	if err != nil {
		return Entry{}, fmt.Errorf("%s: %w", location("indicator"), err)
	}
	if utf8.RuneCountInString(head.Period) > maxRoleLength {
		return Entry{}, fmt.Errorf("%s: the period is no period; write it as 2026-27 Q2", location("period"))
	}
	period, err := r.Calendar.ParseLabel(head.Period)
	if err != nil {
		return Entry{}, fmt.Errorf("%s: %w", location("period"), err)
	}
	entry := Entry{Indicator: indicator, Period: period, Role: Sanitise(head.Author), Action: Sanitise(head.Action), Text: Sanitise(body)}
	for _, limit := range []struct {
		key, text string
		longest   int
	}{{"the text", entry.Text, MaxTextLength}, {"action", entry.Action, maxActionLength}, {"author", entry.Role, maxRoleLength}} {
		if length := utf8.RuneCountInString(limit.text); length > limit.longest {
			return Entry{}, fmt.Errorf("%s: %s has %d characters; shorten it to %d", location(limit.key), limit.key, length, limit.longest)
		}
	}
	switch {
	case entry.Text == "":
		return Entry{}, fmt.Errorf("%s: there is no text below the header", location("the text"))
	case entry.Role == "":
		return Entry{}, fmt.Errorf("%s: author is missing; give the post of whoever says it, not a name", location("author"))
	}
	return entry, nil
}

// splitHeader separates the header from the text.
func splitHeader(name string, text []byte) (header, string, int, error) {
	lines := strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")
	end := slices.Index(lines[1:], "---") + 1
	if lines[0] != "---" || end == 0 {
		return header{}, "", 0, fmt.Errorf("%s:1: begin with a header between two lines of ---, as in the README", name)
	}
	var head header
	decoder := yaml.NewDecoder(strings.NewReader(strings.Join(lines[1:end], "\n")))
	decoder.KnownFields(true)
	if err := decoder.Decode(&head); err != nil {
		return header{}, "", 0, headerError(name, err)
	}
	return head, strings.Join(lines[end+1:], "\n"), end + 2, nil
}

// headerError gives an error of the YAML parser the line in the file; the header begins at the second.
func headerError(name string, err error) error {
	message := err.Error()
	if wrong, ok := errors.AsType[*yaml.TypeError](err); ok {
		message = wrong.Errors[0]
	}
	line, complaint := 1, "the header cannot be read; each line is a key, a colon and a value"
	if _, after, ok := strings.Cut(message, "line "); ok {
		var number int
		if _, err := fmt.Sscanf(after, "%d:", &number); err == nil {
			line = number + 1
		}
		if _, key, ok := strings.Cut(after, "field "); ok {
			key, _, _ = strings.Cut(key, " ")
			complaint = fmt.Sprintf("there is no key %s; the keys are indicator, period, author, action and published", Sanitise(key))
		} else if strings.Contains(after, "into bool") {
			complaint = "published is true or false"
		}
	}
	return fmt.Errorf("%s:%d: %s", name, line, complaint)
}

// lineOfKey is the line of a key of the header.
func lineOfKey(text []byte, key string) int {
	for i, line := range bytes.Split(text, []byte("\n")) {
		if bytes.HasPrefix(line, []byte(key+":")) {
			return i + 1
		}
	}
	return 1
}

func readFile(folder fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(folder, name)
	if err != nil || !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: cannot be read", name)
	}
	if info.Size() > maxFileSize {
		return nil, fmt.Errorf("%s:1: the file is larger than %d bytes; a text has at most %d characters", name, maxFileSize, MaxTextLength)
	}
	text, err := fs.ReadFile(folder, name)
	if err != nil {
		return nil, fmt.Errorf("%s: cannot be read", name)
	}
	if !utf8.Valid(text) {
		return nil, fmt.Errorf("%s:1: is not written in UTF-8; save it as such", name)
	}
	return text, nil
}
