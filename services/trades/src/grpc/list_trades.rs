//! Lists trades, filtered and sorted.

use super::{App, parse};
use crate::{
    db,
    domain::{
        invalid::Invalid,
        labels,
        page::{self, Place, TradePlace, TradeSort},
        trade::Trade,
        trade_filter::{self, TradeFilter},
    },
    error::Result,
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, ListTradesRequest, ListTradesResponse};

pub(super) async fn list_trades(
    app: &App,
    user: UserId,
    request: ListTradesRequest,
) -> Result<ListTradesResponse> {
    let filter = filter(&request.filter.unwrap_or_default())?;
    let sort = TradeSort::parse(&request.sort)?;
    let asked = request.page.unwrap_or_default();
    let (limit, place) = (page::limit(asked.limit)?, TradePlace::of_cursor(&asked.cursor, sort)?);
    let mut tx = app.snapshot_in_order(user, filter == TradeFilter::default()).await?;
    let mut trades = db::trades::list(&mut *tx, user, &filter, sort, place, limit + 1).await?;
    let next = parse::cut(&mut trades, limit, |last| place_of(last, sort));
    Ok(ListTradesResponse {
        trades: trades.into_iter().map(wire::trade).collect(),
        next_cursor: next.map(|place| place.to_cursor(sort)).unwrap_or_default(),
    })
}

fn place_of(trade: &Trade, sort: TradeSort) -> TradePlace {
    let trip = &trade.round_trip;
    let id = trip.id.0;
    let at = match sort {
        TradeSort::OpenedAscending | TradeSort::OpenedDescending => trip.opened_at,
        TradeSort::ClosedAscending | TradeSort::ClosedDescending => trip.closed_at.unwrap_or(trip.opened_at),
        TradeSort::NetAscending | TradeSort::NetDescending => return TradePlace::Net { net: trip.net, id },
    };
    TradePlace::At(Place { at, id })
}

fn filter(asked: &proto::TradeFilter) -> Result<TradeFilter, Invalid> {
    Ok(TradeFilter {
        account_id: parse::optional_id("account_id", &asked.account_id)?,
        symbol: trade_filter::sought("symbol", &asked.symbol)?,
        side: trade_filter::side(&asked.side)?,
        open: trade_filter::open(&asked.status)?,
        outcome: trade_filter::outcome(&asked.outcome)?,
        tag: trade_filter::sought("tag", &asked.tag)?,
        mistake: trade_filter::sought("mistake", &asked.mistake)?,
        playbook: parse::optional_id("playbook_id", &asked.playbook_id)?,
        rating: labels::rating(asked.rating)?,
        text: trade_filter::sought("text", &asked.text)?,
        from: parse::optional_time("from", asked.from)?,
        to: parse::optional_time("to", asked.to)?,
    })
}
