# Common to the scripts beside it; sourced by bash.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

say() { printf '%s: %s\n' "${0##*/}" "$*"; }
fail() {
  say "FAILED: $*" >&2
  exit 1
}

# Installs the packages that are missing: install_missing COMMAND PACKAGE [COMMAND PACKAGE]...
install_missing() {
  local packages=()
  while [ $# -gt 0 ]; do
    command -v "$1" >/dev/null || packages+=("$2")
    shift 2
  done
  [ ${#packages[@]} -eq 0 ] || apt_install "${packages[@]}"
}

apt_install() {
  [ "$(id -u)" = 0 ] || fail "these packages are missing; install them: $*"
  say "installing $*"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update
  apt-get -qq install -y --no-install-recommends "$@" </dev/null >/dev/null
}

# The system's PostgreSQL 15, without a server that starts by itself.
install_postgres() {
  [ -x /usr/lib/postgresql/15/bin/initdb ] || {
    [ "$(id -u)" != 0 ] || { mkdir -p /etc/postgresql-common && printf 'create_main_cluster = false\n' >/etc/postgresql-common/createcluster.conf; }
    apt_install postgresql-15
  }
}

# A TCP port nobody listens on.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}

# Waits until a command succeeds: wait_until SECONDS COMMAND...
wait_until() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.2
  done
}

# All processes that descend from $1.
descendants() {
  local child
  for child in $(ps -o pid= --ppid "$1"); do
    echo "$child"
    descendants "$child"
  done
}
