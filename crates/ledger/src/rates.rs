//! Dated exchange rates.

use std::collections::BTreeMap;

use crate::{Fraction, Timestamp};

/// Exchange rates, each valid from its time until the next one of its pair.
#[derive(Debug, Clone, Default)]
pub struct Rates {
    /// By the pair in alphabetical order: what one unit of the first is worth in the second, sorted by time.
    pairs: BTreeMap<(String, String), Vec<(Timestamp, Fraction)>>,
}

impl Rates {
    /// Adds that one unit of `from` is worth `rate` units of `to`, from `time` on. Of two rates of one time the
    /// first that was added stays. `false`, and no change, for a rate that is not above zero.
    pub fn add(&mut self, time: Timestamp, from: &str, to: &str, rate: &Fraction) -> bool {
        if !rate.is_positive() {
            return false;
        }
        let Some(inverse) = Fraction::from(1).checked_div(rate) else { return false };
        let (pair, rate) = if from <= to { ((from, to), rate.clone()) } else { ((to, from), inverse) };
        let rates = self.pairs.entry((pair.0.to_owned(), pair.1.to_owned())).or_default();
        if let Err(place) = rates.binary_search_by_key(&time, |(time, _)| *time) {
            rates.insert(place, (time, rate));
        }
        true
    }

    /// What one unit of `from` is worth in `to` at `time`: the newest rate of the pair, in either direction, that is
    /// not younger. `None` when there is none; 1 for the same currency.
    pub fn at(&self, time: Timestamp, from: &str, to: &str) -> Option<Fraction> {
        if from == to {
            return Some(Fraction::from(1));
        }
        let (pair, turned) = if from <= to { ((from, to), false) } else { ((to, from), true) };
        let rates = self.pairs.get(&(pair.0.to_owned(), pair.1.to_owned()))?;
        let place = rates.partition_point(|(since, _)| *since <= time);
        let (_, rate) = rates.get(place.checked_sub(1)?)?;
        if turned { Fraction::from(1).checked_div(rate) } else { Some(rate.clone()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_rate_that_is_not_younger_counts_in_both_directions() {
        let mut rates = Rates::default();
        for (time, rate) in [(20, "1.25"), (10, "2"), (20, "3")] {
            assert!(rates.add(Timestamp(time), "EUR", "USD", &rate.parse().unwrap()));
        }
        assert!(!rates.add(Timestamp(30), "EUR", "USD", &Fraction::ZERO));

        let text = |at, from, to| rates.at(Timestamp(at), from, to).map(|rate| rate.to_string());
        assert_eq!(text(9, "EUR", "USD"), None);
        assert_eq!(text(10, "EUR", "USD").as_deref(), Some("2"));
        assert_eq!(text(19, "USD", "EUR").as_deref(), Some("0.5"));
        assert_eq!(text(20, "EUR", "USD").as_deref(), Some("1.25"));
        assert_eq!(text(99, "USD", "EUR").as_deref(), Some("0.8"));
        assert_eq!(text(0, "EUR", "EUR").as_deref(), Some("1"));
        assert_eq!(text(99, "EUR", "GBP"), None);
    }
}
