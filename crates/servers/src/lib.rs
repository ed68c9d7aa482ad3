//! Private PostgreSQL, RabbitMQ and Redis: found, installed, started as child processes, stopped with their owner.
//!
//! - [`Installation::find`] looks for the servers; [`install`] brings the missing ones from Debian's packages;
//! - [`Servers::start`], or [`Postgres::start`], [`RabbitMq::start`] and [`Redis::start`]: free loopback ports, a folder of
//!   their own, generated passwords; a server that is already on the machine is never touched;
//! - [`Postgres::create_database`]: a database with an owner and an application role;
//! - [`test_database`] and [`Postgres::drop_databases_of_ended_tests`]: databases that last as long as the test they are of;
//! - [`Supervised`]: a child process that ends with its owner, even when the owner is killed.
//!
//! Everything is blocking and nearly free of dependencies: this is the first thing built on a bare machine.

mod account;
mod error;
mod installation;
mod packages;
mod place;
mod ports;
mod postgres;
mod rabbitmq;
mod readiness;
mod redis;
pub mod secret;
mod settings;
mod supervised;

pub use error::Error;
pub use installation::{Installation, PostgresPrograms, RabbitMqPrograms, SearchPath};
pub use packages::install;
pub use place::{log, remove};
pub use ports::free_ports;
pub use postgres::{Database, Passwords, Postgres, test_database};
pub use rabbitmq::RabbitMq;
pub use redis::Redis;
pub use settings::Settings;
pub use supervised::{Launch, StopSignal, Supervised};

use std::thread;

/// The three servers, running. Dropping stops them.
#[derive(Debug)]
pub struct Servers {
    /// PostgreSQL.
    pub postgres: Postgres,
    /// RabbitMQ.
    pub rabbitmq: RabbitMq,
    /// Redis.
    pub redis: Redis,
}

impl Servers {
    /// Starts the three side by side and waits until each answers. When one fails, the others are stopped again.
    pub fn start(installation: &Installation, settings: &Settings) -> Result<Self, Error> {
        let (postgres, rabbitmq, redis) = thread::scope(|scope| {
            let postgres = scope.spawn(|| Postgres::start(&installation.postgres, settings));
            let rabbitmq = scope.spawn(|| RabbitMq::start(&installation.rabbitmq, settings));
            let redis = Redis::start(&installation.redis, settings);
            (joined(postgres), joined(rabbitmq), redis)
        });
        Ok(Self { postgres: postgres?, rabbitmq: rabbitmq?, redis: redis? })
    }

    /// Stops the three side by side. The first failure is told, after all were tried.
    pub fn stop(self) -> Result<(), Error> {
        let Self { postgres, rabbitmq, redis } = self;
        let (postgres, rabbitmq, redis) = thread::scope(|scope| {
            let postgres = scope.spawn(|| postgres.stop());
            let rabbitmq = scope.spawn(|| rabbitmq.stop());
            let redis = redis.stop();
            (joined(postgres), joined(rabbitmq), redis)
        });
        postgres.and(rabbitmq).and(redis)
    }
}

fn joined<T>(thread: thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
