// Package config holds what is common to everything a council sets: its settings, its files and its own tables.
package config
