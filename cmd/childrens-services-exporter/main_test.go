package main

import (
	"testing"

	"childrens-services-exporter/internal/temppg/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }
