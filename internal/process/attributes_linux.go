package process

import "syscall"

// attributes put the child in a process group of its own, so that Ctrl-C at a terminal reaches only us and we stop the
// children in order, and have the kernel end it when we die.
func attributes(c Command) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: c.StopSignal, Credential: c.Credential}
}
