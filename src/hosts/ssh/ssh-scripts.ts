/**
 * What is asked of the server, each as a script for `sh` with arguments. An answer is on lines that begin with `mark`, because
 * a server may print a greeting. `$1` is always the folder.
 */
export const mark = 'deploy-django: ';

/** The value of an answer's line, undefined where there is none. */
export function answerOf(stdout: string, name: string): string | undefined {
  const start = `${mark}${name} `;
  return stdout
    .split(/\r?\n/)
    .find((line) => line.startsWith(start))
    ?.slice(start.length)
    .trim();
}

/** Every line of that name. */
export const answersOf = (stdout: string, name: string): string[] =>
  stdout
    .split(/\r?\n/)
    .filter((line) => line.startsWith(`${mark}${name} `))
    .map((line) => line.slice(mark.length + name.length + 1).trim());

const answer = `answer() { printf '${mark}%s %s\\n' "$1" "$2"; }\n`;

/** `$2` is `release` or `command`, and `$3...` are programs that must be there. Changes nothing. */
export const checkScript = `${answer}
root=$1 mode=$2
shift 2
for program in "$@"; do
  if ! command -v "$program" > /dev/null; then answer missing "$program"; fi
done
place=$root
while [ ! -e "$place" ]; do place=$(dirname "$place"); done
if [ ! -d "$place" ]; then answer problem "$place is not a folder"
elif [ ! -w "$place" ]; then answer problem "$place is not writable for $(id -un)"; fi
if [ "$mode" = release ] && [ -e "$root/current" ] && [ ! -L "$root/current" ]; then
  answer problem "$root/current is not a link; move it away, so that the action can put its link there"
fi
:`;

/**
 * Makes the folder of a job called `$2`, or that with a number behind it where there is one already; `$3` is the file that
 * says what is live, which is also the record that there is a preview.
 */
export const prepareScript = `${answer}
set -e
for program in flock tar awk; do
  if ! command -v "$program" > /dev/null; then echo "there is no $program on the server; install it" >&2; exit 69; fi
done
mkdir -p -- "$1"
cd -- "$1"
umask 077
mkdir -p .deploy-django/jobs
number=1 name=$2
until mkdir ".deploy-django/jobs/$name" 2> /dev/null; do
  number=$((number + 1)) name=$2.$number
  if [ "$number" -gt 99 ]; then echo "no job can be made in $PWD/.deploy-django/jobs" >&2; exit 73; fi
done
if [ -n "$3" ] && [ ! -e ".deploy-django/$3" ]; then : > ".deploy-django/$3"; fi
echo queued > ".deploy-django/jobs/$name/state"
answer job "$name"`;

/** Starts the job `$2`, which goes on without the connection. */
export const startScript = `${answer}
cd -- "$1/.deploy-django/jobs/$2" || exit 1
if command -v setsid > /dev/null; then setsid sh run.sh > log 2>&1 < /dev/null &
else nohup sh run.sh > log 2>&1 < /dev/null & fi
answer started "$2"`;

/** The release to go back to: by id (`$2`), by commit (`$3`), or, where both are empty, the one before the live one. */
export const targetScript = `${answer}
cd -- "$1" 2> /dev/null || exit 0
live= live_sha= live_began=
if [ -L current ]; then
  live=$(basename "$(readlink current)")
  read -r live_sha live_began < current/.deploy-django-release
fi
for folder in releases/*; do
  [ -f "$folder/.deploy-django-live" ] && [ ! -L "$folder" ] || continue
  read -r sha began < "$folder/.deploy-django-release"
  echo "$began $(basename "$folder") $sha"
done | sort -rn | while read -r began name sha; do
  if [ -n "$2" ]; then [ "$name" = "$2" ] || continue
  elif [ -n "$3" ]; then case $sha in "$3"*) ;; *) continue ;; esac
  elif [ -z "$live" ] || [ "$began" -ge "$live_began" ] || [ "$sha" = "$live_sha" ]; then continue; fi
  answer target "$name $sha"
  break
done
:`;

/** Where job `$2` is, and what is live: by the link, or by the file `$3` where there is no link of ours. */
export const statusScript = `${answer}
cd -- "$1" 2> /dev/null || exit 0
job=.deploy-django/jobs/$2
[ -f "$job/state" ] || exit 0
alive=yes
if [ -f "$job/pid" ] && ! kill -0 "$(cat "$job/pid")" 2> /dev/null; then alive=no; fi
answer alive "$alive"
answer state "$(cat "$job/state")"
if [ -n "$3" ]; then [ ! -f ".deploy-django/$3" ] || answer live "$(cut -d ' ' -f 1,2 ".deploy-django/$3")"
elif [ -L current ]; then answer live "$(basename "$(readlink current)") $(cut -d ' ' -f 1 current/.deploy-django-release 2> /dev/null)"; fi
:`;

export const logScript = `tail -n 60 -- "$1/.deploy-django/jobs/$2/log" 2> /dev/null || :`;

/** Ends job `$2`, which takes back what it began. */
export const cancelScript = `cd -- "$1/.deploy-django/jobs/$2" 2> /dev/null || exit 0
pid=$(cat pid 2> /dev/null) || exit 0
kill -s TERM -- "-$pid" 2> /dev/null || kill -s TERM "$pid" 2> /dev/null || :`;

/** Takes a preview away: `$2` stops it. Nothing goes that a deploy did not put there. */
export const removeScript = String.raw`${answer}
cd -- "$1" 2> /dev/null && [ -d .deploy-django ] || { answer removal gone; exit 0; }
root=$(pwd -P)
exec 9> .deploy-django/lock
flock 9 || exit 1
if [ -n "$2" ]; then
  if ! printed=$(sh -ec "$2" 2>&1 < /dev/null 9>&-); then printf '%s\n' "$printed" >&2; exit 1; fi
fi
for folder in releases/*; do
  if [ ! -L "$folder" ] && [ -f "$folder/.deploy-django-release" ]; then rm -rf "$folder"; fi
done
case $(readlink current 2> /dev/null) in releases/*) rm -f current ;; esac
rm -f shared/env
rm -rf .deploy-django
rmdir releases shared 2> /dev/null
cd / && rmdir -- "$root" 2> /dev/null
if [ -e "$root" ]; then answer removal kept; else answer removal removed; fi`;

/** Runs the command line `$2` where there is a record of the preview (file `$3`), and takes the record away. */
export const teardownScript = String.raw`${answer}
cd -- "$1" 2> /dev/null && [ -f ".deploy-django/$3" ] || { answer removal gone; exit 0; }
if ! printed=$(sh -ec "$2" 2>&1 < /dev/null); then printf '%s\n' "$printed" >&2; exit 1; fi
rm -f ".deploy-django/$3"
answer removal removed`;
