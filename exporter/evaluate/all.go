package evaluate

import (
	"context"
)

// All evaluates several sources one after another for a command that runs once. The
// table of targets of one source may be in force for another, so that all snapshots
// are rated by the targets that are known in the end. An error is that of the source
// at the same place, nil where it was read.
func All(ctx context.Context, evaluators []*Evaluator, request Request) ([]*Snapshot, []error) {
	snapshots, errs := make([]*Snapshot, len(evaluators)), make([]error, len(evaluators))
	for i, evaluator := range evaluators {
		snapshots[i], errs[i] = evaluator.Evaluate(ctx, request)
		if ctx.Err() != nil {
			return nil, []error{ctx.Err()}
		}
		request.Targets = request.Targets.WithTable(snapshots[i].Source, snapshots[i].TargetTable)
	}
	for i := range snapshots {
		snapshots[i] = snapshots[i].WithTargets(request.Targets)
	}
	return snapshots, errs
}
