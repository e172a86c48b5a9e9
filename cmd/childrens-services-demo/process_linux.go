package main

import "syscall"

// attributes give a child a process group of its own, so that Ctrl-C reaches only us and we stop the children in order,
// and end it when we are killed.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
}
