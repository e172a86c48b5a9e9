//go:build unix && !linux

package temppg

// parentDirectories are where the cluster's directory may go.
func parentDirectories(bool) []string { return []string{"/tmp"} }
