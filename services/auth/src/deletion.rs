//! The end of an account: marked by its owner, undone within seven days, and then done for good, once across all instances.

use crate::{
    audit::{self, Kind, Origin},
    db::{audit_log, mailed_tokens, mentors, profiles},
    domain::{
        mail::{Notice, Purpose},
        session::EndReason,
    },
    ending::end_session,
    mailing::notify,
};
use events::{departures, outbox};
use identity::{SessionId, UserId};
use journal_proto::auth::v1::UserDeleted;
use runtime::{Service, periodic, postgres};
use sqlx::{PgConnection, PgPool};
use std::time::Duration;

/// Users whom one run deletes: the others wait for the next.
const MOST: i64 = 100;

/// Deletes whose time is over, every `every`, by whichever instance comes first.
pub(crate) fn spawn(service: &mut Service, pool: PgPool, every: Duration) {
    let stopping = service.stopping();
    service.spawn(
        "deletion",
        periodic::run_once_across_instances(pool, "auth.deletion", every, stopping, |tx| {
            Box::pin(delete_due(tx))
        }),
    );
}

/// Keeps an account that was to be deleted, and tells its owner; false when it was not to be. `tx` acts for the user from then on.
pub(crate) async fn undo(tx: &mut PgConnection, user_id: UserId, origin: Origin<'_>) -> sqlx::Result<bool> {
    if !profiles::keep(&mut *tx, user_id).await? {
        return Ok(false);
    }
    audit::record(&mut *tx, user_id, Kind::DeletionUndone, "", origin).await?;
    mailed_tokens::void(&mut *tx, user_id, Purpose::UndoDeletion).await?;
    notify(tx, user_id, Notice::DeletionUndone).await?;
    Ok(true)
}

async fn delete_due(tx: &mut PgConnection) -> anyhow::Result<()> {
    // Row level security shows whose time is over to whoever says so.
    sqlx::query("SELECT set_config('app.cleanup', 'on', true)").execute(&mut *tx).await?;
    for user in profiles::due(&mut *tx, MOST).await? {
        delete(&mut *tx, user).await?;
        metrics::counter!("auth.users.deleted").increment(1);
        tracing::info!(user.id = %user, "a user is deleted");
    }
    Ok(())
}

/// What others gave to a mentor goes with the mentor, though it is theirs.
async fn leave_all(tx: &mut PgConnection, mentor: UserId) -> sqlx::Result<()> {
    postgres::act_for(&mut *tx, mentor.0).await?;
    for (owner, id) in mentors::given_to(&mut *tx, mentor).await? {
        let (owner, id) = (UserId(owner), SessionId(id));
        postgres::act_for(&mut *tx, owner.0).await?;
        mentors::forget(&mut *tx, owner, id).await?;
        end_session(&mut *tx, owner, id, EndReason::Revoked).await?;
    }
    Ok(())
}

/// All rows here, and the word to every other service. The log goes last: it only goes along with its user.
async fn delete(tx: &mut PgConnection, user: UserId) -> sqlx::Result<()> {
    leave_all(&mut *tx, user).await?;
    departures::depart(&mut *tx, user.0, &["audit_log"]).await?;
    profiles::delete(&mut *tx, user).await?;
    audit_log::delete_all(&mut *tx, user).await?;
    outbox::append(tx, &UserDeleted { user_id: user.to_string() }).await?;
    Ok(())
}
