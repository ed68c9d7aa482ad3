//! How long bars last: files tell when one begins, and not when it ends.

use super::ParsedBar;
use ledger::Timestamp;
use std::{collections::BTreeMap, time::Duration};

/// Ends each of the sorted bars, and gives the interval: the distance that most bars have from the next one, of several the
/// shortest. `None` for fewer than two bars.
pub(super) fn settle(bars: &mut [ParsedBar]) -> Option<Duration> {
    let mut distances: BTreeMap<i64, usize> = BTreeMap::new();
    for (bar, next) in bars.iter().zip(bars.iter().skip(1)) {
        let distance = next.starts_at.at.0.saturating_sub(bar.starts_at.at.0);
        *distances.entry(distance).or_default() += 1;
    }
    let (interval, _) = distances.into_iter().max_by_key(|(distance, count)| (*count, -distance))?;
    let mut next = None;
    for bar in bars.iter_mut().rev() {
        let end = bar.starts_at.at.0.saturating_add(interval);
        bar.ends_at = Timestamp(next.map_or(end, |next: i64| next.min(end)));
        next = Some(bar.starts_at.at.0);
    }
    Some(Duration::from_nanos(interval.unsigned_abs()))
}
