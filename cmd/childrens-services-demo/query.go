package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// get fetches a page; any status but 200 is an error with the first line of the answer.
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

// api asks one of the server's endpoints and decodes what it calls data.
func (p prometheus) api(ctx context.Context, path string, parameters url.Values, into any) error {
	body, err := get(ctx, "http://"+string(p)+"/api/v1/"+path+"?"+parameters.Encode())
	if err != nil {
		return err
	}
	var answer struct {
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return fmt.Errorf("decode the answer of Prometheus: %w", err)
	}
	if err := json.Unmarshal(answer.Data, into); err != nil {
		return fmt.Errorf("decode the answer of Prometheus: %w", err)
	}
	return nil
}

// sample is one element of an instant vector.
type sample struct {
	labels map[string]string
	value  float64
}

func (p prometheus) query(ctx context.Context, expression string) ([]sample, error) {
	var answer struct {
		Result []struct {
			Metric map[string]string `json:"metric"`
			Value  [2]any            `json:"value"`
		} `json:"result"`
	}
	if err := p.api(ctx, "query", url.Values{"query": {expression}}, &answer); err != nil {
		return nil, fmt.Errorf("%s: %w", expression, err)
	}
	var samples []sample
	for _, element := range answer.Result {
		text, _ := element.Value[1].(string)
		value, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil, fmt.Errorf("%s: value %q: %w", expression, text, err)
		}
		samples = append(samples, sample{element.Metric, value})
	}
	return samples, nil
}

// number is the value of an expression with exactly one result.
func (p prometheus) number(ctx context.Context, expression string) (float64, error) {
	samples, err := p.query(ctx, expression)
	if err != nil {
		return 0, err
	}
	if len(samples) != 1 {
		return 0, fmt.Errorf("%s: %d results instead of one", expression, len(samples))
	}
	return samples[0].value, nil
}
