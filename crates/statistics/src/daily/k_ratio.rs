//! The K-ratio: how straight the logarithm of the index rises.

use crate::twofold::Twofold;
use crate::undefined::{Metric, Undefined};

/// Residuals whose squares add up to less come from rounding: the curve is a line.
const STRAIGHT: f64 = 1e-40;

/// Slope over its standard error, in the three ways its author scaled it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(clippy::struct_field_names, reason = "the years tell them apart")]
pub(super) struct KRatios {
    pub(super) kestner_1996: f64,
    pub(super) kestner_2003: f64,
    pub(super) kestner_2013: f64,
}

/// Ordinary least squares of these logarithms on 1, 2, ..., n.
pub(super) fn k_ratios(logarithms: &[Twofold], periods_per_year: u32) -> Metric<KRatios> {
    if logarithms.len() < 3 {
        return Err(Undefined::TooFewSessions { needed: 3 });
    }
    let count = Twofold::count(logarithms.len());
    let middle = (count + Twofold::ONE) / Twofold::new(2.0);
    let mean = logarithms.iter().copied().sum::<Twofold>() / count;
    let points = || (1..).map(|x| Twofold::count(x) - middle).zip(logarithms.iter().map(|y| *y - mean));
    let squares: Twofold = points().map(|(x, _)| x.square()).sum();
    let slope = points().map(|(x, y)| x * y).sum::<Twofold>() / squares;
    let errors: Twofold = points().map(|(x, y)| (y - slope * x).square()).sum();
    if errors.to_f64() < STRAIGHT {
        return Err(Undefined::StraightLine);
    }
    let t = slope / (errors / (count - Twofold::new(2.0)) / squares).sqrt();
    let year = Twofold::new(f64::from(periods_per_year));
    Ok(KRatios {
        kestner_1996: (t / count.sqrt()).to_f64(),
        kestner_2003: (t / count).to_f64(),
        kestner_2013: (t * year.sqrt() / count).to_f64(),
    })
}

#[cfg(test)]
mod tests {
    use super::k_ratios;
    use crate::twofold::Twofold;
    use crate::undefined::Undefined;

    #[test]
    fn a_straight_line_has_no_ratio() {
        let line: Vec<Twofold> = (1..=50).map(|x| Twofold::count(x) / Twofold::count(7)).collect();

        assert_eq!(k_ratios(&line, 252), Err(Undefined::StraightLine));
        assert_eq!(k_ratios(&line[..2], 252), Err(Undefined::TooFewSessions { needed: 3 }));
    }
}
