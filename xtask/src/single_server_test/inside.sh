#!/bin/sh
# Runs inside the machine, after `install`: everything that docs/operations/single-server promises. Ends with the first thing that is not so.
set -eu
domain=$1
units='auth trades analytics notifications gateway'
here=/checkout/docs/operations/single-server

ok() { printf '  ok   %s\n' "$*"; }
fail() { printf '  FAIL %s\n' "$*"; exit 1; }
within() { # within <seconds> <what> <command...>
  seconds=$1 what=$2; shift 2
  until "$@" >/dev/null 2>&1; do
    seconds=$((seconds - 1)); [ "$seconds" -gt 0 ] || fail "$what"; sleep 1
  done
  ok "$what"
}

# -- Configuration, by the tools that read it
nginx -t -q && ok 'nginx -t' || fail 'nginx -t'
nft -c -f $here/etc/nftables.conf && ok 'nft -c' || fail 'nft -c'
said=$(logrotate -d /etc/logrotate.conf 2>&1 | grep '^error' || true)
[ -z "$said" ] && ok 'logrotate -d of everything: nothing to say' || fail "logrotate -d: $said"
files=$(cd /etc/systemd/system && ls -d trading-journal-[abdgnt]*.service trading-journal-*.timer trading-journal.target)
# shellcheck disable=SC2086
said=$(systemd-analyze verify $files trading-journal-migrate@auth.service 2>&1 | grep -i trading-journal || true)
[ -z "$said" ] && ok 'systemd-analyze verify: nothing to say' || fail "systemd-analyze verify: $said"
for unit in $units digest; do
  exposure=$(systemd-analyze security "trading-journal-$unit.service" --no-pager | sed -n 's/.*Overall exposure level for .*: \([0-9.]*\).*/\1/p')
  [ "$(printf '%s\n2.0\n' "$exposure" | sort -g | head -n 1)" = "$exposure" ] || fail "exposure of $unit is $exposure"
  ok "systemd-analyze security: exposure of $unit is $exposure"
done

# -- The services, as their units run them
for unit in $units; do
  port=$(systemctl show -p Environment "trading-journal-$unit" | grep -o 'ADMIN_ADDRESS=[0-9.:]*' | cut -d= -f2)
  within 60 "$unit is ready" curl -fsS "http://$port/ready"
done
for unit in $units; do
  pid=$(systemctl show -p MainPID --value "trading-journal-$unit")
  [ "$(ps -o user= -p "$pid" | cut -c1-3)" = tj- ] || fail "$unit runs as $(ps -o user= -p "$pid")"
done
ok 'each service runs as a user of its own'
nft list ruleset | grep -q 'policy drop' && ok 'the firewall drops what it does not know' || fail 'the firewall drops what it does not know'
! ss -ltnH 2>/dev/null | awk '{print $4}' | grep -vE '^(127\.|\[::1\]|.*:(80|443|22)$)' | grep . && ok 'nothing but nginx listens beyond loopback' || fail 'something listens beyond loopback'

# -- From outside, through nginx and TLS
ca=/etc/letsencrypt/live/$domain/fullchain.pem
ask() { curl -sS --cacert "$ca" --resolve "$domain:443:127.0.0.1" --resolve "$domain:80:127.0.0.1" "$@"; }
member() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" | head -n 1; }
[ "$(ask -o /dev/null -w '%{http_version}' "https://$domain/health")" = 2 ] && ok 'HTTP/2' || fail 'HTTP/2'
ask -D - -o /dev/null "https://$domain/v1/me" | grep -qi '^strict-transport-security: max-age=31536000' && ok 'HSTS' || fail 'HSTS'
[ "$(ask -o /dev/null -w '%{http_code} %{redirect_url}' "http://$domain/x?y")" = "308 https://$domain/x?y" ] && ok 'HTTP is sent to HTTPS' || fail 'HTTP is sent to HTTPS'
! ask --tls-max 1.1 -o /dev/null "https://$domain/" 2>/dev/null && ok 'TLS 1.1 is refused' || fail 'TLS 1.1 is refused'
! curl -sk -o /dev/null --resolve 'elsewhere.example:443:127.0.0.1' 'https://elsewhere.example/' && ok 'another name is refused' || fail 'another name is refused'
sign_in() { ask -H 'Content-Type: application/json' "https://$domain/v1/auth/$1" -d "$2"; }
password='a rather long pass phrase'
sign_in register "{\"email\":\"ada@example.com\",\"password\":\"$password\"}" >/dev/null
# The mail server of this machine is none: the address counts as verified.
runuser -u postgres -- psql -qX -d auth -c "UPDATE users SET email_verified_at = now() WHERE email_verified_at IS NULL" 2>/dev/null || true
token=$(sign_in login "{\"email\":\"ada@example.com\",\"password\":\"$password\",\"delivery\":\"body\"}" | member access_token)
[ -n "$token" ] && ok 'registered and signed in' || fail 'registered and signed in'
as_ada() { ask -H "Authorization: Bearer $token" "$@"; }
account=$(as_ada -H 'Content-Type: application/json' "https://$domain/v1/accounts" -d '{"name":"A","broker":"Generic","currency":"USD","time_zone":"UTC"}' | member id)
[ -n "$account" ] && ok 'an account is made' || fail 'an account is made'
import=$(as_ada -F "account_id=$account" -F "file=@/checkout/xtask/demo/generic.csv" "https://$domain/v1/imports" | member id)
completed() { as_ada "https://$domain/v1/imports/$import" | grep -q '"status":"completed"'; }
within 60 'a file is imported through nginx' completed
summary() { as_ada "https://$domain/v1/analytics/summary?currency=USD"; }
counted() { summary | grep -q '"trades":[1-9]'; }
within 30 'the statistics count its trades' counted
upgrade() { # upgrade <curl's options...>: what the live stream answers; curl waits for more after 101, and is stopped
  ask --http1.1 -m 3 -o /dev/null -w '%{http_code}' -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' \
    -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' "$@" "https://$domain/v1/stream" 2>/dev/null || true
}
code=$(upgrade -H "Authorization: Bearer $token")
[ "$code" = 101 ] && ok 'a WebSocket opens through nginx' || fail "the WebSocket answers $code"
# As a browser does: by a cookie, and from a page whose origin is compared with Host.
ask -c /tmp/cookies -o /dev/null -H 'Content-Type: application/json' "https://$domain/v1/auth/login" -d "{\"email\":\"ada@example.com\",\"password\":\"$password\"}"
code=$(upgrade -b /tmp/cookies -H "Origin: https://$domain")
[ "$code" = 101 ] && ok 'it opens for a page of ours, by its cookie' || fail "a page of ours gets $code"
code=$(upgrade -b /tmp/cookies -H 'Origin: https://elsewhere.example')
[ "$code" = 403 ] && ok 'and for no page of others' || fail "a page of others gets $code"
# Nobody is signed in, so the address is counted: were the claimed one believed, the second would be the first of its address.
streamed() { ask -D - -o /dev/null -H "X-Forwarded-For: $1" "https://$domain/v1/stream" | tr -d '\r'; }
streamed 6.6.6.6 >/dev/null
limits=$(streamed 6.6.6.7 | grep -i '^ratelimit' || true)
quota=$(printf '%s\n' "$limits" | sed -n 's/^ratelimit-policy: .*;q=\([0-9]*\).*/\1/p')
left=$(printf '%s\n' "$limits" | sed -n 's/^ratelimit: .*;r=\([0-9]*\).*/\1/p')
[ "${left:-none}" -lt "$((quota - 1))" ] && ok 'the stream too counts the address of the client, whatever it claims' || fail "the stream has ${left:-nothing} left of $quota"
head -c 12000000 /dev/zero >/tmp/large
[ "$(as_ada -o /dev/null -w '%{http_code}' -F "account_id=$account" -F 'file=@/tmp/large' "https://$domain/v1/imports")" = 413 ] && ok '12 MB are 413' || fail '12 MB are 413'
address=$(as_ada "https://$domain/v1/auth/sessions" -H 'X-Forwarded-For: 6.6.6.6' | member ip_address)
[ "$address" = 127.0.0.1 ] && ok 'the address is that of the client, whatever it claims' || fail "the address is $address"

# -- The weekly digest, by its unit: one mail, however often it runs
told() { as_ada "https://$domain/v1/notifications" | grep -q '"kind":"import-finished"'; }
within 30 'the inbox tells of the import' told
as_ada -o /dev/null -X PUT -H 'Content-Type: application/json' "https://$domain/v1/notifications/preferences" -d '{"email_import_finished":false,"email_digest":true}'
for mailed in 1 0; do
  systemctl start trading-journal-digest.service || { journalctl -n 20 --no-pager -u trading-journal-digest; fail 'the digest'; }
  journalctl --sync
  journalctl --no-pager -o cat -u trading-journal-digest | grep -q "^Mailed: $mailed of 1 " && ok "the digest mails $mailed" || fail "the digest mails $mailed"
done
systemctl list-timers --all --no-pager | grep -q trading-journal-digest.timer && ok 'its timer does it each week' || fail 'its timer does it each week'

# -- Backups: seven days are kept, and a restore brings everything back
for age in 1 2 3 4 5 6 7 8 9 10; do
  mkdir "/var/backups/trading-journal/$(date -u -d "$age days ago 1 hour" +%Y-%m-%dT%H-%M-%SZ)"
done
chown -R postgres: /var/backups/trading-journal
before=$(summary)
systemctl start trading-journal-backup.service || { journalctl -n 20 --no-pager -u trading-journal-backup; fail 'the backup'; }
kept=$(find /var/backups/trading-journal -mindepth 1 -maxdepth 1 -name '2*Z' | wc -l)
[ "$kept" = 7 ] || [ "$kept" = 8 ] || fail "$kept backups are kept"
ok "a backup is taken by its unit; $kept of 11 are kept, none older than seven days"
systemctl list-timers --all --no-pager | grep -q trading-journal-backup.timer && ok 'the timer takes the next one' || fail 'the timer takes the next one'
backup=$(find /var/backups/trading-journal -name SHA256SUMS | sort | tail -n 1 | xargs dirname)
systemctl stop trading-journal.target
for unit in $units; do
  within 30 "$unit stops" sh -c "! systemctl is-active -q trading-journal-$unit"
  [ "$(systemctl show -p ExecMainStatus --value "trading-journal-$unit")" = 0 ] || fail "$unit ended with another exit code than 0"
done
runuser -u postgres -- dropdb analytics
/opt/trading-journal/bin/restore "$backup" && ok 'restored' || fail 'restored'
systemctl start trading-journal.target
for unit in $units; do
  port=$(systemctl show -p Environment "trading-journal-$unit" | grep -o 'ADMIN_ADDRESS=[0-9.:]*' | cut -d= -f2)
  within 60 "$unit is ready again" curl -fsS "http://$port/ready"
done
[ "$(summary)" = "$before" ] && ok 'the statistics are the same byte for byte, and the session goes on' || fail 'the statistics are others'

# -- A log is rotated, before nginx is told to open anything anew by something else; a new certificate is taken without dropping a connection
logrotate -f /etc/logrotate.d/trading-journal && [ -e /var/log/trading-journal/access.log.1 ] && ok 'logs of nginx rotate' || fail 'logs of nginx rotate'
logged() { ask -o /dev/null "https://$domain/health"; test -s /var/log/trading-journal/access.log; }
within 5 'nginx writes to the new log' logged
/etc/letsencrypt/renewal-hooks/deploy/trading-journal && ok 'the hook after a renewal reloads nginx' || fail 'the hook after a renewal reloads nginx'
for unit in $units; do
  printf '  %-14s %s MiB\n' "$unit" "$(($(systemctl show -p MemoryCurrent --value "trading-journal-$unit" | grep -E '^[0-9]+$' || echo 0) / 1048576))"
done
