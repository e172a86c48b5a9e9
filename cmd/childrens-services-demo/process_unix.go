//go:build unix && !linux

package main

import "syscall"

// attributes leave a child in our process group: without a death signal, Ctrl-C must reach it directly.
func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{} }
