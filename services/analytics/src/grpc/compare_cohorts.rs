//! `CompareCohorts`: two sets of trades side by side.

use super::{
    chosen::Chosen,
    convert::{self, NoteBook, estimate, money, money_estimate, number, profit_factor},
};
use crate::{
    db::{
        amounts::{self, Amount},
        selection,
    },
    domain::{Sample, welch},
    error::Error,
};
use journal_proto::analytics::v1::{Cohort, CompareCohortsRequest, Comparison, Coverage, MoneyEstimate};
use sqlx::PgPool;
use statistics::{Summary, Undefined};
use uuid::Uuid;

/// In the currency of the first cohort, unless the second asks for another: then there is nothing to compare.
pub(super) async fn compare_cohorts(
    pool: &PgPool,
    user_id: Uuid,
    request: CompareCohortsRequest,
) -> Result<Comparison, Error> {
    let a = Chosen::parse(pool, user_id, request.a, request.measure.clone()).await?;
    let mut second = request.b.unwrap_or_default();
    if !second.currency.is_empty() && second.currency != a.currency {
        return Err(Error::Invalid { field: "b_currency", expected: "must be the currency of a" });
    }
    second.currency.clone_from(&a.currency);
    let b = Chosen::parse(pool, user_id, Some(second), request.measure).await?;
    let of_a = amounts::read(pool, a.selection(), a.measure).await?;
    let of_b = amounts::read(pool, b.selection(), b.measure).await?;
    let (covered_a, covered_b) = (a.coverage(pool).await?, b.coverage(pool).await?);
    let shared = selection::shared(pool, a.selection(), &b.filter).await?;
    let compared = tokio::task::spawn_blocking(move || compare(&of_a, &of_b, covered_a, covered_b));
    let compared = compared.await.map_err(|error| Error::Malformed(error.to_string()))??;
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
    let mut notes = NoteBook::default();
    let tested = match (sample(&of_a), sample(&of_b)) {
        (Ok(a), Ok(b)) => welch(a, b).ok_or(Undefined::ZeroVariance),
        (Err(undefined), _) | (_, Err(undefined)) => Err(undefined),
    };
    let tested = notes.defined("p", tested);
    Ok(Comparison {
        difference: difference(&of_a, &of_b, tested.map(|test| test.half_width)),
        p: tested.map(|test| test.p),
        a: Some(cohort(&of_a, covered_a, &mut notes, "a")),
        b: Some(cohort(&of_b, covered_b, &mut notes, "b")),
        notes: notes.written(),
        ..Comparison::default()
    })
}

fn sample(figures: &Summary) -> Result<Sample, Undefined> {
    let mean = figures.expectancy.as_ref().map_err(|undefined| *undefined)?;
    Ok(Sample {
        mean: number(&mean.value),
        deviation: figures.standard_deviation?,
        n: u32::try_from(figures.trades).unwrap_or(u32::MAX),
    })
}

/// Exact between the ends of an interval that is not.
fn difference(a: &Summary, b: &Summary, half_width: Option<f64>) -> Option<MoneyEstimate> {
    let (of_a, of_b) = (a.expectancy.as_ref().ok()?, b.expectancy.as_ref().ok()?);
    let exact = &of_a.value - &of_b.value;
    let end = |sign: f64| half_width.map(|half| format!("{:.8}", number(&exact) + sign * half));
    Some(MoneyEstimate { amount: money(&exact), low: end(-1.0), high: end(1.0), n: a.trades + b.trades })
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
