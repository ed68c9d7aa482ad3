# Stands in for gcr.io/distroless/cc-debian12:nonroot: what a program needs that was linked against glibc, and nothing to run besides.
ARG DEBIAN
FROM ${DEBIAN} AS packages
WORKDIR /packages
RUN apt-get update \
    && apt-get download libc6 libgcc-s1 tzdata \
    && for package in *.deb; do dpkg-deb -x "$package" /root-of-image; done
# The certificates of Debian, without those that this machine trusts besides.
RUN mkdir -p /root-of-image/etc/ssl/certs /root-of-image/home/nonroot /root-of-image/tmp \
    && cat /usr/share/ca-certificates/mozilla/*.crt >/root-of-image/etc/ssl/certs/ca-certificates.crt \
    && chmod 1777 /root-of-image/tmp && chown 65532:65532 /root-of-image/home/nonroot \
    && printf 'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n' >/root-of-image/etc/passwd \
    && printf 'root:x:0:\nnonroot:x:65532:\n' >/root-of-image/etc/group \
    && rm -rf /root-of-image/usr/share/doc /root-of-image/usr/share/lintian /root-of-image/usr/share/bug

FROM scratch
COPY --from=packages /root-of-image /
USER 65532:65532
WORKDIR /home/nonroot
