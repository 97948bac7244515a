// Package durable writes files that survive a power cut whole, or not at all.
//
// A file is durable when its bytes are, and its name is: the name stands in the directory, which has to be synced too.
package durable

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// Replace writes a file beside the one that is there, for its owner only, and puts it in its place when it is whole. If we
// die here, the old one or the new one is there, never half of one. When it returns, the new one is.
func Replace(path string, write func(*os.File) error) error {
	if err := Write(path+".new", write); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return fmt.Errorf("replace %s: %w", filepath.Base(path), err)
	}
	return SyncDir(filepath.Dir(path))
}

// Write writes a file, for its owner only, and makes its bytes durable. Its name is durable once SyncDir says so.
func Write(path string, write func(*os.File) error) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	err = write(file)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return nil
}

// Bytes is what Write and Replace are given to write these.
func Bytes(content []byte) func(*os.File) error {
	return func(file *os.File) error {
		_, err := file.Write(content)
		return err
	}
}

// SyncDir makes the names in a directory durable. Windows cannot, and needs not.
func SyncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	opened, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("sync the directory: %w", err)
	}
	if err := errors.Join(opened.Sync(), opened.Close()); err != nil {
		return fmt.Errorf("sync the directory: %w", err)
	}
	return nil
}
