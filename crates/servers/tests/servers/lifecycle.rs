//! All three servers from start to stop.

use crate::support::{installation, is_alive, listens, sql};
use servers::{Postgres, Redis, Servers, Settings};
use std::fs;

#[test]
fn three_private_servers_answer_and_leave_nothing_behind() {
    let installation = installation();
    let settings = Settings::scratch().unwrap();

    let mut servers = Servers::start(&installation, &settings).unwrap();

    // Starting means having answered: SQL, PING, and the AMQP handshake.
    let psql = &installation.postgres.psql;
    assert_eq!(sql(psql, &servers.postgres.admin_url(), "SELECT 1").unwrap(), "1");
    assert!(servers.redis.url().starts_with("redis://:"), "{}", servers.redis.url());
    assert!(servers.rabbitmq.url().ends_with(&format!("@127.0.0.1:{}/%2f", servers.rabbitmq.port())));
    let ports = [servers.postgres.port(), servers.rabbitmq.port(), servers.redis.port()];
    let mut pids = servers.postgres.process().pids();
    // The node, its port mapper, and what watches them.
    assert_eq!(servers.rabbitmq.process().pids().len(), 3);
    pids.extend(servers.rabbitmq.process().pids());
    pids.extend(servers.redis.process().pids());
    assert!(pids.iter().all(|pid| is_alive(*pid)));

    servers.stop().unwrap();

    assert!(pids.iter().all(|pid| !is_alive(*pid)));
    assert!(ports.iter().all(|port| !listens(*port)));
    assert!(!settings.folder.exists());
}

#[test]
fn a_restart_finds_data_ports_and_passwords_again() {
    let installation = installation();
    let mut settings = Settings::scratch().unwrap();
    settings.discard = false;
    let psql = &installation.postgres.psql;
    let postgres = Postgres::start(&installation.postgres, &settings).unwrap();
    let redis = Redis::start(&installation.redis, &settings).unwrap();
    sql(psql, &postgres.admin_url(), "CREATE TABLE kept AS SELECT 42 AS answer").unwrap();
    let urls = (postgres.admin_url(), redis.url());
    postgres.stop().unwrap();
    redis.stop().unwrap();

    let postgres = Postgres::start(&installation.postgres, &settings).unwrap();
    let redis = Redis::start(&installation.redis, &settings).unwrap();

    assert_eq!((postgres.admin_url(), redis.url()), urls);
    assert_eq!(sql(psql, &postgres.admin_url(), "SELECT answer FROM kept").unwrap(), "42");
    drop((postgres, redis));
    servers::remove(&settings.folder).unwrap();
    assert!(!settings.folder.exists());
}

#[test]
fn data_of_another_postgres_version_is_refused_by_name() {
    let installation = installation();
    let mut settings = Settings::scratch().unwrap();
    settings.discard = false;
    Postgres::start(&installation.postgres, &settings).unwrap().stop().unwrap();
    fs::write(settings.folder.join("postgres/data/PG_VERSION"), "9.6\n").unwrap();

    let refused = Postgres::start(&installation.postgres, &settings).unwrap_err().to_string();

    assert!(refused.contains("belongs to PostgreSQL 9.6, the server here is PostgreSQL"), "{refused}");
    servers::remove(&settings.folder).unwrap();
}
