//! `GetDistribution`: the shape of the amounts.

use super::{
    chosen::Chosen,
    computing::Computing,
    convert::{self, NoteBook, money, money_estimate},
};
use crate::{db::amounts, error::Error};
use journal_proto::analytics::v1::{Bin, Distribution, GetDistributionRequest, Quantile};
use ledger::Decimal;
use runtime::postgres::Reads;
use statistics::{Amounts, Bins, SharpeSample, distribution, quantiles};
use uuid::Uuid;

const MOST_BINS: u32 = 200;
/// In hundredths: the ends and the middle, then those that are told one by one.
const SHARES: [u32; 12] = [0, 50, 100, 1, 5, 10, 25, 50, 75, 90, 95, 99];

/// Of the net (or gross) amounts in the unit asked for.
pub(super) async fn get_distribution(
    reads: &Reads,
    computing: &Computing,
    user_id: Uuid,
    request: GetDistributionRequest,
) -> Result<Distribution, Error> {
    let bins = match request.bins {
        0 => Bins::FreedmanDiaconis,
        bins if bins <= MOST_BINS => Bins::About(bins),
        _ => return Err(Error::Invalid { field: "bins", expected: "must be between 1 and 200" }),
    };
    let mut snapshot = reads.snapshot_for(user_id).await?;
    let chosen = Chosen::parse(&mut snapshot, user_id, request.filter, request.measure).await?;
    let amounts = amounts::read(&mut snapshot, chosen.selection(), chosen.measure).await?;
    let coverage = chosen.coverage(&mut snapshot).await?;
    drop(snapshot);
    let values: Vec<Decimal> = amounts.into_iter().map(|amount| amount.value).collect();
    let shape = computing.run(move || shape(&values, bins)).await?;
    Ok(Distribution { unit: chosen.unit(), coverage, currency: chosen.currency, ..shape })
}

fn shape(values: &[Decimal], bins: Bins) -> Result<Distribution, Error> {
    let figures = convert::resampled_figures(values.iter().copied())?;
    let numbers: Vec<f64> = values.iter().map(|value| value.to_f64()).collect();
    let results: Amounts = values.iter().copied().collect();
    let mut notes = NoteBook::default();
    let moments = notes.defined("skewness", SharpeSample::of(&numbers));
    notes.defined("kurtosis", SharpeSample::of(&numbers));
    let shares = notes.defined("quantiles", quantiles(&results, &SHARES)).unwrap_or_default();
    let mut told = shares.iter().map(money);
    let bins = notes.defined("bins", distribution(&results, bins)).unwrap_or_default();
    Ok(Distribution {
        n: figures.trades,
        mean: notes.defined("mean", figures.expectancy).as_ref().map(money_estimate),
        min: told.next(),
        median: told.next(),
        max: told.next(),
        quantiles: SHARES.iter().skip(3).zip(told).map(quantile).collect(),
        bins: bins.iter().map(bin).collect(),
        standard_deviation: notes.defined("standard_deviation", figures.standard_deviation),
        skewness: moments.map(|moments| moments.skewness),
        kurtosis: moments.map(|moments| moments.kurtosis),
        notes: notes.written(),
        ..Distribution::default()
    })
}

fn quantile((hundredths, value): (&u32, String)) -> Quantile {
    Quantile { share: f64::from(*hundredths) / 100.0, value }
}

fn bin(bin: &statistics::Bin) -> Bin {
    Bin { from: bin.from.to_string(), to: bin.to.to_string(), count: bin.count }
}
