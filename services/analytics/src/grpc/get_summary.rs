//! `GetSummary`: the figures of a set of trades.

use super::{
    chosen::Chosen,
    computing::Computing,
    convert::{NoteBook, closed_trade, estimate, money_estimate, profit_factor},
    daily_figures,
    funding::Funding,
};
use crate::{
    db::{
        closed::{self, ClosedRow},
        selection,
    },
    domain::{equity, sum, timestamp},
    error::Error,
};
use journal_proto::analytics::v1::{Drawdown, GetSummaryRequest, Summary};
use ledger::{Decimal, Fraction};
use runtime::postgres::Reads;
use statistics::{ClosedTrade, DailyOptions, DailySummary, Metric, Options, Trades};
use time::OffsetDateTime;
use uuid::Uuid;

/// Over closed trades of one currency; undefined figures are absent and have a note.
pub(super) async fn get_summary(
    reads: &Reads,
    computing: &Computing,
    user_id: Uuid,
    request: GetSummaryRequest,
) -> Result<Summary, Error> {
    let mut snapshot = reads.snapshot_for(user_id).await?;
    let chosen = Chosen::parse(&mut snapshot, user_id, request.filter, request.measure).await?;
    let rows = closed::read(&mut snapshot, chosen.selection()).await?;
    let funding = Funding::read(&mut snapshot, user_id, &chosen).await?;
    let open = selection::open_count(&mut snapshot, user_id, &chosen.filter, &chosen.currency).await?;
    let coverage = chosen.coverage(&mut snapshot).await?;
    drop(snapshot);
    // Up to ten thousand resampled trades: too long for a thread that also answers others.
    let by_gross = chosen.measure.gross;
    let summary = computing.run(move || compute(&rows, &funding, by_gross)).await?;
    Ok(Summary {
        unit: chosen.unit(),
        coverage,
        currency: chosen.currency,
        other_currencies: chosen.others,
        open_trades: open.unsigned_abs(),
        ..summary
    })
}

fn compute(rows: &[ClosedRow], funding: &Funding, by_gross: bool) -> Result<Summary, Error> {
    let trades: Vec<ClosedTrade> =
        rows.iter().map(|row| closed_trade(row, by_gross)).collect::<Result<_, _>>()?;
    let options = Options { opening_equity: funding.opening.map(Fraction::from), ..Options::default() };
    let figures = statistics::summarize(&Trades::from_rows(&trades)?, &options)?;
    let net = rows.iter().try_fold(Decimal::ZERO, |net, row| sum(net, row.net))?;
    let pnl = equity::by_day(rows.iter().zip(&trades).map(|(row, trade)| (row.day, trade.net.clone())));
    let daily_options = funding.options();
    let daily = statistics::daily(&funding.account(&pnl), &daily_options);
    let depth = if funding.moved() { on_the_index(&daily) } else { of_the_equity(&figures) };
    let (from, to) = (rows.first().map(|row| row.closed_at), rows.last().map(|row| row.closed_at));
    Ok(Summary { net_pnl: net.to_string(), ..fill(&figures, (&daily, &daily_options), depth, from, to) })
}

/// The deepest fall as a share of its peak, trade by trade.
fn of_the_equity(figures: &statistics::Summary) -> Metric<f64> {
    figures.max_drawdown.clone()?.share.map(|share| share.to_f64())
}

/// The same when money came or went: of the daily index, which does not move with it.
fn on_the_index(daily: &DailySummary) -> Metric<f64> {
    daily.max_drawdown_share.clone().map(|fall| fall.depth.to_f64())
}

fn fill(
    figures: &statistics::Summary,
    (daily, options): (&DailySummary, &DailyOptions),
    depth: Metric<f64>,
    from: Option<OffsetDateTime>,
    to: Option<OffsetDateTime>,
) -> Summary {
    let mut notes = NoteBook::default();
    let money = |amount: Fraction| amount.round_half_even(super::convert::MONEY_SCALE).to_string();
    Summary {
        trades: figures.trades,
        wins: figures.wins,
        losses: figures.losses,
        scratches: figures.scratches,
        gross_pnl: figures.gross.to_string(),
        commissions: figures.commissions.to_string(),
        fees: figures.fees.to_string(),
        volume: figures.volume.to_string(),
        longest_win_streak: figures.longest_win_streak,
        longest_loss_streak: figures.longest_loss_streak,
        win_rate: notes.defined("win_rate", figures.win_rate).map(estimate),
        profit_factor: notes.defined("profit_factor", figures.profit_factor.clone()).map(profit_factor),
        payoff_ratio: notes.defined("payoff_ratio", figures.payoff_ratio.clone()).map(|ratio| ratio.to_f64()),
        expectancy: notes.defined("expectancy", figures.expectancy.clone()).as_ref().map(money_estimate),
        expectancy_r: notes.defined("expectancy_r", figures.expectancy_r).map(estimate),
        average_win: notes.defined("average_win", figures.average_win.clone()).map(money),
        average_loss: notes.defined("average_loss", figures.average_loss.clone()).map(money),
        largest_win: notes
            .defined("largest_win", figures.largest_win.clone())
            .map(|amount| amount.to_string()),
        largest_loss: notes
            .defined("largest_loss", figures.largest_loss.clone())
            .map(|amount| amount.to_string()),
        max_drawdown: drawdown(&mut notes, figures.max_drawdown.clone(), depth),
        recovery_factor: notes
            .defined("recovery_factor", figures.recovery_factor.clone())
            .map(|ratio| ratio.to_f64()),
        sharpe: notes.defined("sharpe", daily.sharpe),
        sortino: notes.defined("sortino", daily.sortino),
        calmar: notes.defined("calmar", daily.calmar),
        sqn: notes.defined("sqn", figures.sqn),
        kelly: notes.defined("kelly", figures.kelly.clone()).map(|ratio| ratio.to_f64()),
        average_hold_seconds: notes
            .defined("average_hold_seconds", figures.average_hold_seconds.clone())
            .map(|ratio| ratio.to_f64()),
        gross_profit: figures.gross_profit.to_string(),
        gross_loss: figures.gross_loss.to_string(),
        win_rate_without_scratches: notes
            .defined("win_rate_without_scratches", figures.win_rate_without_scratches.clone())
            .map(|ratio| ratio.to_f64()),
        standard_deviation: notes.defined("standard_deviation", figures.standard_deviation),
        sqn_r: notes.defined("sqn_r", figures.sqn_r),
        z_score: notes.defined("z_score", figures.z_score),
        exposure: notes.defined("exposure", figures.exposure.clone()).map(|ratio| ratio.to_f64()),
        days: daily.days,
        cagr: notes.defined("cagr", daily.cagr),
        volatility: notes.defined("volatility", daily.volatility),
        twr: notes.defined("twr", daily.twr.clone()).map(|ratio| ratio.to_f64()),
        r_coverage: notes.defined("r_coverage", figures.r_coverage.clone()).map(|ratio| ratio.to_f64()),
        sqn_r_100: notes.defined("sqn_r_100", figures.sqn_r_100),
        z_score_corrected: notes.defined("z_score_corrected", figures.z_score_corrected),
        z_score_plain: notes.defined("z_score_plain", figures.z_score_plain),
        daily: Some(daily_figures::told(daily, options, &mut notes)),
        from: from.map(timestamp),
        to: to.map(timestamp),
        notes: notes.written(),
        ..Summary::default()
    }
}

fn drawdown(
    notes: &mut NoteBook,
    drawdown: Metric<statistics::Drawdown>,
    depth: Metric<f64>,
) -> Option<Drawdown> {
    let drawdown = notes.defined("max_drawdown", drawdown)?;
    let at =
        |t: ledger::Timestamp| OffsetDateTime::from_unix_timestamp_nanos(i128::from(t.0)).ok().map(timestamp);
    Some(Drawdown {
        amount: drawdown.amount.to_string(),
        percent: notes.defined("max_drawdown.percent", depth),
        from: at(drawdown.from),
        to: at(drawdown.to),
        recovered_at: drawdown.recovered_at.and_then(at),
    })
}
