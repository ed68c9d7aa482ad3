//! Whether two samples have different means.

use statistics::student_upper_tail;

/// The difference of two means.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Difference {
    /// Half the width of the 95 % interval around it.
    pub half_width: f64,
    /// Two-sided: the chance of a difference at least as large if there were none.
    pub p: f64,
}

/// A sample by its moments.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    pub mean: f64,
    /// n - 1.
    pub deviation: f64,
    pub n: u32,
}

/// Welch's t-test; `None` when one of the samples has fewer than two values or neither varies. Degrees of freedom after
/// Satterthwaite, rounded down, which errs on the side of no difference.
///
/// Source: Welch, "The generalization of Student's problem when several different population variances are involved", 1947.
pub(crate) fn welch(a: Sample, b: Sample) -> Option<Difference> {
    if a.n < 2 || b.n < 2 {
        return None;
    }
    let error = |sample: Sample| sample.deviation * sample.deviation / f64::from(sample.n);
    let (of_a, of_b) = (error(a), error(b));
    let both = of_a + of_b;
    if both <= 0.0 {
        return None;
    }
    let share = |error: f64, n: u32| error * error / f64::from(n - 1);
    let degrees = whole(both * both / (share(of_a, a.n) + share(of_b, b.n)));
    let t = (a.mean - b.mean).abs() / both.sqrt();
    Some(Difference {
        half_width: critical(degrees) * both.sqrt(),
        p: (2.0 * student_upper_tail(t, degrees)).min(1.0),
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 1 and the sum of both sizes"
)]
fn whole(degrees: f64) -> u64 {
    degrees.max(1.0) as u64
}

/// The 97.5 % quantile of Student's t, by bisection.
fn critical(degrees: u64) -> f64 {
    let (mut low, mut high) = (0.0, 1_000.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if student_upper_tail(middle, degrees) > 0.025 { low = middle } else { high = middle }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_are_those_of_a_table() {
        assert!((critical(10) - 2.228_139).abs() < 1e-6);
        assert!((critical(1) - 12.706_205).abs() < 1e-6);
        // An error of sqrt(9 / 20 + 25 / 30) and 47 degrees: 2.012 x 1.133.
        let a = Sample { mean: 10.0, deviation: 3.0, n: 20 };
        let b = Sample { mean: 7.0, deviation: 5.0, n: 30 };
        let difference = welch(a, b).unwrap();
        assert!((0.010..0.012).contains(&difference.p), "{difference:?}");
        assert!((2.27..2.29).contains(&difference.half_width), "{difference:?}");
    }

    #[test]
    fn without_variance_nothing_is_said() {
        let same = Sample { mean: 1.0, deviation: 0.0, n: 5 };
        assert!(welch(same, same).is_none());
        assert!(welch(same, Sample { n: 1, ..same }).is_none());
    }
}
