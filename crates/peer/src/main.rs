//! What the product is measured against: the same requests answered by one plain axum and sqlx program, as people write it.
//!
//! It keeps a trader's closed trades in a table of its own, checks a signed cookie, asks the database once and writes JSON. It has no
//! row level security, quota, idempotency key, cache, event, trace, metric, or deadline: what all these cost is what the comparison
//! shows. `cargo dev bench load` starts it beside the product, on the same PostgreSQL. Nothing ships it.

mod copy;
mod routes;
mod session;
mod trade;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use sqlx::postgres::PgPoolOptions;
use std::net::SocketAddr;
use tokio::net::TcpListener;
use uuid::Uuid;

/// As many as a small service has of them.
const CONNECTIONS: u32 = 10;

/// A plain monolith to compare the product with.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Copy the closed trades of the product's database into a schema `peer` beside them, without what keeps users apart
    Copy {
        /// The database of the trades service, as its superuser
        #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
        database_url: String,
    },
    /// Print the cookie of a user
    Cookie {
        #[arg(long, env = "PEER_SECRET", hide_env_values = true)]
        secret: String,
        user: Uuid,
    },
    /// Answer requests
    Serve {
        #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
        database_url: String,
        #[arg(long, env = "PEER_SECRET", hide_env_values = true)]
        secret: String,
        #[arg(long, env = "HTTP_ADDRESS")]
        address: SocketAddr,
    },
}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "the cookie is what was asked for")]
async fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Copy { database_url } => copy::trades(&database_url).await,
        Command::Cookie { secret, user } => {
            println!("{}", session::Keys::new(&secret).cookie(user)?);
            Ok(())
        }
        Command::Serve { database_url, secret, address } => {
            let pool = PgPoolOptions::new().max_connections(CONNECTIONS).connect(&database_url).await?;
            let listener =
                TcpListener::bind(address).await.with_context(|| format!("cannot bind {address}"))?;
            Ok(axum::serve(listener, routes::all(pool, session::Keys::new(&secret))).await?)
        }
    }
}
