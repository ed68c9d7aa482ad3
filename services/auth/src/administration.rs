//! What is done to an account by somebody else: by an admin who helps, or by whoever runs the product.

pub(crate) mod command;

use crate::{
    audit::{self, Kind, Origin},
    db::{administration, mailed_tokens, mentors, trusted_devices},
    domain::{
        mail::{Notice, Purpose},
        session::EndReason,
    },
    ending::{end_session, end_sessions},
    error::Error,
    mailing::{notify, notify_of},
};
use identity::{Role, SessionId, UserId};
use runtime::postgres;
use sqlx::PgConnection;

/// Who does it, as the audit log says.
#[derive(Clone, Copy, Debug)]
pub(crate) enum By<'a> {
    /// An admin, by address. Admins cannot leave the product without one.
    Admin(&'a str),
    /// Whoever has the command line, and may do anything.
    Operator,
}

impl By<'_> {
    fn name(&self) -> &str {
        match self {
            Self::Admin(email) => email,
            Self::Operator => "the operator",
        }
    }
}

/// Lets nobody sign in as the user, and ends all that is open in the user's name, also in others' journals. Another address that was asked
/// for is void. Nothing happens to a user who is disabled.
pub(crate) async fn disable(tx: &mut PgConnection, user: UserId, by: By<'_>) -> Result<(), Error> {
    keep_an_admin(&mut *tx, user, by).await?;
    postgres::act_for(&mut *tx, user.0).await?;
    if !administration::disable(&mut *tx, user).await? {
        return Ok(());
    }
    // Whoever signs in waits for the row that is changed by now, and then sees that it is.
    mentors::end_all(&mut *tx, user).await?;
    end_sessions(&mut *tx, user, None, EndReason::AccountDisabled).await?;
    trusted_devices::forget_all(&mut *tx, user).await?;
    mailed_tokens::void(&mut *tx, user, Purpose::ChangeEmail).await?;
    record(&mut *tx, user, Kind::AccountDisabled, by.name()).await?;
    notify(&mut *tx, user, Notice::AccountDisabled).await?;
    leave_all(tx, user).await
}

/// Lets the user sign in again. Nothing happens to a user who may.
pub(crate) async fn enable(tx: &mut PgConnection, user: UserId, by: By<'_>) -> Result<(), Error> {
    postgres::act_for(&mut *tx, user.0).await?;
    if administration::enable(&mut *tx, user).await? {
        record(&mut *tx, user, Kind::AccountEnabled, by.name()).await?;
        notify(tx, user, Notice::AccountEnabled).await?;
    }
    Ok(())
}

/// Gives the user another role, which the next sign-in has. Nothing happens to a user who has it.
pub(crate) async fn set_role(
    tx: &mut PgConnection,
    user: UserId,
    role: Role,
    by: By<'_>,
) -> Result<(), Error> {
    if role != Role::Admin {
        keep_an_admin(&mut *tx, user, by).await?;
    }
    postgres::act_for(&mut *tx, user.0).await?;
    if administration::set_role(&mut *tx, user, role).await? {
        end_sessions(&mut *tx, user, None, EndReason::RoleChanged).await?;
        record(&mut *tx, user, Kind::RoleChanged, &format!("{role} by {}", by.name())).await?;
        notify_of(tx, user, Notice::RoleChanged, role.as_str()).await?;
    }
    Ok(())
}

async fn keep_an_admin(tx: &mut PgConnection, user: UserId, by: By<'_>) -> Result<(), Error> {
    match by {
        By::Admin(_) => leave_an_admin(tx, user).await,
        By::Operator => Ok(()),
    }
}

/// An error when the user is the last admin. Of two who would do away with each other or leave at once, one waits and is refused. Comes
/// before the user's row is locked; `tx` sees all users from then on.
pub(crate) async fn leave_an_admin(tx: &mut PgConnection, user: UserId) -> Result<(), Error> {
    administration::lock(&mut *tx).await?;
    administration::show_all(&mut *tx).await?;
    if administration::is_last_admin(tx, user).await? { Err(Error::LastAdmin) } else { Ok(()) }
}

/// What others gave to a mentor ends as well: it is a way into the product.
async fn leave_all(tx: &mut PgConnection, mentor: UserId) -> Result<(), Error> {
    for (owner, id) in mentors::given_to(&mut *tx, mentor).await? {
        let (owner, id) = (UserId(owner), SessionId(id));
        postgres::act_for(&mut *tx, owner.0).await?;
        if let Some((email, true)) = mentors::end(&mut *tx, owner, id).await? {
            end_session(&mut *tx, owner, id, EndReason::Revoked).await?;
            audit::record(&mut *tx, owner, Kind::MentorEnded, &email, Origin::Unknown).await?;
        }
    }
    Ok(())
}

async fn record(tx: &mut PgConnection, user: UserId, kind: Kind, detail: &str) -> sqlx::Result<()> {
    audit::record(tx, user, kind, detail, Origin::Unknown).await
}
