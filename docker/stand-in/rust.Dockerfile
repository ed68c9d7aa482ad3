# Stands in for rust:1-slim-bookworm. The build context is the toolchain of this machine, `rustc --print sysroot`.
ARG DEBIAN
FROM ${DEBIAN}
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
COPY bin/cargo bin/rustc /usr/local/bin/
COPY lib /usr/local/lib
ENV CARGO_HOME=/usr/local/cargo
