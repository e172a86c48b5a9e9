//go:build linux || darwin || freebsd || netbsd || openbsd

package rag

import (
	"os"
	"syscall"
	"time"
)

// lockPatience is how long another process may take to write a small file.
const lockPatience = 5 * time.Second

// lockFile keeps other processes from writing until it is unlocked. The system
// lets go of the lock of a process that ends, however it ends.
func lockFile(name string) (unlock func(), err error) {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for waited := time.Duration(0); ; waited += 10 * time.Millisecond {
		err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { _ = file.Close() }, nil
		}
		if waited >= lockPatience {
			_ = file.Close()
			return nil, err
		}
		time.Sleep(10 * time.Millisecond)
	}
}
