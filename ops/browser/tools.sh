#!/bin/sh
# Installs what the tests need beside Go: Debian's Chromium and curl, if they are not there, and axe-core.
set -eu
cd "$(dirname "$0")"
missing=""
for tool in chromium curl; do
	command -v "$tool" >/dev/null || missing="$missing $tool"
done
if [ -n "$missing" ]; then
	apt-get update -qq
	# shellcheck disable=SC2086 # one word for each tool
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi
[ -d node_modules/axe-core ] || npm ci --silent --no-audit --no-fund
