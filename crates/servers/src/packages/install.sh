# Installs packages; while it does, a policy of our own keeps Debian from starting the servers they bring.
policy=$1
shift

remove_policy() { rm -f "$policy"; }
if [ ! -e "$policy" ]; then
  trap remove_policy EXIT
  trap 'exit 130' INT TERM HUP
  printf '#!/bin/sh\nexit 101\n' >"$policy" || exit
  chmod 755 "$policy"
fi

export DEBIAN_FRONTEND=noninteractive
# Without a network the packages may still be in a local archive or cache.
apt-get update || echo "the package lists could not be updated"
apt-get install -y --no-install-recommends "$@"
