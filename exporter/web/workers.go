package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"childrens-services-exporter/exporter/definition"
)

// WorkerLabels decides what stands in the label worker.
type WorkerLabels struct {
	// Mode is staff_id, hash or off.
	Mode string
	// HMACKey makes the hash; a bare hash of a staff number is guessed in a second.
	HMACKey []byte
}

// Check refuses an unknown form, or hash without a key.
func (w WorkerLabels) Check() error {
	switch {
	case w.Mode == "hash" && len(w.HMACKey) < 16:
		return fmt.Errorf("CSE_WORKER_LABEL=hash needs CSE_WORKER_KEY with at least 16 characters")
	case w.Mode != "staff_id" && w.Mode != "hash" && w.Mode != "off":
		return fmt.Errorf("CSE_WORKER_LABEL must be staff_id, hash or off")
	}
	return nil
}

// rename gives the reading with the worker as the council chose, or nothing.
func (w WorkerLabels) rename(reading definition.Observation) []definition.Observation {
	if w.Mode == "off" {
		return nil
	}
	labels := append([]string{}, reading.Labels...)
	for _, family := range reading.Indicator.Families() {
		for i, label := range family.Labels {
			if family.By == reading.By && family.Part == definition.Value && label == "worker" && w.Mode == "hash" {
				labels[i] = w.hash(labels[i])
			}
		}
	}
	reading.Labels = labels
	return []definition.Observation{reading}
}

func (w WorkerLabels) hash(worker string) string {
	if worker == "unknown" {
		return worker
	}
	mac := hmac.New(sha256.New, w.HMACKey)
	_, _ = mac.Write([]byte(worker))
	return hex.EncodeToString(mac.Sum(nil)[:8])
}
