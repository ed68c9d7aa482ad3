#!/bin/sh
# Compiles the services inside of the image build.
# Usage: build.sh <profile of Cargo.toml> <folder for the results>
set -eu

profile=$1
out=$2
services="auth trades analytics notifications gateway"

# The target folder outlives this build, and may be of another checkout, whose files were newer than these. Cargo goes by times:
# every file that is not exactly as it was is given a new one. What was known is written down again only after all has been built.
known=target/sources-$profile
sums=$(mktemp)
mkdir -p target
touch "$known"
find Cargo.toml Cargo.lock crates proto services xtask -type f -exec sha256sum {} + | LC_ALL=C sort >"$sums"
LC_ALL=C comm -13 "$known" "$sums" | cut -c 67- | tr '\n' '\0' | xargs -0 -r touch
LC_ALL=C comm -12 "$known" "$sums" >"$known.same"
mv "$known.same" "$known"

packages=""
for service in $services; do packages="$packages --package $service"; done
# shellcheck disable=SC2086 # one argument for each word
cargo build --locked --profile "$profile" --bins $packages --package xtask
mv "$sums" "$known"

built=target/$profile
if [ "$profile" = dev ]; then built=target/debug; fi
docker/lay-out.sh "$built" "$out"
