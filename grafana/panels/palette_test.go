package panels_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"childrens-services-exporter/grafana/panels"
)

type rgb [3]float64

func colour(t *testing.T, hex string) rgb {
	t.Helper()
	var out rgb
	for i := range out {
		part, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatalf("%s: %v", hex, err)
		}
		out[i] = float64(part)
	}
	return out
}

// over paints a colour on a ground as thinly as its last two digits say.
func over(t *testing.T, hex string, ground rgb) rgb {
	t.Helper()
	alpha, err := strconv.ParseUint(hex[7:9], 16, 8)
	if err != nil {
		t.Fatalf("%s: %v", hex, err)
	}
	thin, painted := float64(alpha)/255, colour(t, hex[:7])
	if thin >= 0.3 {
		t.Errorf("%s: from 0.3 on Grafana no longer writes in the theme's own letters", hex)
	}
	for i := range painted {
		painted[i] = painted[i]*thin + ground[i]*(1-thin)
	}
	return painted
}

// contrast is the ratio that WCAG 2.2 defines.
func contrast(a, b rgb) float64 {
	luminance := func(c rgb) float64 {
		sum := 0.0
		for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
			part := c[i] / 255
			if part <= 0.04045 {
				part /= 12.92
			} else {
				part = math.Pow((part+0.055)/1.055, 2.4)
			}
			sum += weight * part
		}
		return sum
	}
	light, dark := max(luminance(a), luminance(b)), min(luminance(a), luminance(b))
	return (light + 0.05) / (dark + 0.05)
}

// TestContrast holds every letter on a coloured ground to 4.5:1 in both themes:
// the grounds of Grafana's pages and panels, and the letters it writes on them.
func TestContrast(t *testing.T) {
	const least = 4.5
	dark, light := rgb{32, 34, 38}, rgb{247, 248, 250}
	for _, hex := range panels.Palette() {
		if len(hex) != 9 {
			continue
		}
		for _, ground := range []rgb{{255, 255, 255}, {251, 252, 253}} {
			if ratio := contrast(dark, over(t, hex, ground)); ratio < least {
				t.Errorf("%s on light: dark letters stand out by %.1f", hex, ratio)
			}
		}
		for _, ground := range []rgb{{17, 18, 23}, {24, 27, 31}} {
			if ratio := contrast(light, over(t, hex, ground)); ratio < least {
				t.Errorf("%s on dark: light letters stand out by %.1f", hex, ratio)
			}
		}
	}
	if ratio := contrast(light, colour(t, panels.Alarm)); ratio < least {
		t.Errorf("the alarm's letters stand out by %.1f", ratio)
	}
}

// A status is never shown by colour alone.
func TestStatuses(t *testing.T) {
	keys, shapes := map[string]bool{}, map[string]bool{}
	for _, status := range panels.Statuses() {
		if keys[status.Key] || status.Text == "" {
			t.Errorf("status %q is there twice or has no words", status.Key)
		}
		keys[status.Key] = true
		if status.Blank {
			continue
		}
		shape, _, _ := strings.Cut(status.Text, " ")
		if !slices.Contains([]string{"▲", "●", "▼", "■"}, shape) {
			t.Errorf("status %q has no shape", status.Key)
		}
		if shape != "■" && shapes[shape] {
			t.Errorf("shape %s stands for two statuses", shape)
		}
		shapes[shape] = true
	}
}
