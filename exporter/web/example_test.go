package web_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"time"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/web"
)

func ExampleExporter_Handler() {
	council := &web.Exporter{
		Settings: config.Settings{Authority: config.Authority{Name: "Rutshire", LACode: 999, Region: "East"}},
		MaxAge:   time.Hour, Workers: web.WorkerLabels{Mode: "off"}, Now: time.Now,
	}
	answer := httptest.NewRecorder()
	council.Handler(slog.New(slog.DiscardHandler)).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics/public", nil))
	fmt.Print(answer.Body)
	// Output:
	// # HELP childrens_authority_info The council.
	// # TYPE childrens_authority_info gauge
	// childrens_authority_info{authority_region="East",la_code="999",name="Rutshire"} 1
}
