//! [`Accumulator`]: a long sum of [`Twofold`] numbers, with one addition a step to wait for.

use super::{Twofold, ordered_sum, sum};

/// A sum and the errors of its additions, kept apart until the end (Neumaier, "Rundungsfehleranalyse einiger Verfahren
/// zur Summation endlicher Summen", 1974).
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Accumulator {
    total: f64,
    errors: f64,
}

impl Accumulator {
    #[inline]
    pub(crate) fn add(&mut self, number: Twofold) {
        let Twofold { high, low } = sum(self.total, number.high);
        self.total = high;
        self.errors += low + number.low;
    }

    pub(crate) fn total(self) -> Twofold {
        ordered_sum(self.total, self.errors)
    }
}

#[cfg(test)]
mod tests {
    use super::{Accumulator, Twofold};

    #[test]
    fn small_numbers_survive_beside_large_ones() {
        let mut sum = Accumulator::default();
        for number in [1.0, 1e30, 1e-20, -1e30] {
            sum.add(Twofold::new(number));
        }
        sum.add(Twofold { high: 0.0, low: 1.0 });

        assert_eq!(sum.total().to_f64().to_bits(), 2.0_f64.to_bits());
    }
}
