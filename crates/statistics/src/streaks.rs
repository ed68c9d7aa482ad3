//! Runs of wins and losses.

use crate::undefined::{Metric, Undefined};
use crate::wilson::approximate;

/// Counts outcomes and runs, one trade after the other.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Streaks {
    pub(crate) wins: u64,
    pub(crate) losses: u64,
    pub(crate) longest_win: u64,
    pub(crate) longest_loss: u64,
    current_win: u64,
    current_loss: u64,
    /// Runs of wins and losses, scratches left out.
    runs: u64,
    last: i8,
}

/// The three ways to score the number of runs; they differ in the correction for continuity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct RunScores {
    pub(crate) vince: f64,
    pub(crate) corrected: f64,
    pub(crate) plain: f64,
}

impl Streaks {
    /// Takes in a win (1), a loss (-1) or a scratch (0). Without a branch: outcomes cannot be predicted.
    #[inline]
    pub(crate) fn add(&mut self, outcome: i8) {
        let (won, lost) = (u64::from(outcome > 0), u64::from(outcome < 0));
        self.wins += won;
        self.losses += lost;
        self.current_win = (self.current_win + 1) & won.wrapping_neg();
        self.current_loss = (self.current_loss + 1) & lost.wrapping_neg();
        self.longest_win = self.longest_win.max(self.current_win);
        self.longest_loss = self.longest_loss.max(self.current_loss);
        let decided = outcome != 0;
        self.runs += u64::from(decided) * u64::from(outcome != self.last);
        self.last = if decided { outcome } else { self.last };
    }

    /// How far the number of runs R is from its mean 1 + P/N, in deviations sqrt(P (P - N) / (N - 1)) / N, with
    /// N = W + L and P = 2 W L.
    pub(crate) fn scores(&self, trades: u64) -> Metric<RunScores> {
        match (trades, self.wins, self.losses) {
            (0, ..) => return Err(Undefined::NoTrades),
            (_, 0, 0) => return Err(Undefined::OnlyScratches),
            (_, 0, _) => return Err(Undefined::NoWins),
            (_, _, 0) => return Err(Undefined::NoLosses),
            // One of each: the number of runs cannot be anything but two.
            (_, 1, 1) => return Err(Undefined::TooFewTrades { needed: 3 }),
            _ => {}
        }
        let all = approximate(self.wins + self.losses);
        let product = 2.0 * approximate(self.wins) * approximate(self.losses);
        let spread = (product * (product - all) / (all - 1.0)).sqrt();
        // N times the distance from the mean: whole numbers, so that halves are exact.
        let distance = all * (approximate(self.runs) - 1.0) - product;
        let nearer = (distance.abs() - all / 2.0).max(0.0).copysign(distance);
        Ok(RunScores {
            vince: (distance + all / 2.0) / spread,
            corrected: nearer / spread,
            plain: distance / spread,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{RunScores, Streaks};
    use crate::undefined::Undefined;

    fn streaks(outcomes: &[i8]) -> Streaks {
        let mut streaks = Streaks::default();
        for outcome in outcomes {
            streaks.add(*outcome);
        }
        streaks
    }

    fn scores(outcomes: &[i8]) -> Result<RunScores, Undefined> {
        streaks(outcomes).scores(outcomes.len() as u64)
    }

    #[test]
    fn a_scratch_ends_a_streak() {
        let streaks = streaks(&[1, 1, 0, 1, -1, -1, -1, 0, -1]);

        assert_eq!((streaks.longest_win, streaks.longest_loss), (2, 3));
        assert_eq!((streaks.wins, streaks.losses, streaks.runs), (3, 4, 2));
    }

    #[test]
    fn alternating_outcomes_have_a_high_score() {
        let outcomes: Vec<i8> = [1, -1].into_iter().cycle().take(20).collect();

        let scores = scores(&outcomes).unwrap();

        // N = 20, R = 20, P = 200: 190, 170 and 180 over 43.5.
        let spread = (200.0 * 180.0 / 19.0_f64).sqrt();
        assert!((scores.vince - 190.0 / spread).abs() < 1e-12);
        assert!((scores.corrected - 170.0 / spread).abs() < 1e-12);
        assert!((scores.plain - 180.0 / spread).abs() < 1e-12);
    }

    #[test]
    fn long_runs_have_a_low_score() {
        let scores = scores(&[[1; 10], [-1; 10]].concat()).unwrap();

        // R = 2: -170, -170 and -180 over 43.5; the correction goes towards the mean on this side, too.
        assert!((scores.vince + 3.905_480_479_758_896).abs() < 1e-12);
        assert_eq!(scores.corrected.to_bits(), scores.vince.to_bits());
        assert!(scores.plain < scores.vince);
    }

    #[test]
    fn runs_at_their_mean_have_no_score_and_stay_there_when_corrected() {
        // N = 4, P = 8, mean 3: R = 3 is it.
        let scores =
            scores(&[1, 1, -1, 1, -1, -1][..4].iter().copied().chain([-1]).collect::<Vec<_>>()).unwrap();

        assert!(scores.corrected.abs() <= scores.plain.abs());
        let even = streaks(&[1, -1, -1, 1]).scores(4).unwrap();
        assert_eq!((even.plain.to_bits(), even.corrected.to_bits()), (0, 0));
        assert!(even.vince > 0.0);
    }

    #[test]
    fn a_score_needs_both_sides_and_three_trades() {
        assert_eq!(scores(&[]), Err(Undefined::NoTrades));
        assert_eq!(scores(&[0]), Err(Undefined::OnlyScratches));
        assert_eq!(scores(&[-1, -1]), Err(Undefined::NoWins));
        assert_eq!(scores(&[1, 0]), Err(Undefined::NoLosses));
        assert_eq!(scores(&[1, -1]), Err(Undefined::TooFewTrades { needed: 3 }));
    }
}
