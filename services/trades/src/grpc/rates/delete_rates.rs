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
    let mut tx = app.begin(user).await?;
    db::exchange_rates::delete(&mut *tx, user, &pair, since, until).await?;
    tx.commit().await?;
    Ok(DeleteRatesResponse {})
}
