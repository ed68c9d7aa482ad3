//! Quantiles: what so large a share of the results stays below.

use ledger::Fraction;

use crate::amounts::Amounts;
use crate::ratio::whole;
use crate::undefined::{Metric, Undefined};

crate::catalogue::metric! {
    const QUANTILE = {
        id: "quantile",
        name: "Quantile",
        unit: "money",
        formula: "x(k) + f (x(k+1) - x(k)); x(0) <= x(1) <= ... the n results in order, k + f = (n - 1) x share",
        edges: "Exact. 50 % is the median. Of one result it is that result. Null with `no-trades`.",
        source: "Hyndman and Fan, Sample quantiles in statistical packages, 1996, type 7",
        elsewhere: "R, NumPy and spreadsheets take type 7 unless asked; SPSS and Minitab take type 6.",
    };
    /// At each of these hundredths, of money or of R-multiples; above 100 it is the largest result.
    pub fn quantiles(results: &Amounts, hundredths: &[u32]) -> Metric<Vec<Fraction>> {
        let mut sorted: Vec<Fraction> = results.iter().collect();
        sorted.sort_unstable();
        let at = |share: &u32| type_7(sorted.len(), [*share, 100], |index| sorted.get(index).cloned());
        hundredths.iter().map(|share| at(share).ok_or(Undefined::NoTrades)).collect()
    }
}

/// The quantile `part / of` of `count` values, given the one at each place in their order.
pub(crate) fn type_7(
    count: usize,
    [part, of]: [u32; 2],
    at: impl Fn(usize) -> Option<Fraction>,
) -> Option<Fraction> {
    let (index, rest) = place(count, [part.min(of), of])?;
    let below = at(index)?;
    if rest == 0 {
        return Some(below);
    }
    let above = at(index + 1).unwrap_or_else(|| below.clone());
    between(&below, &above, [rest, of])
}

/// Where the quantile `part / of` of so many values lies: after this one, by `rest / of` of the way to the next.
pub(crate) fn place(count: usize, [part, of]: [u32; 2]) -> Option<(usize, u32)> {
    let (part, of) = (usize::try_from(part).ok()?, usize::try_from(of).ok()?);
    let steps = count.checked_sub(1)?.checked_mul(part)?;
    Some((steps.checked_div(of)?, u32::try_from(steps.checked_rem(of)?).ok()?))
}

/// The value `rest / of` of the way from one to the other.
pub(crate) fn between(below: &Fraction, above: &Fraction, [rest, of]: [u32; 2]) -> Option<Fraction> {
    let share = whole(rest.into()).checked_div(&whole(of.into()))?;
    Some(below + (above - below) * share)
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_place_lies_at_or_after_a_value() {
        assert_eq!(place(3, [1, 40]), Some((0, 2)));
        assert_eq!(place(3, [39, 40]), Some((1, 38)));
        assert_eq!(place(1, [39, 40]), Some((0, 0)));
        assert_eq!(place(0, [1, 40]), None);
    }
}
