//! What a transaction is for that acts for no single user: row level security shows it the rows that this needs, and no others.

use runtime::postgres;
use sqlx::{PgConnection, PgPool, Postgres, Transaction};

/// A work that is done for all users at once.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    /// To see how far streams are: their newest numbers.
    LookOut,
    /// To find a mail that is due.
    SendMail,
    /// To mark mails that could not be sent for a day.
    GiveUpMail,
    /// To find who asked for a digest.
    Digest,
}

impl Purpose {
    /// The word in the policies.
    fn as_str(self) -> &'static str {
        match self {
            Self::LookOut => "look-out",
            Self::SendMail => "send-mail",
            Self::GiveUpMail => "give-up-mail",
            Self::Digest => "digest",
        }
    }
}

/// A transaction for a purpose.
pub(crate) async fn begin(pool: &PgPool, purpose: Purpose) -> sqlx::Result<Transaction<'static, Postgres>> {
    let mut tx = postgres::begin(pool).await?;
    put(&mut tx, purpose.as_str()).await?;
    Ok(tx)
}

/// Another purpose for the rest of a transaction.
pub(crate) async fn turn_to(tx: &mut PgConnection, purpose: Purpose) -> sqlx::Result<()> {
    put(tx, purpose.as_str()).await
}

async fn put(tx: &mut PgConnection, purpose: &str) -> sqlx::Result<()> {
    sqlx::query("SELECT set_config('app.purpose', $1, true)").bind(purpose).execute(tx).await?;
    Ok(())
}
