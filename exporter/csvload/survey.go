package csvload

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"

	"golang.org/x/sync/errgroup"

	"childrens-services-exporter/exporter/csvload/schema"
)

// columnSurvey is what one reading of a file showed of one column.
type columnSurvey struct {
	column      schema.Column
	field       int
	dates       *dateEvidence       // of a date column
	identifiers *identifierEvidence // of a column of identifiers
}

// surveyExtracts reads every file once, before any table is touched: how dates are written shows only in all values of all
// files.
func surveyExtracts(ctx context.Context, extracts []*extract) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	problems := make([]error, len(extracts))
	for i, e := range extracts {
		group.Go(func() error {
			problems[i] = e.survey(ctx)
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return joinProblems(problems)
}

func (e *extract) survey(ctx context.Context) error {
	e.surveys = nil
	for field, t := range e.targets {
		s := columnSurvey{column: t.column, field: field}
		switch {
		case t.column.Name == "":
			continue
		case t.column.IsDate():
			s.dates = &dateEvidence{}
		case t.column.IsIdentifier():
			s.identifiers = &identifierEvidence{}
		default:
			continue
		}
		e.surveys = append(e.surveys, s)
	}
	records, err := e.open()
	if err != nil {
		return err
	}
	defer records.close()
	for {
		record, line, err := records.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return e.fileError(err)
		}
		if records.read%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if len(record) == len(e.targets) {
			e.surveyRow(record, line)
		}
	}
	e.rows = records.read
	if records.announced >= 0 && records.announced != records.read {
		return problemList{fmt.Sprintf("%s: the last line counts %s, and the file has %s: expected all of them; export it again",
			e.name, formatCount(records.announced, "row"), formatNumber(records.read))}.err()
	}
	return nil
}

func (e *extract) surveyRow(record []string, line int) {
	for i := range e.surveys {
		s := &e.surveys[i]
		value := record[s.field]
		switch {
		case value == "" || isBlank(value, false):
		case s.dates != nil:
			s.dates.add(value)
		default:
			s.identifiers.add(value, line)
		}
	}
}

// settleDates decides how the dates of every column are read.
func settleDates(extracts []*extract, setting DateOrder) {
	var orders extractOrders
	for _, e := range extracts {
		for _, s := range e.surveys {
			if s.dates != nil {
				orders.add(s.dates)
			}
		}
	}
	for _, e := range extracts {
		for _, s := range e.surveys {
			if s.dates != nil {
				t := &e.targets[s.field]
				// The type was checked when the column was planned.
				t.check, _ = checkFor(t.column.Type, orders.read(s.dates, setting))
			}
		}
	}
}
