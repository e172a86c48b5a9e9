package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	toolkit "github.com/prometheus/exporter-toolkit/web"
)

// runServe collects in the background and serves until the process is stopped.
func runServe(ctx context.Context, p *program, arguments []string) error {
	if operands, err := p.parse(p.flags("serve"), arguments); err != nil || len(operands) > 0 {
		return errors.Join(err, unexpected("serve", operands))
	}
	log, err := p.logger()
	if err != nil {
		return err
	}
	opened, err := p.open()
	if err != nil {
		return err
	}
	defer opened.close()
	if err := toolkit.Validate(p.config.WebConfigFile); err != nil {
		return usageError{fmt.Errorf("CSE_WEB_CONFIG_FILE: %w", err)}
	}
	opened.logIssues(log)
	collectors := p.collectors(opened, moment{time.Now, opened.state, log})
	var running sync.WaitGroup
	ctx, stop := context.WithCancel(ctx)
	defer func() { stop(); waitBriefly(&running) }()
	for _, collector := range collectors {
		running.Go(func() { collector.Run(ctx) })
	}
	pages := p.pages(opened, collectors, time.Now)
	if pages.Commentary = p.commentary(opened, log); pages.Commentary != nil {
		running.Go(func() { pages.Commentary.Run(ctx, p.config.Interval) })
	}
	failed := make(chan error, 2)
	go func() { failed <- p.listen(ctx, p.config.ListenAddress, pages.Handler(log), log) }()
	if p.config.PublicListenAddress != "" {
		go func() { failed <- p.listen(ctx, p.config.PublicListenAddress, pages.PublicHandler(log), log) }()
	}
	select {
	case <-ctx.Done():
		return nil
	case err := <-failed:
		return err
	}
}

// waitBriefly waits for running collections, for a limited time: the driver does not
// return from a query to a frozen server.
func waitBriefly(running *sync.WaitGroup) {
	ended := make(chan struct{})
	go func() { running.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(5 * time.Second):
	}
}

// listen serves one address until the context ends.
func (p *program) listen(ctx context.Context, address string, handler http.Handler, log *slog.Logger) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() {
		ending, done := context.WithTimeout(context.Background(), 5*time.Second)
		defer done()
		_ = server.Shutdown(ending)
	})
	err := toolkit.ListenAndServe(server, &toolkit.FlagConfig{
		WebListenAddresses: &[]string{address}, WebSystemdSocket: new(false), WebConfigFile: &p.config.WebConfigFile,
	}, log)
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return usageError{fmt.Errorf("cannot listen on %s: %w; choose another CSE_LISTEN_ADDRESS or CSE_PUBLIC_LISTEN_ADDRESS", address, err)}
}

func unexpected(command string, operands []string) error {
	if len(operands) == 0 {
		return nil
	}
	return usageError{fmt.Errorf("%s does not take %q", command, operands[0])}
}
