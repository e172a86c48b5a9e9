package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/api"
	promapi "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/common/model"
)

// get fetches a page; any status but 200 is an error with the first line of the response.
func get(ctx context.Context, address string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", address, err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", address, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", address, err)
	}
	if response.StatusCode != http.StatusOK {
		first, _, _ := strings.Cut(strings.TrimSpace(string(body)), "\n")
		return nil, fmt.Errorf("%s answers %s: %s", address, response.Status, first)
	}
	return body, nil
}

// prometheus is a server's address, as in 127.0.0.1:9090.
type prometheus string

func (p prometheus) api() (promapi.API, error) {
	client, err := api.NewClient(api.Config{Address: "http://" + string(p)})
	if err != nil {
		return nil, fmt.Errorf("ask Prometheus at %s: %w", p, err)
	}
	return promapi.NewAPI(client), nil
}

// vector is the result of an expression now.
func (p prometheus) vector(ctx context.Context, expression string) (model.Vector, error) {
	server, err := p.api()
	if err != nil {
		return nil, err
	}
	value, _, _, err := server.Query(ctx, expression, time.Time{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", expression, err)
	}
	vector, ok := value.(model.Vector)
	if !ok {
		return nil, fmt.Errorf("%s: the result is a %s, not a vector", expression, value.Type())
	}
	return vector, nil
}

// number is the value of an expression with exactly one result.
func (p prometheus) number(ctx context.Context, expression string) (float64, error) {
	vector, err := p.vector(ctx, expression)
	if err != nil {
		return 0, err
	}
	if len(vector) != 1 {
		return 0, fmt.Errorf("%s: %d results instead of one", expression, len(vector))
	}
	return float64(vector[0].Value), nil
}
