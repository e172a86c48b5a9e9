package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/prometheus/client_golang/prometheus"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/evaluate"
)

// WorkerLabels sets the value of the label worker.
type WorkerLabels struct {
	// Mode is staff_id, hash or off.
	Mode string
	// HMACKey makes the hash; a bare hash of a staff number is guessed in a second.
	HMACKey []byte
}

// Check refuses an unknown mode, or a hash without a key.
func (w WorkerLabels) Check() error {
	switch {
	case w.Mode == "hash" && len(w.HMACKey) < 16:
		return fmt.Errorf("CSE_WORKER_LABEL=hash needs CSE_WORKER_KEY with at least 16 characters")
	case w.Mode != "staff_id" && w.Mode != "hash" && w.Mode != "off":
		return fmt.Errorf("CSE_WORKER_LABEL must be staff_id, hash or off")
	}
	return nil
}

// WorkersPage is the page of caseloads by worker.
func (e *Exporter) WorkersPage() prometheus.Collector {
	return e.collector(WorkersPath, func(*pageWriter) {}, func(w *pageWriter) {
		now := e.Now()
		for _, snapshot := range e.snapshots() {
			for _, cohort := range snapshot.Cohorts {
				if !evaluate.IsFresh(cohort.Succeeded, now, e.MaxAge) {
					continue
				}
				for _, observation := range cohort.Live {
					if observation.Workers {
						w.observations(e.Workers.relabel(observation))
					}
				}
			}
		}
	})
}

func withoutWorkers(observations []definition.Observation) []definition.Observation {
	var others []definition.Observation
	for _, observation := range observations {
		if !observation.Workers {
			others = append(others, observation)
		}
	}
	return others
}

// relabel replaces the worker's staff number as Mode sets it, and returns nothing where
// Mode is off.
func (w WorkerLabels) relabel(observation definition.Observation) []definition.Observation {
	if w.Mode == "off" {
		return nil
	}
	labels := append([]string{}, observation.Labels...)
	for _, family := range observation.Indicator.Families() {
		for i, label := range family.Labels {
			if family.By == observation.By && family.Part == definition.Value && label == "worker" && w.Mode == "hash" {
				labels[i] = w.hash(labels[i])
			}
		}
	}
	observation.Labels = labels
	return []definition.Observation{observation}
}

func (w WorkerLabels) hash(worker string) string {
	if worker == "unknown" {
		return worker
	}
	mac := hmac.New(sha256.New, w.HMACKey)
	_, _ = mac.Write([]byte(worker))
	return hex.EncodeToString(mac.Sum(nil)[:8])
}
