//! Runs of wins and losses.

use crate::outcome::Outcome;
use crate::undefined::{Metric, Undefined};
use crate::wilson::approximate;

/// The longest run of this outcome. A scratch ends every run.
pub(crate) fn longest(outcomes: &[Outcome], of: Outcome) -> u64 {
    let (longest, _) = outcomes.iter().fold((0, 0), |(longest, run): (u64, u64), outcome| {
        let run = if *outcome == of { run + 1 } else { 0 };
        (longest.max(run), run)
    });
    longest
}

/// (N (R - 0.5) - P) / sqrt(P (P - N) / (N - 1)) with P = 2 x wins x losses, N = wins + losses, R = runs.
pub(crate) fn z_score(outcomes: &[Outcome]) -> Metric<f64> {
    let decided: Vec<Outcome> =
        outcomes.iter().copied().filter(|outcome| *outcome != Outcome::Scratch).collect();
    let wins = decided.iter().filter(|outcome| **outcome == Outcome::Win).count();
    let losses = decided.len() - wins;
    match (outcomes.len(), wins, losses) {
        (0, ..) => return Err(Undefined::NoTrades),
        (_, 0, 0) => return Err(Undefined::OnlyScratches),
        (_, 0, _) => return Err(Undefined::NoWins),
        (_, _, 0) => return Err(Undefined::NoLosses),
        // One of each: the number of runs cannot be anything but two.
        (_, 1, 1) => return Err(Undefined::TooFewTrades { needed: 3 }),
        _ => {}
    }
    let changes = decided.windows(2).filter(|pair| pair.first() != pair.last()).count();
    let number = |count: usize| approximate(u64::try_from(count).unwrap_or(u64::MAX));
    let (all, product) = (number(decided.len()), 2.0 * number(wins) * number(losses));
    let runs = 1.0 + number(changes);
    Ok((all * (runs - 0.5) - product) / (product * (product - all) / (all - 1.0)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::{longest, z_score};
    use crate::outcome::Outcome::{self, Loss, Scratch, Win};
    use crate::undefined::Undefined;

    #[test]
    fn a_scratch_ends_a_streak() {
        let outcomes = [Win, Win, Scratch, Win, Loss, Loss, Loss, Scratch, Loss];

        assert_eq!((longest(&outcomes, Win), longest(&outcomes, Loss)), (2, 3));
        assert_eq!(longest(&[], Win), 0);
    }

    #[test]
    fn alternating_outcomes_have_a_high_score() {
        let outcomes: Vec<Outcome> = [Win, Loss].into_iter().cycle().take(20).collect();

        // N = 20, R = 20, P = 200.
        let expected = 190.0 / (200.0 * 180.0 / 19.0_f64).sqrt();
        assert!((z_score(&outcomes).unwrap() - expected).abs() < 1e-12);
        assert!((expected - 4.36).abs() < 0.01);
    }

    #[test]
    fn long_runs_have_a_low_score() {
        let outcomes = [[Win; 10], [Loss; 10]].concat();

        assert!(z_score(&outcomes).unwrap() < -3.0);
    }

    #[test]
    fn a_score_needs_both_sides_and_three_trades() {
        assert_eq!(z_score(&[]), Err(Undefined::NoTrades));
        assert_eq!(z_score(&[Scratch]), Err(Undefined::OnlyScratches));
        assert_eq!(z_score(&[Loss, Loss]), Err(Undefined::NoWins));
        assert_eq!(z_score(&[Win, Scratch]), Err(Undefined::NoLosses));
        assert_eq!(z_score(&[Win, Loss]), Err(Undefined::TooFewTrades { needed: 3 }));
    }
}
