//! Marks an account to be deleted in seven days.

use crate::{
    administration,
    app::App,
    audit::{self, Kind, Origin},
    db::{mailed_tokens, mentors, profiles, trusted_devices},
    domain::{mail::Purpose, session::EndReason},
    ending::end_sessions,
    error::Error,
    mailing::mail_token,
    reauthentication, wire,
};
use identity::{Caller, Role};
use journal_proto::auth::v1::{DeleteMeRequest, DeleteMeResponse};
use runtime::postgres;

/// Every session and key ends, the caller's own too, and no other address is asked for any more; a mail has the way back. What is deleted, and when: `deletion`.
pub(crate) async fn delete_me(
    app: &App,
    caller: &Caller,
    request: DeleteMeRequest,
) -> Result<DeleteMeResponse, Error> {
    let user = caller.user_id;
    let role = reauthentication::insist(app, caller, request.password).await?.role;
    let mut tx = postgres::begin_for(&app.pool, user.0).await?;
    if role == Role::Admin {
        administration::leave_an_admin(&mut tx, user).await?;
    }
    reauthentication::hold_live(&mut tx, user, caller.session_id).await?;
    let deleted_at = profiles::mark_deleted(&mut *tx, user).await?.ok_or(Error::SessionEnded)?;
    let origin = Origin::Session(caller.session_id);
    audit::record(&mut tx, user, Kind::DeletionRequested, "", origin).await?;
    mentors::end_all(&mut *tx, user).await?;
    end_sessions(&mut tx, user, None, EndReason::AccountDeleted).await?;
    trusted_devices::forget_all(&mut *tx, user).await?;
    mailed_tokens::void(&mut *tx, user, Purpose::ChangeEmail).await?;
    mail_token(&mut tx, user, Purpose::UndoDeletion).await?;
    tx.commit().await?;
    Ok(DeleteMeResponse { deleted_at: Some(wire::timestamp(deleted_at)) })
}
