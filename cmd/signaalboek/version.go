package main

import (
	"context"
	"fmt"
	"runtime/debug"
)

// release is the version of the program. The Makefile sets it from the last tag.
var release = "0.1.0"

// version prints which version this is, and of what it was built.
func version(_ context.Context, c *call) error {
	f := c.flags()
	rest, err := f.parse(c)
	if err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, describeVersion())
	return noMore(rest)
}

func describeVersion() string {
	text := "signaalboek " + release
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return text
	}
	for _, setting := range build.Settings {
		if setting.Key == "vcs.revision" {
			text += " (" + setting.Value[:min(12, len(setting.Value))] + ")"
		}
	}
	return text + ", " + build.GoVersion
}
