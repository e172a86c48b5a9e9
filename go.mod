module childrens-services-exporter

go 1.26.0

require (
	github.com/google/go-cmp v0.7.0 // indirect
	github.com/jmoiron/sqlx v1.4.0 // indirect
	github.com/kelseyhightower/envconfig v1.4.0 // indirect
	github.com/lib/pq v1.12.3 // indirect
	github.com/prometheus/client_golang v1.25.0 // indirect
	github.com/prometheus/common v0.73.1 // indirect
	github.com/prometheus/exporter-toolkit v0.20.0 // indirect
	go.yaml.in/yaml/v3 v3.0.6 // indirect
)
