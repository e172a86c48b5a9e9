package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"childrens-services-exporter/exporter/definition"
)

// WorkerNames decides what stands in the label worker.
type WorkerNames struct {
	// Form is staff_id, hash or off.
	Form string
	// Key makes the hash; a bare hash of a staff number is guessed in a second.
	Key []byte
}

// Check refuses an unknown form, or hash without a key.
func (w WorkerNames) Check() error {
	switch {
	case w.Form == "hash" && len(w.Key) < 16:
		return fmt.Errorf("CSE_WORKER_LABEL=hash needs CSE_WORKER_KEY with at least 16 characters")
	case w.Form != "staff_id" && w.Form != "hash" && w.Form != "off":
		return fmt.Errorf("CSE_WORKER_LABEL must be staff_id, hash or off")
	}
	return nil
}

// rename gives the reading with the worker as the council chose, or nothing.
func (w WorkerNames) rename(reading definition.Reading) []definition.Reading {
	if w.Form == "off" {
		return nil
	}
	labels := append([]string{}, reading.Labels...)
	for _, family := range reading.Indicator.Families() {
		for i, label := range family.Labels {
			if family.By == reading.By && family.Part == definition.Value && label == "worker" && w.Form == "hash" {
				labels[i] = w.hash(labels[i])
			}
		}
	}
	reading.Labels = labels
	return []definition.Reading{reading}
}

func (w WorkerNames) hash(worker string) string {
	if worker == "unknown" {
		return worker
	}
	mac := hmac.New(sha256.New, w.Key)
	_, _ = mac.Write([]byte(worker))
	return hex.EncodeToString(mac.Sum(nil)[:8])
}
