package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"childrens-services-exporter/internal/process"
)

// program is what to start. Its environment has nothing of ours but PATH and HOME: CSE_, PG and GF_ variables of the
// person's shell belong to other servers.
type program struct {
	name        string
	path        string
	arguments   []string
	environment []string
	stdin       io.Reader // nil is nothing
	stdout      io.Writer // nil is the log
	dir         string
}

// child is a started program with its log.
type child struct {
	*process.Process
	name string
	log  string // file
}

// startProgram starts a program with a log of its own in the folder of logs.
func startProgram(p program, logs string) (*child, error) {
	file := filepath.Join(logs, p.name+".log")
	log, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", p.name, err)
	}
	defer log.Close() // the child writes to its own copy
	command := process.Command{
		Path: p.path, Args: p.arguments, Dir: p.dir, Stdin: p.stdin, Stdout: log, Stderr: log,
		Env:        append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}, p.environment...),
		StopSignal: syscall.SIGTERM, KillAfter: 10 * time.Second,
	}
	if p.stdout != nil {
		command.Stdout = p.stdout
	}
	started, err := process.Start(command)
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", p.name, err)
	}
	return &child{started, p.name, file}, nil
}

// runProgram starts a program that ends by itself and waits for it. Its error has the last lines of the log.
func runProgram(ctx context.Context, p program, logs string) error {
	c, err := startProgram(p, logs)
	if err != nil {
		return err
	}
	if err := c.Wait(ctx); err != nil {
		return fmt.Errorf("%s failed (%w): %s", p.name, err, c.lastLines(6))
	}
	return nil
}

func (c *child) lastLines(n int) string {
	text, err := os.ReadFile(c.log)
	if err != nil {
		return "it has no log"
	}
	lines := strings.Split(string(bytes.TrimSpace(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n  ")
}
