#!/bin/sh
# Makes the image that all stand-ins are built on: Debian, from its own archive alone. Needs root and debootstrap.
# Usage: debian.sh <image>
set -eu

image=$1
release=bookworm
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
docker=${DOCKER:-docker}

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
debootstrap --variant=minbase --include=ca-certificates "$release" "$root" "$mirror"

printf 'deb %s %s main\ndeb %s %s-updates main\n' "$mirror" "$release" "$mirror" "$release" >"$root/etc/apt/sources.list"

# A machine behind an inspecting proxy trusts one certificate more than the world does. It goes into this image only: no image
# of the product is made of it, and none trusts it.
if ls /usr/local/share/ca-certificates/*.crt >/dev/null 2>&1; then
    cp /usr/local/share/ca-certificates/*.crt "$root/usr/local/share/ca-certificates/"
    chroot "$root" update-ca-certificates
fi

rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* "$root"/usr/share/doc/* "$root"/usr/share/man/* \
    "$root"/usr/share/locale/*
tar -C "$root" -c . | "$docker" import --change 'CMD ["/bin/sh"]' - "$image"
