package commentary

import (
	"fmt"
	"io/fs"
	"slices"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// eventsFile lists events; every other file is an entry.
const eventsFile = "events.yaml"

// Event is something that happened on a day and may explain a change in a trend.
type Event struct {
	Name string
	Day  time.Time
}

// readEvents reads events.yaml: a map from days to events.
func readEvents(folder fs.FS) ([]Event, []error) {
	text, err := readFile(folder, eventsFile)
	if err != nil {
		return nil, []error{err}
	}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil || len(document.Content) == 0 || document.Content[0].Kind != yaml.MappingNode {
		return nil, []error{fmt.Errorf("%s:1: give a day and what happened on each line, as in 2020-03-23: First lockdown", eventsFile)}
	}
	var events []Event
	var problems []error
	entries := document.Content[0].Content
	for i := 0; i+1 < len(entries); i += 2 {
		day, err := time.Parse(time.DateOnly, entries[i].Value)
		name := Sanitise(entries[i+1].Value)
		switch {
		case err != nil:
			problems = append(problems, fmt.Errorf("%s:%d: the day is written as 2020-03-23", eventsFile, entries[i].Line))
		case name == "" || utf8.RuneCountInString(name) > maxRoleLength:
			problems = append(problems, fmt.Errorf("%s:%d: say what happened in 1 to %d characters", eventsFile, entries[i].Line, maxRoleLength))
		case slices.ContainsFunc(events, func(e Event) bool { return e.Name == name }):
			problems = append(problems, fmt.Errorf("%s:%d: another day has the same words; tell them apart", eventsFile, entries[i].Line))
		default:
			events = append(events, Event{Name: name, Day: day})
		}
	}
	slices.SortFunc(events, func(a, b Event) int { return a.Day.Compare(b.Day) })
	return events, problems
}

// addEvent appends an event, unless there is one of the same name already.
func (b *Collection) addEvent(event Event, where string, reject func(error)) {
	if slices.ContainsFunc(b.Events, func(e Event) bool { return e.Name == event.Name }) {
		reject(fmt.Errorf("%s: another day has the words of %s; tell them apart", where, event.Day.Format(time.DateOnly)))
		return
	}
	b.Events = append(b.Events, event)
}
