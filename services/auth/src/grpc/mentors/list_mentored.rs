//! Whose journals the caller may read.

use crate::{
    app::App,
    db::{mentors, sessions},
    error::Error,
    wire,
};
use identity::Caller;
use journal_proto::auth::v1::ListMentoredResponse;
use runtime::postgres;

/// Newest first.
pub(crate) async fn list_mentored(app: &App, caller: &Caller) -> Result<ListMentoredResponse, Error> {
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    if !sessions::is_live(&mut *tx, caller.user_id, caller.session_id).await? {
        return Err(Error::SessionEnded);
    }
    let given = mentors::list_given(&mut tx, caller.user_id).await?;
    Ok(ListMentoredResponse { mentored: given.into_iter().map(wire::mentored).collect() })
}
