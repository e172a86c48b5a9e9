package temppg

import "syscall"

// attributes put the server in a process group of its own, so that Ctrl-C at a terminal reaches only us and we stop it
// in order, and tie its life to ours.
func attributes(o *owner) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGQUIT, Credential: o.credential}
}

// parentDirectories are where directories go, the fastest first: a database is some 600 files, which a disk makes in a quarter of a
// second and memory in a fiftieth. A container's usual 64 MB of memory would not last, nor any amount for bulk.
func parentDirectories(bulk bool) []string {
	const memory = "/dev/shm"
	var free syscall.Statfs_t
	if bulk || syscall.Statfs(memory, &free) != nil || free.Bavail*uint64(free.Bsize) < 4<<30 {
		return []string{"/tmp", memory}
	}
	return []string{memory, "/tmp"}
}
