#!/bin/sh
# Installs what the browser tests need: Debian's Chromium, if there is none, and axe-core.
set -eu
cd "$(dirname "$0")"
if ! command -v chromium >/dev/null; then
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
[ -d node_modules/axe-core ] || npm ci --silent --no-audit --no-fund
