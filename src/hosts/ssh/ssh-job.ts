/**
 * The script that runs one job on the server, as `.deploy-django/jobs/<job>/run.sh`. It goes on when the connection that
 * started it ends: `status` reads its file `state`, `logs` its file `log`, and `cancel` sends it TERM.
 *
 * Its values are in the file `values` beside it. `mode` is `release` (unpack, install, switch), `switch` (back to a release
 * that is there) or `command` (a command line of the workflow). The words in `state` are what `ssh-status.ts` reads.
 */
export const jobScript = String.raw`# A job of the GitHub Action Deploy Django.
set -u
job=$(cd "$(dirname "$0")" && pwd -P)
root=$(cd "$job/../../.." && pwd -P)
cd "$root" || exit 1
echo $$ > "$job/pid"
. "$job/values"
PATH="$HOME/.local/bin:$PATH"
export DEPLOY_ARTIFACT="$job/$artifact"
own=.deploy-django
phase=queued switched= previous= restored=

say() { printf '%s\n' "$*" > "$job/state.new" && mv "$job/state.new" "$job/state"; }
log() { printf '==> %s\n' "$*"; }
begin() { phase=$1; say "$1"; log "$1"; }

# A command line of the workflow: with the variables, without the lock, in that folder.
run_line() {
  (
    cd "$1" || exit 1
    set -a
    if [ "$mode" = command ]; then
      if [ -f "$job/variables" ]; then . "$job/variables"; fi
    elif [ -f "$root/shared/env" ]; then . "$root/shared/env"; fi
    set +a
    if [ -d .venv/bin ]; then export VIRTUAL_ENV="$PWD/.venv" PATH="$PWD/.venv/bin:$PATH"; fi
    exec sh -ec "$2"
  ) < /dev/null 9>&-
}

# The link is replaced in one step, so that there is always one.
point() { rm -f ".current-$job_id" && ln -s "releases/$1" ".current-$job_id" && mv -T ".current-$job_id" current; }

undo() {
  if [ -n "$switched" ]; then
    switched=
    if [ -n "$previous" ]; then
      log "back to $previous"
      if point "$previous"; then
        restored='; the previous release is back'
        if [ -n "$reload" ] && ! run_line "$root/current" "$reload"; then
          restored='; the previous release is back in place, but its reload failed too'
        fi
      fi
    else rm -f current; fi
  fi
  if [ "$mode" = release ] && [ -f "releases/$job_id/.deploy-django-release" ]; then rm -rf "releases/$job_id"; fi
  forget
}
# What is secret or large goes at once; state and log stay.
forget() {
  rm -f "$job/variables" "$job/values"
  if [ -n "$artifact" ]; then rm -f "$DEPLOY_ARTIFACT"; fi
}
fail() { code=$1; undo; say "failed $phase $code$restored"; exit 1; }
trap 'undo; say "cancelled $phase"; exit 1' TERM INT

# Sets variables in shared/env; what is there stays.
merge_variables() {
  [ -s "$job/variables" ] || return 0
  mkdir -p shared
  (
    umask 077
    touch shared/env
    awk -F= 'NR == FNR { set[$1]; next } { name = $1; sub(/^export +/, "", name) } !(name in set)' \
      "$job/variables" shared/env > "$job/env.new"
    cat "$job/variables" >> "$job/env.new"
    cat "$job/env.new" > shared/env
    rm -f "$job/env.new"
  )
}

install_packages() {
  if [ -n "$install" ]; then run_line "$PWD" "$install"; return; fi
  if [ -f uv.lock ] && command -v uv > /dev/null; then
    UV_PROJECT_ENVIRONMENT=.venv uv sync --frozen --no-dev --no-progress 2>&1 9>&-
  elif [ -f requirements.txt ]; then
    "$python" -m venv .venv && .venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt 2>&1 9>&-
  elif [ -f uv.lock ]; then
    log 'uv.lock needs uv on the server, and there is none; install uv, or write "install: ..." into host-options'
    return 1
  else
    log 'there is no uv.lock and no requirements.txt; write "install: ..." into host-options'
    return 1
  fi
}

# Folders that outlive releases: shared/<path> is linked into the release.
link_shared() {
  for path in $shared; do
    mkdir -p "$root/shared/$path" "$(dirname "$1/$path")" && rm -rf "$1/$path" && ln -s "$root/shared/$path" "$1/$path" || return 1
  done
}

# Lines "started id" of the releases that this action made, the newest first.
own_releases() {
  for folder in releases/*; do
    name=$(basename "$folder")
    case $name in *[!A-Za-z0-9._-]*) continue ;; esac
    if [ -L "$folder" ] || [ ! -f "$folder/.deploy-django-release" ]; then continue; fi
    read -r _ began < "$folder/.deploy-django-release" && printf '%s %s\n' "$began" "$name"
  done | sort -rn
}

clean() {
  number=0
  own_releases | while read -r _ name; do
    if [ "releases/$name" = "$(readlink current)" ]; then continue; fi
    number=$((number + 1))
    if [ -f "releases/$name/.deploy-django-live" ] && [ "$number" -lt "$keep" ]; then continue; fi
    log "removing the old release $name"
    rm -rf "releases/$name"
  done
  # Of older jobs not even the log is kept.
  ls -t "$own/jobs" | tail -n +31 | while read -r name; do
    if [ -f "$own/jobs/$name/state" ] && [ "$name" != "$job_id" ]; then rm -rf "$own/jobs/$name"; fi
  done
}

# Puts a release in the place of the one that is live, and undoes that if it does not start.
switch_to() {
  begin switch
  if [ -e current ] && [ ! -L current ]; then
    log "$root/current is not a link; move it away, so that the action can put its link there"
    fail 1
  fi
  if [ -L current ]; then previous=$(basename "$(readlink current)"); fi
  switched=yes
  point "$1" || fail $?
  if [ -n "$reload" ]; then
    begin reload
    run_line "$root/current" "$reload" || fail $?
  fi
  if [ -n "$health" ]; then
    begin health
    tried=1
    until run_line "$root/current" "$health"; do
      code=$?
      if [ "$tried" -ge "$health_tries" ]; then fail "$code"; fi
      tried=$((tried + 1))
      sleep 1
    done
  fi
  switched=
}

newer_is_live() {
  if [ "$mode" = command ]; then newest=$(cut -d ' ' -f 3 "$own/$live" 2> /dev/null)
  else newest=$(cut -d ' ' -f 2 current/.deploy-django-release 2> /dev/null); fi
  [ -n "$newest" ] && [ "$newest" -gt "$started" ]
}

exec 9> "$own/lock"
flock 9 || fail $?
if [ "$mode" != switch ] && newer_is_live; then
  log 'a newer release is live already'
  forget
  say superseded
  exit 0
fi

case $mode in
  release)
    begin unpack
    release="$root/releases/$job_id"
    mkdir -p releases && mkdir "$release" || fail $?
    printf '%s %s\n' "$DEPLOY_SHA" "$started" > "$release/.deploy-django-release"
    tar --no-same-owner -xzf "$DEPLOY_ARTIFACT" -C "$release" || fail $?
    merge_variables || fail $?
    link_shared "$release" || fail $?
    cd "$release" || fail $?
    begin install
    install_packages || { code=$?; cd "$root" && fail "$code"; }
    cd "$root" || fail $?
    for phase_name in migrate collectstatic; do
      eval "line=\$$phase_name"
      if [ -z "$line" ]; then continue; fi
      begin "$phase_name"
      run_line "$release" "$line" || fail $?
    done
    switch_to "$job_id"
    : > "$release/.deploy-django-live"
    clean
    ;;
  switch) switch_to "$target" ;;
  command)
    begin command
    run_line "$root" "$line" || fail $?
    printf '%s %s %s\n' "$job_id" "$DEPLOY_SHA" "$started" > "$own/$live"
    ;;
esac
forget
say live
`;
