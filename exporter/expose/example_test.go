package expose_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"time"

	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/exporter/disclosure"
	"childrens-services-exporter/exporter/expose"
)

func ExampleCouncil_Handler() {
	council := &expose.Council{
		Settings: catalogue.Settings{Authority: catalogue.Authority{Name: "Rutshire", LACode: 999, Region: "East"}},
		Rules:    disclosure.DefaultRules(), MaxAge: time.Hour, Workers: expose.WorkerNames{Form: "off"}, Now: time.Now,
	}
	answer := httptest.NewRecorder()
	council.Handler(slog.New(slog.DiscardHandler)).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics/public", nil))
	fmt.Print(answer.Body)
	// Output:
	// # HELP childrens_authority_info The council.
	// # TYPE childrens_authority_info gauge
	// childrens_authority_info{authority_region="East",la_code="999",name="Rutshire"} 1
}
