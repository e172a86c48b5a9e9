//go:build unix && !linux

package process

import "syscall"

// attributes leave the child in our process group: without a death signal, Ctrl-C must reach it directly.
func attributes(c Command) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: c.Credential}
}
