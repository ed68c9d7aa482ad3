//! The figures of each group of trades.

use std::collections::BTreeMap;

use crate::error::StatisticsError;
use crate::options::Options;
use crate::summary::{Summary, summarize};
use crate::trades::Trades;

/// The summary of each group: key `k` of trade `k`, whatever a key is: a symbol, a weekday, a setup.
///
/// Trades keep their order within a group. Refuses another number of keys than of trades.
pub fn breakdown<K: Ord + Clone>(
    keys: &[K],
    trades: &Trades,
    options: &Options,
) -> Result<BTreeMap<K, Summary>, StatisticsError> {
    if keys.len() != trades.len() {
        return Err(StatisticsError::UnequalColumns);
    }
    let mut groups: BTreeMap<&K, Vec<usize>> = BTreeMap::new();
    for (index, key) in keys.iter().enumerate() {
        groups.entry(key).or_default().push(index);
    }
    let measured =
        |(key, rows): (&K, Vec<usize>)| Ok((key.clone(), summarize(&trades.select(&rows)?, options)?));
    groups.into_iter().map(measured).collect()
}
