//! The auth process.

use auth::Config;
use clap::{Args, Parser, Subcommand};
use identity::{Issuer, Role};
use runtime::{
    peers::ServiceKey,
    process,
    settings::{self, Migration},
};
use secrecy::{ExposeSecret as _, SecretString};
use std::{
    ffi::OsString,
    io::{self, Write as _},
    process::ExitCode,
    time::Duration,
};

/// Users, passwords, sessions and the keys of access tokens.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve until SIGTERM (the default when nothing is given).
    Serve(Box<Config>),
    /// Bring the database up to date.
    Migrate(Box<Migration>),
    /// Ask the process that serves in this container whether it is alive: the exit code says it.
    Healthcheck(runtime::healthcheck::Healthcheck),
    /// Put the events that rest in a dead queue back to work, as if they were new. What fails again rests again.
    Redrive(Box<events::Redrive>),
    /// Print a new signing key as PEM.
    GenerateKey,
    /// Let the next signing key sign from now on.
    RotateKey(Box<Ring>),
    /// Publish a signing key no longer, because somebody else may have it: the next one signs.
    RevokeKey {
        /// Its id, as the tokens and the key set name it.
        kid: String,
        /// Where the keys are.
        #[command(flatten)]
        ring: Box<Ring>,
    },
    /// Give a user a role: user, mentor or admin. The first admin comes to be by this.
    GrantRole {
        /// The user's address.
        email: String,
        /// The role.
        role: Role,
        /// Where the users are.
        #[command(flatten)]
        users: Box<Ring>,
    },
    /// End all sessions and keys of a user, and let nobody sign in as the user.
    DisableUser {
        /// The user's address.
        email: String,
        /// Where the users are.
        #[command(flatten)]
        users: Box<Ring>,
    },
    /// Let a user sign in again.
    EnableUser {
        /// The user's address.
        email: String,
        /// Where the users are.
        #[command(flatten)]
        users: Box<Ring>,
    },
    /// Print a new entry for `PASSWORD_PEPPER`.
    GeneratePepper,
    /// Print a new entry for `VAULT_KEY`.
    GenerateVaultKey,
    /// Print how many milliseconds of a core one password hash takes on this machine.
    MeasureHash {
        /// As the mean of so many.
        #[arg(long, default_value = "20")]
        times: std::num::NonZeroU32,
    },
    /// Print a new `SERVICE_KEY`, `name:public:private`, whose `name:public` goes into the `SERVICE_KEYS` of all services.
    GenerateServiceKey {
        /// The service whose key it is, such as `gateway`.
        name: String,
    },
}

/// Where the signing keys and the users are.
#[derive(Args)]
struct Ring {
    /// The database.
    #[command(flatten)]
    postgres: settings::Postgres,
    /// Logs and traces.
    #[command(flatten)]
    telemetry: settings::Telemetry,
}

fn main() -> ExitCode {
    let arguments = std::env::args_os();
    let default = (arguments.len() < 2).then(|| OsString::from("serve"));
    match Cli::parse_from(arguments.chain(default)).command {
        Command::Serve(config) => {
            let telemetry = config.telemetry.clone();
            process::serve("auth", &telemetry, |shutdown| auth::run(*config, shutdown))
        }
        Command::Healthcheck(settings) => runtime::healthcheck::run("auth", &settings),
        Command::Redrive(redrive) => redrive.run("auth"),
        Command::Migrate(settings) => process::migrate("auth", &settings, &auth::migrators()),
        Command::RotateKey(ring) => {
            process::run_once("auth", &ring.telemetry, auth::rotate_signing_key(&ring.postgres))
        }
        Command::RevokeKey { kid, ring } => {
            process::run_once("auth", &ring.telemetry, auth::revoke_signing_key(&ring.postgres, &kid))
        }
        Command::GrantRole { email, role, users } => {
            let granted = auth::grant_role(&users.postgres, &email, role);
            process::run_once("auth", &users.telemetry, granted)
        }
        Command::DisableUser { email, users } => {
            process::run_once("auth", &users.telemetry, auth::disable_user(&users.postgres, &email))
        }
        Command::EnableUser { email, users } => {
            process::run_once("auth", &users.telemetry, auth::enable_user(&users.postgres, &email))
        }
        Command::GenerateKey => exit(&print_new_key()),
        Command::GeneratePepper => exit(&print(&auth::generate_pepper())),
        Command::GenerateVaultKey => exit(&print(&auth::generate_vault_key())),
        Command::MeasureHash { times } => exit(&auth::measure_hash(times).and_then(tell)),
        Command::GenerateServiceKey { name } => {
            exit(&ServiceKey::generate(&name).and_then(|key| print(&key)))
        }
    }
}

fn exit(printed: &anyhow::Result<()>) -> ExitCode {
    if printed.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn print(entry: &SecretString) -> anyhow::Result<()> {
    writeln!(io::stdout(), "{}", entry.expose_secret())?;
    Ok(())
}

fn tell(took: Duration) -> anyhow::Result<()> {
    writeln!(io::stdout(), "{:.3}", took.as_secs_f64() * 1e3)?;
    Ok(())
}

fn print_new_key() -> anyhow::Result<()> {
    io::stdout().write_all(Issuer::generate_pem()?.expose_secret().as_bytes())?;
    Ok(())
}
