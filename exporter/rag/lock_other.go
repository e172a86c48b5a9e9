//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package rag

// lockFile does nothing where the system has no such lock: give each exporter a
// state directory of its own there.
func lockFile(string) (unlock func(), err error) { return func() {}, nil }
