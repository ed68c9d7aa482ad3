//! What a new password entails, however its owner came to set it.

use crate::{
    db::{mailed_tokens, trusted_devices},
    domain::{
        mail::{Notice, Purpose},
        session::EndReason,
    },
    ending::end_sessions,
    mailing::notify,
};
use identity::{SessionId, UserId};
use sqlx::PgConnection;

/// Ends all sessions but `kept`, trusts no device any more, voids a mailed reset and whatever other address was asked for, and tells the
/// user; in the transaction that sets the password.
pub(crate) async fn follow_up(
    tx: &mut PgConnection,
    user_id: UserId,
    kept: Option<SessionId>,
) -> sqlx::Result<()> {
    end_sessions(&mut *tx, user_id, kept, EndReason::PasswordChanged).await?;
    trusted_devices::forget_all(&mut *tx, user_id).await?;
    for purpose in [Purpose::ResetPassword, Purpose::ChangeEmail] {
        mailed_tokens::void(&mut *tx, user_id, purpose).await?;
    }
    notify(tx, user_id, Notice::PasswordChanged).await
}
