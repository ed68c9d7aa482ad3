#!/bin/sh
# Lays the programs out as the images show them: a folder for each image, which becomes its root, and one of what volumes cover,
# whose owner they take over.
# Usage: lay-out.sh <folder of the programs> <folder for the results>
set -eu

built=$1
out=$2
services="auth trades analytics notifications gateway"

for service in $services; do
    install -D "$built/$service" "$out/$service/app/service"
    mkdir -p "$out/volumes/$service"
done
mkdir -p "$out/volumes/trades/data"

# The image that sets an installation up: this repository's own tool, and the two services that make keys.
install -D "$built/xtask" "$out/setup/app/service"
install -D "$built/auth" "$out/setup/app/auth"
install -D "$built/gateway" "$out/setup/app/gateway"
mkdir -p "$out/setup/app/demo"
cp xtask/demo/*.csv xtask/demo/*.xml "$out/setup/app/demo/"
for reader in postgres rabbitmq redis migrate demo $services; do mkdir -p "$out/volumes/setup/secrets/$reader"; done
