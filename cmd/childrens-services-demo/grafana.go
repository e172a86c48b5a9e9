package main

import (
	"context"
	"fmt"
	"net"
	"path/filepath"
	"time"
)

// startGrafana starts it with the configuration and the provisioning of this repository; only paths and addresses are
// given to it here.
func (s *environment) startGrafana(ctx context.Context, t tools, a addresses) error {
	folder, data := filepath.Join(s.repository, "grafana"), filepath.Join(s.dir, "grafana")
	host, port, err := net.SplitHostPort(a.grafana)
	if err != nil {
		return fmt.Errorf("address of Grafana: %w", err)
	}
	return s.step("Starting Grafana", func() (string, error) {
		err := s.startServer(program{
			name: "grafana", path: t.grafana, dir: t.grafanaHome,
			arguments: []string{"server", "--homepath", t.grafanaHome, "--config", filepath.Join(folder, "grafana.ini")},
			environment: []string{
				"GF_PATHS_DATA=" + data, "GF_PATHS_LOGS=" + filepath.Join(data, "log"), "GF_PATHS_PLUGINS=" + filepath.Join(data, "plugins"),
				"GF_PATHS_PROVISIONING=" + filepath.Join(folder, "provisioning"),
				"GF_SERVER_HTTP_ADDR=" + host, "GF_SERVER_HTTP_PORT=" + port,
				"GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH=" + filepath.Join(folder, homeDashboard),
				"CHILDRENS_DASHBOARDS=" + filepath.Join(folder, "dashboards"),
				"CHILDRENS_PROMETHEUS_URL=http://" + a.managers, "CHILDRENS_PUBLIC_PROMETHEUS_URL=http://" + a.public,
			},
		})
		if err != nil {
			return "", err
		}
		return "", s.waitUntil(ctx, "Grafana", time.Minute, func(ctx context.Context) error {
			_, err := get(ctx, "http://"+a.grafana+"/api/health")
			return err
		})
	})
}

// homeDashboard is what a browser without an address shows.
const homeDashboard = "dashboards/Wallboards/whole-service.json"
