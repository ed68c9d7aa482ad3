# Runs a process and stops it when the owner closes our standard input, on purpose or by dying.
# Prints the ids of the process and its companion on standard output; what they print goes to standard error.
signal=$1 grace=$2 discard=$3 lock=$4 companion=$5
shift 5
exec 3<&0 4>&1 </dev/null 1>&2

if [ -n "$lock" ]; then
  exec 9>"$lock"
  flock -w 60 9 || { echo "still in use by an earlier run: $lock"; exit 75; }
fi

companion_pid=
if [ -n "$companion" ]; then
  "$companion" 3<&- 4>&- 9>&- &
  companion_pid=$!
fi
"$@" 3<&- 4>&- 9>&- &
pid=$!
(
  exec 4>&- 9>&-
  while read -r _; do :; done
  kill -s "$signal" "$pid"
  tenths=$((grace * 10))
  while [ "$tenths" -gt 0 ]; do
    sleep 0.1
    tenths=$((tenths - 1))
  done
  kill -s KILL "$pid"
) <&3 &
watcher=$!
# Whoever signals this script means the process. Only now: the watcher must not inherit a trap, or it could miss its own end.
trap 'kill -s "$signal" "$pid"' INT TERM HUP
echo "$pid $companion_pid" >&4
exec 3<&- 4>&-

# A trapped signal also ends `wait`: only a process that is gone ends the loop.
while :; do
  wait "$pid"
  status=$?
  [ "$status" -gt 128 ] && kill -0 "$pid" 2>/dev/null || break
done
{ kill "$watcher"; wait "$watcher"; } 2>/dev/null
if [ -n "$companion_pid" ]; then
  { kill "$companion_pid"; wait "$companion_pid"; } 2>/dev/null
fi
if [ -n "$discard" ]; then
  cd /
  # Its own children may still write for a moment.
  tries=20
  until rm -rf -- "$discard" 2>/dev/null || [ "$tries" -eq 0 ]; do
    sleep 0.1
    tries=$((tries - 1))
  done
  rmdir -- "${discard%/*}" 2>/dev/null
fi
exit "$status"
