//! `GetExcursions`: how far trades went against and for their trader.

use super::{
    chosen::Chosen,
    convert::{money, number},
};
use crate::{
    db::excursions::{self, ExcursionRow},
    domain::timestamp,
    error::Error,
};
use journal_proto::analytics::v1::{Coverage, Excursions, GetExcursionsRequest, Note, TradeExcursion};
use ledger::{Decimal, Fraction};
use runtime::postgres::Reads;
use statistics::{Excursion, Extremes, Metric};
use uuid::Uuid;

const LISTED: u32 = 200;
const MOST_LISTED: u32 = 1_000;

/// Averages over all trades with MAE and MFE, and the last of them one by one.
pub(super) async fn get_excursions(
    reads: &Reads,
    user_id: Uuid,
    request: GetExcursionsRequest,
) -> Result<Excursions, Error> {
    let limit = match request.limit {
        0 => LISTED,
        limit if limit <= MOST_LISTED => limit,
        _ => return Err(Error::Invalid { field: "limit", expected: "must be between 1 and 1000" }),
    };
    let mut snapshot = reads.snapshot_for(user_id).await?;
    let chosen = Chosen::parse(&mut snapshot, user_id, request.filter, None).await?;
    let rows = excursions::read(&mut snapshot, chosen.selection()).await?;
    let selected = chosen.coverage(&mut snapshot).await?.unwrap_or_default().selected;
    let all: Vec<Excursion> = rows.iter().map(excursion).collect();
    let efficiency = |figure: fn(&Excursion) -> &Metric<Fraction>| {
        mean(all.iter().filter_map(|excursion| figure(excursion).clone().ok())).map(|share| number(&share))
    };
    Ok(Excursions {
        coverage: Some(Coverage { selected, measured: u64::try_from(rows.len()).unwrap_or(u64::MAX) }),
        average_mae: mean(all.iter().map(|excursion| excursion.mae.clone())).as_ref().map(money),
        average_mfe: mean(all.iter().map(|excursion| excursion.mfe.clone())).as_ref().map(money),
        average_entry_efficiency: efficiency(|excursion| &excursion.entry_efficiency),
        average_exit_efficiency: efficiency(|excursion| &excursion.exit_efficiency),
        average_total_efficiency: efficiency(|excursion| &excursion.total_efficiency),
        notes: if rows.is_empty() { vec![nothing(selected)] } else { Vec::new() },
        trades: rows
            .iter()
            .zip(&all)
            .take(usize::try_from(limit).unwrap_or(0))
            .map(|(row, e)| told(row, e))
            .collect(),
        currency: chosen.currency,
    })
}

fn excursion(row: &ExcursionRow) -> Excursion {
    let Some(prices) = &row.extremes else {
        return Excursion::from_columns(row.mae, row.mfe, &row.gross.into(), row.risk);
    };
    let extremes = Extremes {
        direction: prices.direction,
        entry: prices.entry.into(),
        exit: prices.exit.into(),
        lowest: prices.lowest.into(),
        highest: prices.highest.into(),
        mae: row.mae.into(),
        mfe: row.mfe.into(),
    };
    Excursion::from_extremes(&extremes, &row.gross.into(), row.risk)
}

fn mean(values: impl Iterator<Item = Fraction>) -> Option<Fraction> {
    let (mut sum, mut count) = (Fraction::ZERO, 0_i64);
    for value in values {
        sum += value;
        count += 1;
    }
    sum.checked_div(&Fraction::from(count))
}

fn nothing(selected: u64) -> Note {
    let (code, reason) = if selected == 0 {
        ("no-trades", "no closed trade matches")
    } else {
        ("no-excursions", "neither the broker's file nor price bars told how far these trades went")
    };
    Note { field: "trades".to_owned(), code: code.to_owned(), reason: reason.to_owned() }
}

fn told(row: &ExcursionRow, excursion: &Excursion) -> TradeExcursion {
    let defined = |figure: &Metric<Fraction>| figure.as_ref().ok().map(number);
    let text = |amount: Decimal| amount.to_string();
    TradeExcursion {
        trade_id: row.id.to_string(),
        symbol: row.symbol.clone(),
        closed_at: Some(timestamp(row.closed_at)),
        net_pnl: text(row.net),
        mae: text(row.mae),
        mfe: text(row.mfe),
        mae_r: defined(&excursion.mae_r),
        mfe_r: defined(&excursion.mfe_r),
        entry_efficiency: defined(&excursion.entry_efficiency),
        exit_efficiency: defined(&excursion.exit_efficiency),
        total_efficiency: defined(&excursion.total_efficiency),
        source: row.source.clone(),
    }
}
