# What the scripts of the servers share. Each is called with the folder of this run, installs its server where it is not
# there, starts it on loopback, and leaves in FOLDER/NAME a .pid file of every process, its logs, and how to reach it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=$here/../../.cache/servers
run=$1
name=$(basename "$0")
own=$run/$name
mkdir -p "$cache" "$own"
export LC_ALL=C.UTF-8

give_up() {
  printf '%s could not be %s\n' "$name" "$1" >&2
  exit 1
}

# Debian packages, each as NAME=VERSION*. A pattern, because an exact version leaves the archive with its next security fix.
apt_install() {
  local missing=() package version
  for package in "$@"; do
    version=$(dpkg-query --show --showformat '${db:Status-Status} ${Version}' "${package%%=*}" 2>> "$own/apt.log" || true)
    # shellcheck disable=SC2053 # The right side is a pattern.
    [[ $version == installed\ ${package#*=} ]] || missing+=("$package")
  done
  if [ ${#missing[@]} -eq 0 ]; then return; fi
  command -v apt-get > /dev/null || give_up "installed: there is no apt-get here for ${missing[*]}"
  [ "$(id -u)" -eq 0 ] || give_up "installed: apt-get wants root for ${missing[*]}"
  # Two scripts at once would each find the other's lock.
  exec 9> "$run/apt.lock"
  flock 9
  if [ ! -e "$run/apt.updated" ]; then
    apt-get update >> "$own/apt.log" 2>&1 9>&- || give_up "installed: apt-get update: $(tail -n 3 "$own/apt.log")"
    touch "$run/apt.updated"
  fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" >> "$own/apt.log" 2>&1 9>&- ||
    give_up "installed: apt-get install: $(tail -n 5 "$own/apt.log")"
  exec 9>&-
}

# The first port from this one on that nobody has. Below 32768, where outgoing connections take theirs from.
free_port() {
  local port=$1
  while (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do port=$((port + 1)); done
  echo "$port"
}

# Starts a process that outlives this script, and notes its id: start PART COMMAND...
start() {
  local part=$1
  shift
  setsid nohup "$@" > "$own/$part.log" 2>&1 < /dev/null 9>&- &
  echo $! > "$own/$part.pid"
}

# Waits until a command succeeds, for as long as a process lives: until_true PART COMMAND...
until_true() {
  local part=$1
  shift
  until "$@" > /dev/null 2>&1; do
    kill -0 "$(cat "$own/$part.pid")" 2> /dev/null || give_up "started: $part ended: $(tail -n 20 "$own/$part.log")"
    sleep 0.1
  done
}

listens() { (exec 3<> "/dev/tcp/127.0.0.1/$1"); }

# Says how a server is reached: announce NAME ENDPOINT KEY SECRET [OTHER_KEY OTHER_SECRET [CERTIFICATE]]. The other user may
# do nothing in the first one's buckets; the certificate is the one that the endpoint shows.
announce() {
  local stranger=null certificate=null
  if [ $# -gt 4 ]; then stranger="{ \"accessKeyId\": \"$5\", \"secretAccessKey\": \"$6\" }"; fi
  if [ $# -gt 6 ]; then certificate="\"$7\""; fi
  cat > "$own/$1.json" <<JSON
"$1": {
  "endpoint": "$2",
  "credentials": { "accessKeyId": "$3", "secretAccessKey": "$4" },
  "stranger": $stranger,
  "certificate": $certificate
}
JSON
  echo "$1 answers after $SECONDS s"
}
