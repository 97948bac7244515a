//go:build !linux

package sqlite_test

import "os"

func syncData(file *os.File) error { return file.Sync() }
