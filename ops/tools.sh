#!/bin/sh
# Installs what the tests need beside Go, if it is not there: Debian's Chromium, curl, PostgreSQL, GLPK and zbar, and axe-core.
set -eu
cd "$(dirname "$0")"
missing=""
for tool in chromium curl; do
	command -v "$tool" >/dev/null || missing="$missing $tool"
done
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v glpsol >/dev/null || missing="$missing glpk-utils"
command -v zbarimg >/dev/null || missing="$missing zbar-tools"
if [ -n "$missing" ]; then
	apt-get update -qq
	# shellcheck disable=SC2086 # one word for each tool
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi
[ -d browser/node_modules/axe-core ] || npm --prefix browser ci --silent --no-audit --no-fund
