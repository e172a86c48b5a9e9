package collect_test

import (
	"testing"

	"childrens-services-exporter/internal/throwaway/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }
