//! States details of a fill anew; what was stated before is kept.

use super::{App, amending::amend, parse};
use crate::{
    domain::{
        account, amounts,
        fill_record::{FillContent, RecordKind},
        ids::FillId,
        instant,
        invalid::Invalid,
    },
    error::Result,
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, CorrectFillRequest};
use sqlx::PgConnection;

pub(super) async fn correct_fill(
    app: &App,
    tx: &mut PgConnection,
    user: UserId,
    request: CorrectFillRequest,
) -> Result<proto::Fill> {
    let id: FillId = parse::id("fill_id", &request.fill_id)?;
    let (reason, content) = (amounts::reason(&request.reason)?, content(&request)?);
    if content == FillContent::default() {
        return Err(Invalid::new("correction", "must change at least one detail of the fill").into());
    }
    let fill = amend(app, tx, user, id, RecordKind::Correction, content, reason).await?;
    Ok(wire::fill(fill))
}

fn content(request: &CorrectFillRequest) -> Result<FillContent, Invalid> {
    let decimal = |field, text: &Option<String>| {
        text.as_deref().map(|text| amounts::decimal(field, text).map(|number| number.to_string())).transpose()
    };
    let positive = |field, text: &Option<String>| {
        text.as_deref()
            .map(|text| amounts::positive(field, text).map(|number| number.to_string()))
            .transpose()
    };
    if let Some(side) = &request.side {
        amounts::side(side)?;
    }
    let executed_at = parse::optional_time("executed_at", request.executed_at)?;
    Ok(FillContent {
        symbol: request.symbol.as_deref().map(amounts::symbol).transpose()?,
        currency: request.currency.as_deref().map(account::currency).transpose()?,
        multiplier: positive("multiplier", &request.multiplier)?,
        side: request.side.clone(),
        quantity: positive("quantity", &request.quantity)?,
        price: decimal("price", &request.price)?,
        commission: decimal("commission", &request.commission)?,
        fees: decimal("fees", &request.fees)?,
        executed_at: executed_at.map(|at| instant::to_ledger(at).0.div_euclid(1_000)),
    })
}
