package throwaway

import "syscall"

// attributes put the server in a process group of its own, so that Ctrl-C at a terminal reaches only us and we stop it
// in order, and tie its life to ours.
func attributes(o *owner) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGQUIT, Credential: o.credential}
}
