//! What others keep of a user, and how they hear of a change of it.

use crate::db::profiles;
use events::outbox;
use identity::UserId;
use journal_proto::auth::v1::UserChanged;
use sqlx::PgConnection;

/// Tells others what the user's name and address are now, in the transaction that changes them.
pub(crate) async fn tell(tx: &mut PgConnection, user_id: UserId) -> sqlx::Result<()> {
    let profile = profiles::next_version(&mut *tx, user_id).await?;
    let event = UserChanged {
        user_id: user_id.to_string(),
        email: profile.email,
        display_name: profile.display_name,
        version: profile.version,
    };
    outbox::append(tx, &event).await?;
    Ok(())
}
