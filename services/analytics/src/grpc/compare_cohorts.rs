//! `CompareCohorts`: two sets of trades side by side.

use super::{
    chosen::Chosen,
    computing::Computing,
    convert::{self, NoteBook, estimate, money, money_estimate, profit_factor},
};
use crate::{
    db::{
        amounts::{self, Amount},
        selection,
    },
    error::Error,
};
use journal_proto::analytics::v1::{
    Cohort, CompareCohortsRequest, Comparison, Coverage, MoneyEstimate, MoneyInterval,
};
use runtime::postgres::Reads;
use statistics::{Amounts, Difference, Options, Summary};
use uuid::Uuid;

/// In the currency of the first cohort, unless the second asks for another: then there is nothing to compare.
pub(super) async fn compare_cohorts(
    reads: &Reads,
    computing: &Computing,
    user_id: Uuid,
    request: CompareCohortsRequest,
) -> Result<Comparison, Error> {
    let mut snapshot = reads.snapshot_for(user_id).await?;
    let a = Chosen::parse(&mut snapshot, user_id, request.a, request.measure.clone()).await?;
    let mut second = request.b.unwrap_or_default();
    if !second.currency.is_empty() && second.currency != a.currency {
        return Err(Error::Invalid { field: "b_currency", expected: "must be the currency of a" });
    }
    second.currency.clone_from(&a.currency);
    let b = Chosen::parse(&mut snapshot, user_id, Some(second), request.measure).await?;
    let of_a = amounts::read(&mut snapshot, a.selection(), a.measure).await?;
    let of_b = amounts::read(&mut snapshot, b.selection(), b.measure).await?;
    let (covered_a, covered_b) = (a.coverage(&mut snapshot).await?, b.coverage(&mut snapshot).await?);
    let shared = selection::shared(&mut snapshot, a.selection(), &b.filter).await?;
    drop(snapshot);
    let compared = computing.run(move || compare(&of_a, &of_b, covered_a, covered_b)).await?;
    Ok(Comparison { unit: a.unit(), shared, currency: a.currency, ..compared })
}

fn compare(
    a: &[Amount],
    b: &[Amount],
    covered_a: Option<Coverage>,
    covered_b: Option<Coverage>,
) -> Result<Comparison, Error> {
    let resampled = |amounts: &[Amount]| convert::resampled_figures(amounts.iter().map(|each| each.value));
    let (of_a, of_b) = (resampled(a)?, resampled(b)?);
    let column = |amounts: &[Amount]| amounts.iter().map(|each| each.value).collect::<Amounts>();
    let mut notes = NoteBook::default();
    let told = notes.defined("p", statistics::compare(&column(a), &column(b), &Options::default()));
    Ok(Comparison {
        a: Some(cohort(&of_a, covered_a, &mut notes, "a")),
        b: Some(cohort(&of_b, covered_b, &mut notes, "b")),
        ..tested(told, of_a.trades + of_b.trades, notes)
    })
}

/// What the tests say, and all notes.
fn tested(told: Option<Difference>, trades: u64, mut notes: NoteBook) -> Comparison {
    let Some(told) = told else { return Comparison { notes: notes.written(), ..Comparison::default() } };
    let p = notes.defined("p", told.welch_p);
    let ends = told.welch_interval.ok().map(|ends| ends.map(|end| format!("{end:.8}")));
    let [low, high] = ends.map_or([None, None], |ends| ends.map(Some));
    let resampled = notes.defined("difference_interval", told.difference_interval);
    Comparison {
        difference: Some(MoneyEstimate { amount: money(&told.expectancy_difference), low, high, n: trades }),
        p,
        difference_interval: resampled.map(|ends| {
            let [low, high] = ends.each_ref().map(money);
            MoneyInterval { low, high }
        }),
        permutation_p: notes.defined("permutation_p", told.permutation_p),
        notes: notes.written(),
        ..Comparison::default()
    }
}

fn cohort(figures: &Summary, coverage: Option<Coverage>, notes: &mut NoteBook, name: &str) -> Cohort {
    let field = |field: &str| format!("{name}.{field}");
    Cohort {
        coverage,
        trades: figures.trades,
        wins: figures.wins,
        losses: figures.losses,
        scratches: figures.scratches,
        total: figures.net.to_string(),
        win_rate: notes.defined(&field("win_rate"), figures.win_rate).map(estimate),
        expectancy: notes
            .defined(&field("expectancy"), figures.expectancy.clone())
            .as_ref()
            .map(money_estimate),
        profit_factor: notes
            .defined(&field("profit_factor"), figures.profit_factor.clone())
            .map(profit_factor),
        standard_deviation: notes.defined(&field("standard_deviation"), figures.standard_deviation),
    }
}
