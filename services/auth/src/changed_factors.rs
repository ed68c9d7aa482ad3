//! What it entails that a user signs in by other means than before.

use crate::{
    audit::{self, Kind, Origin},
    domain::{mail::Notice, session::EndReason},
    ending::end_sessions,
    mailing::notify,
};
use identity::Caller;
use sqlx::PgConnection;

/// Ends all sessions but the caller's and tells the user, in the transaction that changes the means. `detail` says which, for the audit log.
pub(crate) async fn follow_up(
    tx: &mut PgConnection,
    caller: &Caller,
    kind: Kind,
    detail: &str,
    notice: Notice,
) -> sqlx::Result<()> {
    audit::record(&mut *tx, caller.user_id, kind, detail, Origin::Session(caller.session_id)).await?;
    end_sessions(&mut *tx, caller.user_id, Some(caller.session_id), EndReason::MfaChanged).await?;
    notify(tx, caller.user_id, notice).await
}
