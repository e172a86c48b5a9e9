package web

import (
	"log/slog"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	versioncollector "github.com/prometheus/client_golang/prometheus/collectors/version"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// The endpoints that serve metrics.
const (
	ManagersPath = "/metrics"
	WorkersPath  = "/metrics/workers"
	PublicPath   = "/metrics/public"
)

// Handler routes every endpoint.
func (e *Exporter) Handler(log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	managers := prometheus.NewRegistry()
	managers.MustRegister(e.ManagersPage(), versioncollector.NewCollector("childrens_exporter"),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	mux.Handle("GET "+ManagersPath, metrics(managers, log))
	mux.Handle("GET "+WorkersPath, metrics(registryOf(e.WorkersPage()), log))
	mux.Handle("GET "+PublicPath, metrics(registryOf(e.PublicPage()), log))
	mux.HandleFunc("GET /-/healthy", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("healthy\n"))
	})
	mux.HandleFunc("GET /-/ready", e.ready)
	mux.HandleFunc("GET /{$}", e.landing(log))
	return mux
}

// PublicHandler serves the public page and nothing else, for an address of its own
// (CSE_PUBLIC_LISTEN_ADDRESS).
func (e *Exporter) PublicHandler(log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET "+PublicPath, metrics(registryOf(e.PublicPage()), log))
	return mux
}

func registryOf(collector prometheus.Collector) *prometheus.Registry {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collector)
	return registry
}

func metrics(registry *prometheus.Registry, log *slog.Logger) http.Handler {
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{
		ErrorLog:            slog.NewLogLogger(log.Handler(), slog.LevelError),
		ErrorHandling:       promhttp.ContinueOnError,
		EnableOpenMetrics:   true,
		MaxRequestsInFlight: 40,
	})
}

// ready is the readiness check: it succeeds once every source has been tried, whether
// or not it is up, so that a rolling update leaves no gap.
func (e *Exporter) ready(w http.ResponseWriter, _ *http.Request) {
	for _, snapshot := range e.snapshots() {
		if snapshot.Attempted.IsZero() {
			http.Error(w, "waiting for the first collection of "+snapshot.Source, http.StatusServiceUnavailable)
			return
		}
	}
	_, _ = w.Write([]byte("ready\n"))
}
