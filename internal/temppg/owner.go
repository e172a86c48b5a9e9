package temppg

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
)

// owner is the account the server runs under. A nil credential is our own.
type owner struct {
	credential *syscall.Credential
}

// serverOwner picks an ordinary account when we are root, which PostgreSQL refuses.
func serverOwner() (*owner, error) {
	if os.Geteuid() != 0 {
		return &owner{}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		account, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(account.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(account.Gid, 10, 32)
		if err := errors.Join(uidErr, gidErr); err != nil {
			return nil, fmt.Errorf("read the account %s: %w", name, err)
		}
		return &owner{&syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
	}
	return nil, errors.New("PostgreSQL refuses to run as root, and there is neither a postgres nor a nobody account:" +
		" run as an ordinary user")
}

// chown hands a path to the server's account.
func (o *owner) chown(path string) error {
	if o.credential == nil {
		return nil
	}
	return os.Chown(path, int(o.credential.Uid), int(o.credential.Gid))
}

// uid is the account's number.
func (o *owner) uid() uint32 {
	if o.credential == nil {
		return uint32(os.Geteuid())
	}
	return o.credential.Uid
}

// findBinaries returns the directory of a server's programs: the one in PATH, else the newest that Debian installed,
// which keeps them out of PATH.
func findBinaries() (string, error) {
	if postgres, err := exec.LookPath("postgres"); err == nil {
		if program, err := filepath.EvalSymlinks(postgres); err == nil && isProgram(filepath.Join(filepath.Dir(program), "initdb")) {
			return filepath.Dir(program), nil
		}
	}
	return newestBinaries("/usr/lib/postgresql")
}

func newestBinaries(root string) (string, error) {
	servers, err := filepath.Glob(filepath.Join(root, "*", "bin", "postgres"))
	if err != nil {
		return "", fmt.Errorf("look for PostgreSQL in %s: %w", root, err)
	}
	servers = slices.DeleteFunc(servers, func(postgres string) bool {
		return !isProgram(postgres) || !isProgram(filepath.Join(filepath.Dir(postgres), "initdb"))
	})
	if len(servers) == 0 {
		return "", fmt.Errorf("no PostgreSQL server programs in PATH or %s: run `make tools`", root)
	}
	return filepath.Dir(slices.MaxFunc(servers, func(a, b string) int { return version(a) - version(b) })), nil
}

// version is the number of the directory that holds bin, so that 9 comes before 15.
func version(postgres string) int {
	n, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(postgres))))
	if err != nil {
		return 0
	}
	return n
}

func isProgram(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}
