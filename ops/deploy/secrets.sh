#!/bin/sh
# Makes what compose.yaml needs and what may stand in no file that is shared: passwords, connection strings and
# certificates. One directory for each who reads it, owned by the user of its container.
#
#	sh ops/deploy/secrets.sh [DIRECTORY]
#
# Run it as root. Run again, it makes what is missing and leaves the rest alone; so a certificate is renewed by removing
# it first. The master key of the vault and the key that signs are made by the first replica that starts; this gives copies to those
# without them. Keep copies of a master.key, of a signing.key and of authority/ away from this machine.
set -eu
umask 077
cd "$(dirname "$0")"
directory=${1:-secrets}
mkdir -p "$directory"
cd "$directory"

# Each authority vouches for one kind of server, so that none can pose as another.
authority() {
	mkdir -p authority
	[ -e "authority/$1.key" ] || openssl req -x509 -newkey rsa:2048 -nodes -sha256 -days 3650 -subj "/CN=signaalboek $1" \
		-addext keyUsage=critical,keyCertSign,cRLSign -keyout "authority/$1.key" -out "authority/$1.crt" 2>/dev/null
}

# certificate AUTHORITY DIRECTORY NAME SUBJECT HOSTS. Nodes of EventStoreDB are servers and clients of each other.
certificate() {
	mkdir -p "$2"
	[ ! -e "$2/$3.crt" ] || return 0
	openssl req -newkey rsa:2048 -nodes -sha256 -subj "/CN=$4" -keyout "$2/$3.key" -out "$2/$3.csr" 2>/dev/null
	{
		echo "subjectAltName=$5"
		echo "keyUsage=critical,digitalSignature,keyEncipherment"
		echo "extendedKeyUsage=serverAuth,clientAuth"
	} >"$2/$3.ext"
	openssl x509 -req -sha256 -days 365 -in "$2/$3.csr" -CA "authority/$1.crt" -CAkey "authority/$1.key" -CAcreateserial \
		-extfile "$2/$3.ext" -out "$2/$3.crt" 2>/dev/null
	rm "$2/$3.csr" "$2/$3.ext"
}

# keep FILE: what is read becomes the file, if there is none.
keep() {
	mkdir -p "$(dirname "$1")"
	if [ -e "$1" ]; then cat >/dev/null; else cat >"$1"; fi
}

password() { openssl rand -hex 24; }

authority eventstore
authority postgres
for node in 1 2 3; do
	certificate eventstore "eventstore$node" node eventstoredb-node "DNS:eventstore$node,DNS:localhost,IP:127.0.0.1"
	mkdir -p "eventstore$node/ca"
	cp authority/eventstore.crt "eventstore$node/ca/ca.crt"
done
certificate postgres postgres server postgres "DNS:postgres"
for reader in signaalboek prometheus; do
	mkdir -p $reader
	cp authority/eventstore.crt $reader/eventstore-ca.crt
done
cp authority/postgres.crt signaalboek/postgres-ca.crt

for replica in 1 2 3; do
	mkdir -p "replica$replica"
	for key in master.key signing.key; do
		for other in replica*/$key; do
			[ ! -e "$other" ] || keep "replica$replica/$key" <"$other"
		done
	done
done
password | keep postgres/password
password | keep grafana/password
password | keep authority/eventstore-admin
password | keep prometheus/eventstore-ops
admin=$(cat authority/eventstore-admin)
printf 'EVENTSTORE_DEFAULT_ADMIN_PASSWORD=%s\nEVENTSTORE_DEFAULT_OPS_PASSWORD=%s\n' "$admin" "$(cat prometheus/eventstore-ops)" |
	keep eventstore.env
echo "esdb://admin:$admin@eventstore1:2113,eventstore2:2113,eventstore3:2113?tls=true&tlsCAFile=/run/secrets/eventstore-ca.crt" |
	keep signaalboek/log
echo "postgres://signaalboek:$(cat postgres/password)@postgres:5432/signaalboek?sslmode=verify-full&sslrootcert=/run/secrets/postgres-ca.crt" |
	keep signaalboek/vault

# The users of the containers: those of the images, and ours of the Dockerfile.
if [ "$(id -u)" -eq 0 ]; then
	chown -R 65532:65532 signaalboek replica*
	chown -R 1000:1000 eventstore1 eventstore2 eventstore3
	chown -R 999:999 postgres
	chown -R 65534:65534 prometheus
	chown -R 472:472 grafana
else
	echo "not run as root: the users of the containers cannot read these files" >&2
fi
