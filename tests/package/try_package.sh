#!/usr/bin/env bash
# The life of the package in a clean Debian 12: installed, a schedule a minute ahead, a broken drop, upgraded, removed,
# purged. As root, with debootstrap; leaves nothing behind but ROOT, which must not be there, or be a clean one.
#
#   try_package.sh DEB ROOT
#
# In a chroot no systemd runs: the service is started by hand, as its account, with what the unit gives it.
set -euo pipefail
shopt -s inherit_errexit

deb=$(readlink -f "$1")
root=$2
service=

say() { printf '== %s\n' "$*"; }
inside() { chroot "$root" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }
as_vigie() { inside setpriv --reuid vigie --regid vigie --init-groups env -C /var/lib/vigie "$@"; }
expect() { "$@" || { say "not so: $*"; exit 1; }; }

clean_up() {
  [[ -z $service ]] || kill -- "$service" 2>/dev/null || true
  umount "$root/proc" 2>/dev/null || true
}
trap clean_up EXIT

[[ -d $root/etc ]] || debootstrap --variant=minbase bookworm "$root" http://deb.debian.org/debian >/dev/null
mount -t proc proc "$root/proc"

install_deb() {
  cp "$1" "$root/tmp/vigie.deb"
  inside apt-get install -y -qq --no-install-recommends /tmp/vigie.deb >/dev/null
}

# with another version number, and nothing else
newer() {
  local folder=$1
  dpkg-deb -R "$deb" "$folder/newer"
  sed -i 's/^Version: .*/Version: 99.0/' "$folder/newer/DEBIAN/control"
  dpkg-deb --root-owner-group -b "$folder/newer" "$folder/newer.deb" >/dev/null
}

say install
inside apt-get update -qq
install_deb "$deb"
expect test "$(inside stat -c '%a %U:%G' /etc/vigie/vigie.properties)" = "640 root:vigie"
expect test "$(inside stat -c '%a %U:%G' /etc/vigie)" = "750 root:vigie"
expect test "$(inside stat -c '%a %U:%G' /etc/vigie/secrets)" = "700 root:root"
expect test "$(inside stat -c '%a %U:%G' /var/lib/vigie)" = "750 vigie:vigie"

say "a drop, and a schedule a minute ahead"
as_vigie vigie demo demo >/dev/null
as_vigie cp -r demo/drops/caf931 drops/
sed -i 's/^schedule.run = .*/schedule.run = * * * * */' "$root/etc/vigie/vigie.properties"
as_vigie vigie check
setsid chroot "$root" setpriv --reuid vigie --regid vigie --init-groups env -C /var/lib/vigie LC_ALL=C.UTF-8 \
  vigie serve 2>"$root/tmp/log" >/dev/null &
service=$!
nights() { as_vigie vigie status --format csv --limit 0 2>/dev/null | grep -c ',run,' || true; }
wait_for_night() {
  local last=0
  for _ in $(seq 100); do
    last=$(nights)
    if [[ $last -ge $1 ]] && ! as_vigie vigie status | grep -q 'under way'; then return; fi
    sleep 1
  done
  cat "$root/tmp/log"
  exit 1
}
wait_for_night 1
expect test -n "$(ls "$root"/var/lib/vigie/out/reports/conformite-caf931-*.xlsx)"
expect test -n "$(ls "$root"/var/lib/vigie/out/mail/*.eml)"
as_vigie vigie findings --format csv >"$root/tmp/before"
as_vigie vigie explain VIL09301AD --service Cdap

say "a broken drop: the alert"
as_vigie rm drops/caf931/groupes.csv
wait_for_night $(($(nights) + 1))
expect grep -q 'drop refused' "$root/tmp/log"
expect test "$(as_vigie vigie status --format csv --limit 1 | tail -1 | cut -d, -f6)" = 3

say stop
kill -TERM -- "$service"
expect wait "$service"
service=

say "upgrade: state and configuration are kept"
folder=$(mktemp -d)
newer "$folder"
install_deb "$folder/newer.deb"
rm -r "$folder"
expect grep -qx 'schedule.run = \* \* \* \* \*' "$root/etc/vigie/vigie.properties"
as_vigie vigie findings --format csv >"$root/tmp/after"
expect cmp "$root/tmp/before" "$root/tmp/after"

say "remove: the state stays"
inside apt-get remove -y -qq vigie >/dev/null
expect test -f "$root/var/lib/vigie/vigie.db"
expect test -f "$root/etc/vigie/vigie.properties"
expect test ! -e "$root/usr/bin/vigie"

say "purge: nothing is left"
inside apt-get purge -y -qq vigie >/dev/null
expect test ! -e "$root/var/lib/vigie"
expect test ! -e "$root/etc/vigie"
expect test -z "$(inside getent passwd vigie)"
say good
