//! Lists imports, newest first, without their diagnostics.

use super::{App, parse};
use crate::{
    db,
    domain::page::{Listing, Place},
    error::Result,
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{ListImportsRequest, ListImportsResponse};

pub(super) async fn list_imports(
    app: &App,
    user: UserId,
    request: ListImportsRequest,
) -> Result<ListImportsResponse> {
    let account = parse::optional_id("account_id", &request.account_id)?;
    let (limit, place) = parse::page(request.page, Listing::Imports)?;
    let mut imports =
        db::imports::list(&mut *app.snapshot(user).await?, user, account, place, limit + 1).await?;
    let next = parse::cut(&mut imports, limit, |last| Place { at: last.created_at, id: last.id.0 });
    Ok(ListImportsResponse {
        imports: imports.into_iter().map(wire::import).collect(),
        next_cursor: next.map(|place| place.to_cursor(Listing::Imports)).unwrap_or_default(),
    })
}
