#!/usr/bin/env bash
# Boots the systemd of a Debian root in namespaces of its own (files, processes, host name, network, cgroups), where
# there is no machine to spare for it. It ends with this process. As root, on a kernel with cgroup v2.
#
#   boot.sh ROOT
#
# Its network is its own too: loopback, with 192.0.2.25 on it as another host's address.
set -euo pipefail

root=$(readlink -f "$1")
if [[ ${2-} != inside ]]; then
  cgroup=/sys/fs/cgroup
  [[ -f $cgroup/cgroup.procs ]] || cgroup+=/unified  # beside a version 1
  cgroup+=/vigie-package-$$
  mkdir "$cgroup"
  echo $$ >"$cgroup/cgroup.procs"
  exec unshare --mount --pid --ipc --uts --cgroup --net --fork --kill-child "$0" "$root" inside
fi

ip link set lo up
ip address add 192.0.2.25/32 dev lo
hostname vigie-package
mount --make-rprivate /
mount --bind "$root" "$root"
cd "$root"
mount -t proc proc proc
mount --bind proc/sys proc/sys
mount -o remount,ro,bind proc/sys  # what is set there is the whole machine's
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=755 tmpfs dev
for device in null zero full random urandom tty; do
  touch "dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
mkdir -p dev/shm dev/pts run/before
mount -t tmpfs tmpfs dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
pivot_root . run/before
# Shared, as systemd makes it where it is no container's: credentials come into a service by a mount that propagates.
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot . /bin/sh -c \
  'umount -l /run/before && mount --make-rshared / && exec /lib/systemd/systemd' </dev/null >/run/before/dev/null 2>&1
