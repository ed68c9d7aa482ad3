//! Whom the caller invited.

use crate::{
    app::App,
    db::{mentors, sessions},
    error::Error,
    wire,
};
use identity::Caller;
use journal_proto::auth::v1::ListMentorsResponse;
use runtime::postgres;

/// Newest first.
pub(crate) async fn list_mentors(app: &App, caller: &Caller) -> Result<ListMentorsResponse, Error> {
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    if !sessions::is_live(&mut *tx, caller.user_id, caller.session_id).await? {
        return Err(Error::SessionEnded);
    }
    let listed = mentors::list(&mut *tx, caller.user_id).await?;
    Ok(ListMentorsResponse { mentors: listed.into_iter().map(wire::mentor).collect() })
}
