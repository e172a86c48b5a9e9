package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
)

// tools are the programs of others that the demonstration runs.
type tools struct {
	prometheus, promtool string
	grafana              string // "" where none is installed
	grafanaHome          string
}

func findTools() (tools, error) {
	var t tools
	var err error
	if t.prometheus, err = exec.LookPath("prometheus"); err != nil {
		return t, fmt.Errorf("no prometheus in PATH: run `make tools`")
	}
	if t.promtool, err = exec.LookPath("promtool"); err != nil {
		return t, fmt.Errorf("no promtool in PATH: run `make tools`")
	}
	t.grafana, t.grafanaHome, err = findGrafana(os.Getenv("GRAFANA_HOME"))
	return t, err
}

// findGrafana looks in the folder that GRAFANA_HOME names, or for grafana in PATH with its home where the packages put
// it or above its own bin. None at all is no error; a GRAFANA_HOME without a program is.
func findGrafana(home string) (program, homePath string, err error) {
	if home != "" {
		program = filepath.Join(home, "bin", "grafana")
		if about, err := os.Stat(program); err != nil || about.IsDir() {
			return "", "", fmt.Errorf("GRAFANA_HOME: %s has no bin/grafana; correct or unset it", home)
		}
		return program, home, nil
	}
	executable, err := exec.LookPath("grafana")
	if err != nil {
		return "", "", nil
	}
	if target, err := filepath.EvalSymlinks(executable); err == nil {
		executable = target
	}
	for _, home := range []string{filepath.Dir(filepath.Dir(executable)), "/usr/share/grafana"} {
		if about, err := os.Stat(filepath.Join(home, "conf", "defaults.ini")); err == nil && !about.IsDir() {
			return executable, home, nil
		}
	}
	return "", "", fmt.Errorf("%s has no conf/defaults.ini near it: set GRAFANA_HOME to the folder that holds bin, conf and public", executable)
}

// addresses are where everything listens.
type addresses struct{ exporter, managers, public, grafana string }

// chooseAddresses takes the usual ports as far as they are free, or any free ones.
func chooseAddresses(usual bool) (addresses, error) {
	var a addresses
	for _, choice := range []struct {
		into *string
		port int
	}{{&a.exporter, 10153}, {&a.managers, 9090}, {&a.public, 9091}, {&a.grafana, 3000}} {
		if !usual {
			choice.port = 0
		}
		listener, err := listenNear(choice.port)
		if err != nil {
			return a, fmt.Errorf("find a free port: %w", err)
		}
		// Held until all are chosen, so that none is chosen twice.
		defer listener.Close()
		*choice.into = listener.Addr().String()
	}
	return a, nil
}

// listenNear listens on loopback at the port asked for, or at any free one if that is taken or 0.
func listenNear(port int) (net.Listener, error) {
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil && port != 0 {
		return net.Listen("tcp", "127.0.0.1:0")
	}
	return listener, err
}
