package temppg

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

const (
	directoryPrefix = "temppg-"
	lockName        = "lock"
)

// createDirectory makes the cluster's directory, hands it to the server's account and locks it. The kernel releases the
// lock when this process ends.
func createDirectory(dir string, bulk bool, o *owner) (string, *os.File, error) {
	if dir == "" {
		// Not os.TempDir: a test's temporary directory is too long for a socket and closed to another account.
		roots := parentDirectories(bulk)
		for _, root := range roots {
			removeLeftovers(root, o)
		}
		created, err := os.MkdirTemp(roots[0], directoryPrefix)
		if err != nil {
			return "", nil, fmt.Errorf("make a directory for PostgreSQL: %w", err)
		}
		return lockDirectory(created, o)
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", nil, fmt.Errorf("place PostgreSQL: %w", err)
	}
	if len(dir) > longestSocketDir {
		return "", nil, fmt.Errorf("%s is too long for a socket's path: choose a directory of at most %d bytes", dir, longestSocketDir)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", nil, fmt.Errorf("make a directory for PostgreSQL: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", nil, fmt.Errorf("read the directory for PostgreSQL: %w", err)
	}
	if len(entries) > 0 {
		return "", nil, fmt.Errorf("%s is not empty, and all of it would be removed afterwards: choose an empty or a new directory", dir)
	}
	return lockDirectory(dir, o)
}

// lockDirectory locks a file and renames it to lockName, so that the lock of a running cluster is never seen unlocked.
func lockDirectory(dir string, o *owner) (string, *os.File, error) {
	lock, err := os.CreateTemp(dir, lockName+"-")
	if err == nil {
		err = errors.Join(
			syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB),
			os.Rename(lock.Name(), filepath.Join(dir, lockName)),
			o.chown(dir),
		)
	}
	if err != nil {
		return "", nil, errors.Join(fmt.Errorf("prepare the directory for PostgreSQL: %w", err), os.RemoveAll(dir))
	}
	return dir, lock, nil
}

// removeLeftovers removes the directories of clusters whose process was killed, as far as it may.
func removeLeftovers(root string, o *owner) {
	directories, err := filepath.Glob(filepath.Join(root, directoryPrefix+"*"))
	if err != nil {
		return
	}
	for _, dir := range directories {
		if !isOwned(dir, o) {
			continue
		}
		lock, err := os.Open(filepath.Join(dir, lockName))
		if err != nil {
			continue
		}
		if syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
			_ = os.RemoveAll(dir)
		}
		_ = lock.Close()
	}
}

// isOwned is true of a directory of the server's account, and false of a link or of another user's.
func isOwned(dir string, o *owner) bool {
	info, err := os.Lstat(dir)
	if err != nil || !info.IsDir() {
		return false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && stat.Uid == o.uid()
}
