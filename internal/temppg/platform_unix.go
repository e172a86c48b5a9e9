//go:build unix && !linux

package temppg

import "syscall"

// attributes leave the server in our process group: without a death signal, Ctrl-C must reach it directly.
func attributes(o *owner) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: o.credential}
}

func parents(bool) []string { return []string{"/tmp"} }
