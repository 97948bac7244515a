#!/bin/sh
# Keeps one PostgreSQL for as long as standard input stays open, and leaves nothing behind.
# Its argument is the directory of PostgreSQL's programs. It reads lines: first the password of the user signaalboek, then
# orders: start PORT, database NAME, crash. Each order is answered by "ok", or by why not and "failed".
set -u
trap '' INT TERM PIPE # who presses Ctrl-C ends the test, and the end of the test is ours
umask 077
bin=$1 port=
name=postgrestest-XXXXXXXX # in /tmp if ours is closed to the user postgres
home=$(mktemp -d "${TMPDIR:-/tmp}/$name" 2>/dev/null || mktemp -d "/tmp/$name") && cd "$home" || exit

make() {
	read -r password && echo "$password" >password
	"$bin/initdb" --pgdata=data --username=signaalboek --pwfile=password --auth-local=trust --auth-host=scram-sha-256 \
		--encoding=UTF8 --locale=C --no-sync >init.log 2>&1 || { cat init.log; return 1; }
}

# Only who owns the directory can use the socket in it, which therefore asks for no password.
start() {
	port=$1
	"$bin/pg_ctl" start --silent --wait --pgdata=data --log=server.log \
		--options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='$home'" || { cat server.log; return 1; }
}

crash() { "$bin/pg_ctl" stop --silent --wait --mode=immediate --pgdata=data; }

obey() {
	while read -r order argument; do
		case $order in
		start) start "$argument" ;;
		database) "$bin/createdb" --host="$home" --port="$port" --username=signaalboek "$argument" ;;
		crash) crash ;;
		esac && echo ok || echo failed
	done
}

make && obey
if [ -f data/postmaster.pid ]; then crash; fi
cd / && rm -rf "$home"
