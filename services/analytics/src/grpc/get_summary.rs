//! `GetSummary`: the figures of a set of trades.

use super::{
    chosen::choose,
    convert::{NoteBook, closed_trade, estimate, money_estimate, profit_factor},
};
use crate::{
    db::selection::{self, ClosedRow},
    domain::{Filter, sum, timestamp},
    error::Error,
};
use journal_proto::analytics::v1::{Drawdown, GetSummaryRequest, Summary};
use ledger::Decimal;
use sqlx::PgPool;
use statistics::{ClosedTrade, DailySummary, Options, Undefined};
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Over closed trades of one currency; undefined figures are absent and have a note.
pub(super) async fn get_summary(
    pool: &PgPool,
    user_id: Uuid,
    request: GetSummaryRequest,
) -> Result<Summary, Error> {
    let filter = Filter::parse(request.filter)?;
    let chosen = choose(pool, user_id, &filter).await?;
    let rows = selection::closed(pool, user_id, &filter, &chosen.currency).await?;
    let opening_equity = selection::opening_balance(pool, user_id, &filter, &chosen.currency).await?;
    let open = selection::open_count(pool, user_id, &filter, &chosen.currency).await?;
    // Up to ten thousand resampled trades: too long for a thread that also answers others.
    let summary = tokio::task::spawn_blocking(move || compute(&rows, opening_equity));
    let summary = summary.await.map_err(|error| Error::Malformed(error.to_string()))??;
    Ok(Summary {
        currency: chosen.currency,
        other_currencies: chosen.others,
        open_trades: open.unsigned_abs(),
        ..summary
    })
}

fn compute(rows: &[ClosedRow], opening_equity: Option<Decimal>) -> Result<Summary, Error> {
    let trades: Vec<ClosedTrade> = rows.iter().map(closed_trade).collect::<Result<_, _>>()?;
    let options = Options { opening_equity, ..Options::default() };
    let figures = statistics::summarize(&trades, &options)?;
    let daily = statistics::daily(&by_day(rows)?, opening_equity);
    let (from, to) = (rows.first().map(|row| row.closed_at), rows.last().map(|row| row.closed_at));
    Ok(fill(&figures, &daily, from, to))
}

fn by_day(rows: &[ClosedRow]) -> Result<BTreeMap<Date, Decimal>, Error> {
    let mut days = BTreeMap::new();
    for row in rows {
        let day = days.entry(row.day).or_insert(Decimal::ZERO);
        *day = sum(*day, row.net)?;
    }
    Ok(days)
}

fn fill(
    figures: &statistics::Summary,
    daily: &DailySummary,
    from: Option<OffsetDateTime>,
    to: Option<OffsetDateTime>,
) -> Summary {
    let mut notes = NoteBook::default();
    let money = |amount: ledger::Fraction| amount.round_half_even(super::convert::MONEY_SCALE).to_string();
    Summary {
        trades: figures.trades,
        wins: figures.wins,
        losses: figures.losses,
        scratches: figures.scratches,
        gross_pnl: figures.gross.to_string(),
        net_pnl: figures.net.to_string(),
        commissions: figures.commissions.to_string(),
        fees: figures.fees.to_string(),
        volume: figures.volume.to_string(),
        longest_win_streak: figures.longest_win_streak,
        longest_loss_streak: figures.longest_loss_streak,
        win_rate: notes.defined("win_rate", figures.win_rate.clone()).map(estimate),
        profit_factor: notes.defined("profit_factor", figures.profit_factor.clone()).map(profit_factor),
        payoff_ratio: notes.defined("payoff_ratio", figures.payoff_ratio.clone()).map(|ratio| ratio.to_f64()),
        expectancy: notes.defined("expectancy", figures.expectancy.clone()).as_ref().map(money_estimate),
        expectancy_r: notes.defined("expectancy_r", figures.expectancy_r.clone()).map(estimate),
        average_win: notes.defined("average_win", figures.average_win.clone()).map(money),
        average_loss: notes.defined("average_loss", figures.average_loss.clone()).map(money),
        largest_win: notes
            .defined("largest_win", figures.largest_win.clone())
            .map(|amount| amount.to_string()),
        largest_loss: notes
            .defined("largest_loss", figures.largest_loss.clone())
            .map(|amount| amount.to_string()),
        max_drawdown: drawdown(&mut notes, figures.max_drawdown),
        recovery_factor: notes
            .defined("recovery_factor", figures.recovery_factor.clone())
            .map(|ratio| ratio.to_f64()),
        sharpe: notes.defined("sharpe", daily.sharpe),
        sortino: notes.defined("sortino", daily.sortino),
        calmar: notes.defined("calmar", daily.calmar),
        sqn: notes.defined("sqn", figures.sqn.clone()),
        kelly: notes.defined("kelly", figures.kelly.clone()).map(|ratio| ratio.to_f64()),
        average_hold_seconds: notes
            .defined("average_hold_seconds", figures.average_hold_seconds.clone())
            .map(|ratio| ratio.to_f64()),
        from: from.map(timestamp),
        to: to.map(timestamp),
        notes: notes.written(),
        ..Summary::default()
    }
}

fn drawdown(notes: &mut NoteBook, drawdown: Result<statistics::Drawdown, Undefined>) -> Option<Drawdown> {
    let drawdown = notes.defined("max_drawdown", drawdown)?;
    let at =
        |t: ledger::Timestamp| OffsetDateTime::from_unix_timestamp_nanos(i128::from(t.0)).ok().map(timestamp);
    Some(Drawdown {
        amount: drawdown.amount.to_string(),
        percent: notes.defined("max_drawdown.percent", drawdown.percent),
        from: at(drawdown.from),
        to: at(drawdown.to),
        recovered_at: drawdown.recovered_at.and_then(at),
    })
}
