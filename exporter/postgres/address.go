package postgres

import (
	"fmt"
	"net"
	"net/url"
	"strings"

	"github.com/lib/pq"
)

// parseAddress checks an address first, since the driver and net/url quote it, with
// its password, in their errors.
func parseAddress(setting, address string) (pq.Config, error) {
	invalid := func(problem string) (pq.Config, error) {
		return pq.Config{}, fmt.Errorf("%s: %s; expected postgres://user:password@host:5432/database?sslmode=verify-full", setting, problem)
	}
	if strings.TrimSpace(address) == "" {
		return invalid("is empty; set it or remove it")
	}
	if !strings.HasPrefix(address, "postgres://") && !strings.HasPrefix(address, "postgresql://") {
		return invalid("is not a PostgreSQL address")
	}
	address = withHostParameters(address)
	parsed, err := url.Parse(address)
	if err != nil {
		return invalid("is not a valid URL; percent-encode special characters in the password")
	}
	if parsed.Query().Get("sslmode") == "" {
		return invalid("does not choose sslmode; add ?sslmode=verify-full, or disable for a socket. If the password has a # or a ?, percent-encode it")
	}
	config, err := pq.NewConfig(address)
	if err != nil {
		return invalid("has an option that the driver does not accept")
	}
	if config.ApplicationName == "" {
		config.ApplicationName = "childrens-services-exporter"
	}
	if config.Runtime == nil {
		config.Runtime = map[string]string{}
	}
	return config, nil
}

// withHostParameters moves several hosts, host1:5432,host2:5433 as libpq takes them,
// into the parameters host and port, since net/url knows one host alone.
func withHostParameters(address string) string {
	scheme, rest, _ := strings.Cut(address, "://")
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	authority, rest := rest[:end], rest[end:]
	login := authority[:strings.LastIndexByte(authority, '@')+1]
	list := strings.Split(authority[len(login):], ",")
	if len(list) == 1 {
		return address
	}
	var hosts, ports []string
	for _, entry := range list {
		host, port, err := net.SplitHostPort(entry)
		if err != nil {
			host, port = strings.Trim(entry, "[]"), "5432"
		}
		hosts, ports = append(hosts, host), append(ports, port)
	}
	path, query, _ := strings.Cut(rest, "?")
	parameters := "host=" + url.QueryEscape(strings.Join(hosts, ",")) + "&port=" + url.QueryEscape(strings.Join(ports, ","))
	return scheme + "://" + login + path + "?" + parameters + "&" + query
}
