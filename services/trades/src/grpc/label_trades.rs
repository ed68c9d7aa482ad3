//! Changes the labels of many trades at once, all or none of them.

use super::{App, parse};
use crate::{
    domain::{ids::TradeId, instant, invalid::Invalid, journal, journal_change::JournalChange, labels},
    error::Result,
    journaling,
};
use identity::UserId;
use journal_proto::trades::v1::{LabelTradesRequest, LabelTradesResponse};
use sqlx::PgConnection;
use std::collections::BTreeSet;

const MOST_TRADES: usize = 200;

pub(super) async fn label_trades(
    app: &App,
    tx: &mut PgConnection,
    user: UserId,
    request: &LabelTradesRequest,
) -> Result<LabelTradesResponse> {
    let ids = request.trade_ids.iter().map(|id| parse::id("trade_ids", id));
    let ids: BTreeSet<TradeId> = ids.collect::<Result<_, Invalid>>()?;
    if ids.is_empty() || request.trade_ids.len() > MOST_TRADES {
        return Err(Invalid::new("trade_ids", format!("must be 1 to {MOST_TRADES} trades")).into());
    }
    let playbook = request.playbook_id.as_deref();
    let change = JournalChange {
        add_tags: journal::tags("add_tags", &request.add_tags)?,
        remove_tags: journal::tags("remove_tags", &request.remove_tags)?,
        playbook: playbook.map(|id| parse::optional_id("playbook_id", id)).transpose()?,
        rating: request.rating.map(labels::rating).transpose()?,
        ..JournalChange::default()
    };
    let now = instant::stored(app.clock.now());
    let ids: Vec<TradeId> = ids.into_iter().collect();
    let changed = journaling::write(&mut *tx, user, &ids, change, now).await?;
    journaling::tell(tx, user, &changed).await?;
    Ok(LabelTradesResponse { changed_trade_ids: changed.iter().map(ToString::to_string).collect() })
}
