//! The shape of a sample of exact amounts.

use super::sum;
use crate::error::Error;
use ledger::Decimal;

/// Decimals of the bounds between bins, and of quantiles.
const SCALE: u32 = 8;

/// How many amounts lie in `from <= x < to`; the last bin holds its upper end too.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Bin {
    pub from: Decimal,
    pub to: Decimal,
    pub count: u64,
}

/// Bins of equal width from the lowest to the highest amount; a single one when all are equal.
pub(crate) fn histogram(sorted: &[Decimal], bins: u32) -> Result<Vec<Bin>, Error> {
    let (Some(&low), Some(&high)) = (sorted.first(), sorted.last()) else { return Ok(Vec::new()) };
    let width = sum(high, -low)?;
    let bins = if width.is_zero() { 1 } else { bins.max(1) };
    let bound = |place: u32| match place {
        0 => Ok(low),
        place if place == bins => Ok(high),
        place => sum(low, share(width, place, bins)?),
    };
    let mut rest = sorted;
    let mut counted = Vec::new();
    for place in 0..bins {
        let (from, to) = (bound(place)?, bound(place + 1)?);
        let inside = if place + 1 == bins { rest.len() } else { rest.partition_point(|amount| *amount < to) };
        rest = rest.get(inside..).unwrap_or_default();
        counted.push(Bin { from, to, count: u64::try_from(inside).unwrap_or(u64::MAX) });
    }
    Ok(counted)
}

/// The quantile of type 7 (Hyndman and Fan 1996) at so many hundredths.
pub(crate) fn quantile(sorted: &[Decimal], hundredths: u32) -> Result<Option<Decimal>, Error> {
    let Some(last) = sorted.len().checked_sub(1) else { return Ok(None) };
    let steps = last * usize::try_from(hundredths.min(100)).unwrap_or(100);
    let below = sorted.get(steps / 100).copied().unwrap_or_default();
    let above = sorted.get(steps / 100 + 1).copied().unwrap_or(below);
    let way = share(sum(above, -below)?, u32::try_from(steps % 100).unwrap_or_default(), 100)?;
    sum(below, way).map(Some)
}

fn share(width: Decimal, above: u32, below: u32) -> Result<Decimal, Error> {
    let whole = |number: u32| Decimal::from_scaled(number.into(), 0).unwrap_or_default();
    width
        .checked_mul(whole(above))
        .and_then(|product| product.checked_div_rounded(whole(below), SCALE))
        .ok_or_else(|| Error::Malformed("a share that no exact number holds".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimals(texts: &[&str]) -> Vec<Decimal> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn every_amount_is_in_one_bin() {
        let sorted = decimals(&["-10", "-1", "0", "0", "5", "10"]);

        let bins = histogram(&sorted, 4).unwrap();

        let counts: Vec<u64> = bins.iter().map(|bin| bin.count).collect();
        assert_eq!(counts, [1, 1, 2, 2]);
        assert_eq!(bins[1].to.to_string(), "0");
        assert_eq!(bins[3].to.to_string(), "10");
    }

    #[test]
    fn equal_amounts_share_one_bin_and_none_have_none() {
        assert_eq!(histogram(&decimals(&["3", "3"]), 20).unwrap().len(), 1);
        assert_eq!(histogram(&[], 20).unwrap(), []);
    }

    #[test]
    fn quantiles_lie_between_neighbours() {
        let sorted = decimals(&["1", "2", "4"]);

        assert_eq!(quantile(&sorted, 50).unwrap().unwrap().to_string(), "2");
        assert_eq!(quantile(&sorted, 25).unwrap().unwrap().to_string(), "1.5");
        assert_eq!(quantile(&sorted, 95).unwrap().unwrap().to_string(), "3.8");
        assert_eq!(quantile(&[], 50).unwrap(), None);
    }
}
