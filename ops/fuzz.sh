#!/bin/sh
# Runs every fuzz target of the repository for a while: sh ops/fuzz.sh [time for each, 20s]
set -eu
cd "$(dirname "$0")/.."
for package in $(grep -rl --include='*_test.go' '^func Fuzz' . | xargs -n1 dirname | sort -u); do
	for target in $(grep -ho '^func Fuzz[A-Za-z0-9]*' "$package"/*_test.go | sed 's/^func //'); do
		echo "$package $target"
		go test "$package" -run '^$' -fuzz "^$target\$" -fuzztime "${1:-20s}"
	done
done
