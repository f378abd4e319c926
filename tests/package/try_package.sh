#!/usr/bin/env bash
# The life of the package in a clean Debian 12 whose systemd is booted (boot.sh): installed, a schedule a minute ahead,
# mails as files, then by a server of another host with a password that only systemd hands over, a broken drop, a broken
# configuration, the timer in the service's place, upgraded with a store of an older version, removed, purged. As root,
# with debootstrap, iproute2, python3-aiosmtpd and openssl; leaves nothing behind but ROOT, which must not be there, or be
# a clean one.
#
#   try_package.sh DEB ROOT
#
# The upgrade is DEB with a higher number, on the store that a program of the first version left (tests/stores/1.sql).
set -euo pipefail
export TZ=Europe/Paris  # the days of the service
shopt -s inherit_errexit

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
deb=$(readlink -f "$1")
root=$2
work=$(mktemp -d)
machine= init= mails=

say() { printf '== %s\n' "$*"; }
die() {
  say "not so: $*"
  [[ -z $init ]] || booted journalctl --no-pager -n 60 -u vigie.service -u vigie-nightly.service || true
  exit 1
}
expect() { "$@" || die "$@"; }
unpacked() { chroot "$root" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }
booted() {
  nsenter --target "$init" --all --root --wd env -i DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
    PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
}
as_vigie() { booted setpriv --reuid vigie --regid vigie --init-groups env -C /var/lib/vigie "$@"; }

clean_up() {
  [[ -z $mails ]] || kill "$mails" 2>/dev/null || true
  if [[ -n $machine ]]; then
    kill -KILL "$machine" 2>/dev/null || true
    wait "$machine" 2>/dev/null || true
    sleep 1
    find /sys/fs/cgroup -depth -type d -path "*/vigie-package-$machine*" -exec rmdir {} \; || true
  fi
  rm -rf "$work"
}
trap clean_up EXIT

boot() {
  "$here/boot.sh" "$root" >"$work/boot" 2>&1 &
  machine=$!
  for _ in $(seq 100); do
    init=$(pgrep -P "$machine" || true)
    if [[ -n $init ]] && booted systemctl is-system-running --wait >/dev/null 2>&1; then break; fi
    kill -0 "$machine" 2>/dev/null || { cat "$work/boot"; die 'systemd boots'; }
    sleep 0.2
  done
  expect booted systemctl list-units >/dev/null
}

# until TEXT [SINCE]: waits for a line of the service's log, or of that of $unit.
unit=vigie.service
log() { booted journalctl --no-pager -o cat -u "$unit"; }
lines_of_log() { log | wc -l; }
until_log() {
  local text=$1 after=${2-0}
  for _ in $(seq 150); do
    if log | tail -n "+$((after + 1))" | grep -q -- "$text"; then return; fi
    sleep 1
  done
  die "the log says: $text"
}
healthz() { nsenter --target "$init" --net bash -c 'exec 3<>/dev/tcp/127.0.0.1/9187; printf "GET /healthz HTTP/1.0\r\n\r\n" >&3; head -1 <&3'; }
set_key() { sed -i "s|^#\?$1 = .*|$1 = $2|" "$root/etc/vigie/vigie.properties"; }
version_of_store() { python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("PRAGMA user_version").fetchone()[0])' "$root/var/lib/vigie/vigie.db"; }

# ended_with CODE RESULT: how the last night of the timer's service ended, and what systemd makes of it.
ended_with() {
  expect test "$(booted systemctl show -P ExecMainStatus vigie-nightly.service)" = "$1"
  expect test "$(booted systemctl show -P Result vigie-nightly.service)" = "$2"
}

install_deb() {
  cp "$1" "$root/var/cache/vigie.deb"
  booted apt-get install -y -qq --no-install-recommends /var/cache/vigie.deb >"$work/apt" 2>&1 || { cat "$work/apt"; die "$1 installs"; }
}

# with another version number, and nothing else
newer() {
  dpkg-deb -R "$deb" "$work/newer"
  sed -i 's/^Version: .*/Version: 99.0/' "$work/newer/DEBIAN/control"
  dpkg-deb -Zgzip -z1 --root-owner-group -b "$work/newer" "$work/newer.deb" >/dev/null
}

say 'a clean Debian, with its systemd'
[[ -d $root/etc ]] || debootstrap --variant=minbase bookworm "$root" http://deb.debian.org/debian >/dev/null
unpacked apt-get update -qq
unpacked apt-get install -y -qq --no-install-recommends systemd adduser >/dev/null
unpacked apt-get satisfy -y -qq --no-install-recommends "$(dpkg-deb -f "$deb" Depends)" >/dev/null
rm -rf "$root"/var/log/journal/*  # of an earlier try
boot
booted systemctl --version | head -1

say install
install_deb "$deb"
cat "$work/apt"
expect test "$(booted stat -c '%a %U:%G' /etc/vigie/vigie.properties)" = "640 root:vigie"
expect test "$(booted stat -c '%a %U:%G' /etc/vigie)" = "750 root:vigie"
expect test "$(booted stat -c '%a %U:%G' /etc/vigie/secrets)" = "700 root:root"
expect test "$(booted stat -c '%a %U:%G' /var/lib/vigie)" = "750 vigie:vigie"
expect test "$(booted systemctl is-enabled vigie.service)" = disabled

say 'a drop, and a schedule a minute ahead'
as_vigie vigie demo demo >/dev/null
as_vigie cp -rp demo/drops/caf931 drops/
set_key schedule.run '* * * * *'
set_key http.listen 9187
expect as_vigie vigie check
booted systemctl enable --now vigie.service 2>&1
booted systemctl status --no-pager vigie.service | sed -n 1,12p
until_log 'vigie run ended with 0'
expect test -n "$(ls "$root"/var/lib/vigie/out/reports/conformite-caf931-*.xlsx)"
expect test -n "$(ls "$root"/var/lib/vigie/out/mail/*.eml)"
expect test "$(healthz | tr -d '\r')" = 'HTTP/1.0 200 OK'
expect test "$(booted journalctl -q -o cat VIGIE_RUN=1 VIGIE_EVENT=detected | wc -l)" = 1
expect grep -q account-inactive <(as_vigie vigie findings --format csv)
as_vigie vigie explain VIL09301AD --service Cdap

say 'shut in'
booted systemd-analyze security --no-pager vigie.service | tail -1
main=$(booted systemctl show -P MainPID vigie.service)
booted sh -c "grep -E '^(Uid|CapEff|CapBnd|NoNewPrivs|Seccomp):' /proc/$main/status"

say 'a mail server on another host: refused without network.conf, reached with it and the password'
nsenter --target "$init" --net /usr/bin/python3 -B "$here/serve_mails.py" smtp.caf.example 192.0.2.25 2525 "$work" &
mails=$!
until [[ -e $work/mails ]]; do sleep 0.2; done
printf '192.0.2.25 smtp.caf.example\n' >>"$root/etc/hosts"
install -m 600 "$work/password" "$root/etc/vigie/secrets/mail-password"
install -m 644 "$work/ca.pem" "$root/etc/vigie/ca.pem"
set_key mail.transport smtp
set_key mail.host smtp.caf.example
set_key mail.port 2525
set_key mail.ca-file /etc/vigie/ca.pem
set_key mail.user vigie
set_key mail.password-file /run/credentials/vigie.service/secrets_mail-password
set_key mail.retry-seconds none
set_key mail.timeout-seconds 3
booted systemctl restart vigie.service
as_vigie vigie mails --resend 1
count=$(lines_of_log)
until_log 'vigie run ended with' "$count"
log | tail -n "+$((count + 1))" | grep -i mail || true
expect test ! -s "$work/mails"
booted install -d /etc/systemd/system/vigie.service.d
booted install -m 644 /usr/share/doc/vigie/examples/network.conf /etc/systemd/system/vigie.service.d/network.conf
booted systemctl daemon-reload
booted systemctl restart vigie.service
count=$(lines_of_log)
until_log 'vigie run ended with 0' "$count"
expect grep -q '^To: ' "$work/mails"
say "seen by a command by hand, of the password: $(as_vigie ls /run/credentials/vigie.service 2>&1 || true)"

say 'a broken configuration stays out'
count=$(lines_of_log)
printf 'complience.mail = x\n' >>"$root/etc/vigie/vigie.properties"
booted systemctl reload vigie.service
until_log 'stays in force.*complience.mail.*compliance.mail' "$count"
sed -i '/^complience/d' "$root/etc/vigie/vigie.properties"
set_key mail.transport files
booted systemctl reload vigie.service
until_log 'the configuration was read again' "$count"

say 'a broken drop: the alert'
count=$(lines_of_log)
as_vigie rm drops/caf931/groupes.csv
until_log 'drop refused' "$count"
until_log 'vigie run ended with 3' "$count"
log | grep 'drop refused' | tail -1
expect test "$(as_vigie vigie status --format csv --limit 1 | tail -1 | cut -d, -f6)" = 3

say stop
booted systemctl stop vigie.service
expect test "$(booted systemctl show -P Result vigie.service)" = success
tomorrow=$(date -d tomorrow +%F)
as_vigie vigie run --as-of "$tomorrow" >/dev/null || expect test $? = 3
alert=$(ls "$root"/var/lib/vigie/out/mail/"$tomorrow"-conformite*)
expect grep -qi 'refus' "$alert"
grep -A1 '^Subject' "$alert"

say 'the timer in the service'"'"'s place: a night a minute ahead'
unit=vigie-nightly.service
dropin=/etc/systemd/system/vigie-nightly.timer.d
booted systemctl disable vigie.service 2>&1
rm -rf "$root"/var/lib/vigie/vigie.db* "$root/var/lib/vigie/out"
as_vigie cp -p demo/drops/caf931/groupes.csv drops/caf931/
booted mkdir -p $dropin
printf '[Timer]\nOnCalendar=\nOnCalendar=*-*-* %s:00 Europe/Paris\n' "$(date -d '90 seconds' +%H:%M)" >"$root$dropin/try.conf"
booted systemctl daemon-reload
booted systemctl enable --now vigie-nightly.timer 2>&1
booted systemctl list-timers --no-pager vigie-nightly.timer
expect test "$(booted systemctl show -P ExecMainStartTimestampMonotonic $unit)" = 0
until_log '^Finished'
ended_with 0 success
log
expect grep -q 'findings open' <(log)
expect test "$(booted journalctl -q -o cat -u $unit VIGIE_EVENT=detected | wc -l)" = 1
expect test -n "$(ls "$root"/var/lib/vigie/out/reports/conformite-caf931-*.xlsx)"
expect test -n "$(ls "$root"/var/lib/vigie/out/mail/*.eml)"
expect test "$(stat -L -c '%a' "$root"/var/lib/vigie/out/reports/conformite-caf931-latest.xlsx)" = 640
booted systemd-analyze security --no-pager $unit | tail -1

say 'its own calendar, and a night that was missed: caught up when the timer is back'
booted systemctl stop vigie-nightly.timer
rm -r "$root$dropin"
booted systemctl daemon-reload
touch -d '2 days ago' "$root/var/lib/systemd/timers/stamp-vigie-nightly.timer"
count=$(lines_of_log)
booted systemctl start vigie-nightly.timer
until_log '^Finished' "$count"
ended_with 0 success
booted systemctl list-timers --no-pager vigie-nightly.timer | sed -n 2p
next=$(booted systemctl show -P NextElapseUSecRealtime vigie-nightly.timer)
expect grep -qE '0[23]:15:00' <(date -d "$next" +%T)
booted systemctl stop vigie-nightly.timer

say 'its exit codes: 3 is a success, 2 and 4 are failures'
as_vigie rm drops/caf931/groupes.csv
expect booted systemctl start $unit
ended_with 3 success
expect test "$(booted systemctl is-failed $unit)" = inactive
as_vigie cp -p demo/drops/caf931/groupes.csv drops/caf931/
printf 'complience.mail = x\n' >>"$root/etc/vigie/vigie.properties"
expect test "$(booted systemctl start $unit 2>/dev/null && echo started)" = ''
ended_with 2 exit-code
sed -i '/^complience/d' "$root/etc/vigie/vigie.properties"
as_vigie vigie mails --resend 1
set_key mail.transport smtp
set_key mail.password-file /run/credentials/vigie-nightly.service/secrets_mail-password
expect test "$(booted systemctl start $unit 2>/dev/null && echo started)" = ''
ended_with 4 exit-code

say 'its mails to another host, with network.conf and the password'
: >"$work/mails"
booted install -d /etc/systemd/system/$unit.d
booted install -m 644 /usr/share/doc/vigie/examples/network.conf /etc/systemd/system/$unit.d/network.conf
booted systemctl daemon-reload
expect booted systemctl start $unit
ended_with 0 success
expect grep -q '^To: ' "$work/mails"
set_key mail.transport files
set_key mail.password-file /run/credentials/vigie.service/secrets_mail-password

say 'one or the other: the service stops the timer'
booted systemctl start vigie-nightly.timer
expect test "$(booted systemctl is-active vigie-nightly.timer)" = active
booted systemctl start vigie.service
expect test "$(booted systemctl is-active vigie-nightly.timer)" = inactive
booted systemctl stop vigie.service
booted systemctl enable vigie.service 2>&1
unit=vigie.service

say 'upgrade while the service runs: state and configuration are kept'
rm -f "$root"/var/lib/vigie/vigie.db*
/usr/bin/python3 -B - "$here/../stores" "$root/var/lib/vigie" <<'PY'
import datetime, sqlite3, sys

stores, state = sys.argv[1:]
sys.path.insert(0, stores)
import make_store

sqlite3.connect(state + "/vigie.db").executescript(open(stores + "/1.sql", encoding="utf-8", newline="").read())
make_store.drops.write_drop(state + "/drops/caf931", make_store.drop(2), on=datetime.date.today().isoformat())
PY
booted chown -R vigie:vigie /var/lib/vigie
booted chmod 640 /var/lib/vigie/vigie.db
set_key schedule.run '0 0 29 2 *'
booted systemctl start vigie.service
main=$(booted systemctl show -P MainPID vigie.service)
as_vigie vigie findings --all --format csv >"$work/before"
newer
install_deb "$work/newer.deb"
expect test "$(booted dpkg-query -W -f '${Version}' vigie)" = 99.0
expect test "$(booted systemctl is-active vigie.service)" = active
expect test "$(booted systemctl show -P MainPID vigie.service)" != "$main"
expect grep -qx 'schedule.run = 0 0 29 2 \*' "$root/etc/vigie/vigie.properties"
as_vigie vigie findings --all --format csv >"$work/after"
expect cmp "$work/before" "$work/after"
expect test "$(version_of_store)" = 1

say 'its first night brings the store up to date, and sends what waited'
count=$(lines_of_log)
set_key schedule.run '* * * * *'
booted systemctl reload vigie.service
until_log 'vigie run ended with [03]' "$count"
log | tail -n "+$((count + 1))" | grep -E 'mail|ended'
say "the store has version $(version_of_store)"
expect test "$(version_of_store)" -gt 1
expect grep -q ',2026-11-18,' <(as_vigie vigie findings --all --format csv)

say 'remove: the state stays'
booted apt-get remove -y -qq vigie >/dev/null
expect test "$(booted systemctl is-active vigie.service)" = inactive
expect test -f "$root/var/lib/vigie/vigie.db"
expect test -f "$root/etc/vigie/vigie.properties"
expect test ! -e "$root/usr/bin/vigie"

say 'purge: nothing is left'
booted apt-get purge -y -qq vigie >/dev/null
expect test ! -e "$root/var/lib/vigie"
expect test ! -e "$root/etc/vigie"
expect test ! -e "$root/etc/systemd/system/multi-user.target.wants/vigie.service"
expect test ! -e "$root/etc/systemd/system/timers.target.wants/vigie-nightly.timer"
expect test ! -e "$root/var/lib/systemd/timers/stamp-vigie-nightly.timer"
expect test -z "$(unpacked getent passwd vigie)"
say good
