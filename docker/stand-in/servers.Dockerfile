# Stand in for the servers' own images, as far as compose.yaml uses them: Debian's packages behind small entry points.
ARG DEBIAN
FROM ${DEBIAN} AS debian
ENV DEBIAN_FRONTEND=noninteractive
RUN printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d && apt-get update

# PostgreSQL 15, one older than the real image.
FROM debian AS postgres
RUN apt-get install -y --no-install-recommends postgresql && rm -rf /var/lib/postgresql/15 /etc/postgresql/15
ENV PATH=/usr/local/bin:/usr/lib/postgresql/15/bin:/usr/sbin:/usr/bin:/sbin:/bin PGDATA=/var/lib/postgresql/data
RUN install -d -o postgres -g postgres -m 700 "$PGDATA"
COPY postgres.sh /usr/local/bin/docker-entrypoint.sh
USER postgres
# Sessions end, what was committed stays.
STOPSIGNAL SIGINT
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres"]

FROM debian AS rabbitmq
RUN apt-get install -y --no-install-recommends rabbitmq-server && rm -f /var/lib/rabbitmq/.erlang.cookie \
    && echo '[rabbitmq_prometheus].' >/etc/rabbitmq/enabled_plugins && rm -f /etc/rabbitmq/rabbitmq-env.conf
# The scripts themselves: Debian's wrappers insist on becoming another user.
ENV PATH=/usr/lib/rabbitmq/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/var/lib/rabbitmq RABBITMQ_LOGS=-
USER rabbitmq
CMD ["rabbitmq-server"]

FROM debian AS redis
RUN apt-get install -y --no-install-recommends redis-server
USER redis
CMD ["redis-server"]

FROM debian AS haproxy
RUN apt-get install -y --no-install-recommends haproxy
USER haproxy
STOPSIGNAL SIGUSR1
CMD ["haproxy", "-f", "/usr/local/etc/haproxy/haproxy.cfg", "-W"]

FROM debian AS prometheus
RUN apt-get install -y --no-install-recommends prometheus
USER nobody
ENTRYPOINT ["/usr/bin/prometheus"]

FROM debian AS mail
RUN apt-get install -y --no-install-recommends python3-aiosmtpd
COPY mail.py /mailpit
USER nobody
ENTRYPOINT ["/mailpit"]
