//! Deletes exchange rates of a pair.

use super::{super::parse, App};
use crate::{db, domain::rate::Pair, error::Result};
use identity::UserId;
use journal_proto::trades::v1::{DeleteRatesRequest, DeleteRatesResponse};

pub(super) async fn delete_rates(
    app: &App,
    user: UserId,
    request: DeleteRatesRequest,
) -> Result<DeleteRatesResponse> {
    let pair = Pair::parse(&request.from, &request.to)?;
    let since = parse::optional_time("since", request.since)?;
    let until = parse::optional_time("until", request.until)?;
    db::exchange_rates::delete(&app.pool, user, &pair, since, until).await?;
    Ok(DeleteRatesResponse {})
}
