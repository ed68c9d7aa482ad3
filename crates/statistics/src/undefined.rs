//! [`Undefined`]: why a figure does not exist.

/// A figure, or the reason why there is none.
pub type Metric<T> = Result<T, Undefined>;

/// Why a figure does not exist. Its text is a sentence for people, its [`code`](Self::code) for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Undefined {
    /// There is nothing to measure.
    #[error("There are no closed trades.")]
    NoTrades,
    /// The figure needs a winner.
    #[error("No trade won.")]
    NoWins,
    /// The figure needs a loser.
    #[error("No trade lost.")]
    NoLosses,
    /// Neither a winner nor a loser.
    #[error("Every trade was a scratch.")]
    OnlyScratches,
    /// The figure needs more trades than there are.
    #[error("At least {needed} trades are needed.")]
    TooFewTrades {
        /// The smallest number that would do.
        needed: u64,
    },
    /// The figure needs more sessions than there are.
    #[error("At least {needed} trading days are needed.")]
    TooFewSessions {
        /// The smallest number that would do.
        needed: u64,
    },
    /// All values are the same, so there is no deviation to divide by.
    #[error("All results are the same.")]
    ZeroVariance,
    /// The curve never fell below an earlier value.
    #[error("There was no drawdown.")]
    NoDrawdown,
    /// No trade has a planned risk.
    #[error("No trade has a stop to measure its risk.")]
    NoRisk,
    /// Returns need an equity above zero to start from.
    #[error("The opening equity is not known.")]
    NoOpeningEquity,
    /// The losses used up the equity, so that later returns have nothing to refer to.
    #[error("The equity fell to zero or below.")]
    EquityLost,
    /// No day had a negative return.
    #[error("No day lost.")]
    NoDownside,
    /// Everything happened at one instant.
    #[error("The trades took no time.")]
    NoDuration,
    /// The period is too short to be projected onto a year.
    #[error("{days} days are too few to annualise; 90 are needed.")]
    TooShort {
        /// The length of the period in calendar days, first and last included.
        days: u64,
    },
    /// So many trades that resampling them takes too long, and tells nothing that the normal distribution does not.
    #[error("Above {limit} trades nothing is resampled.")]
    TooManyTrades {
        /// The most trades that are.
        limit: u64,
    },
    /// The caller asked for no resampling.
    #[error("No samples were asked for.")]
    NoDraws,
    /// The total is not above zero, so that nothing can be a share of it.
    #[error("There is no profit to take a share of.")]
    NoProfit,
    /// No limit was set.
    #[error("No limit is set.")]
    NoLimit,
    /// The points lie on a straight line, which leaves no error to compare the slope with.
    #[error("The curve is a straight line.")]
    StraightLine,
    /// The divisor is zero.
    #[error("The quantile to divide by is zero.")]
    ZeroQuantile,
    /// Money went only one way, so that no rate brings it to nothing.
    #[error("No rate of return explains these payments.")]
    NoRate,
    /// No price bar lies where one is needed.
    #[error("There are no price bars.")]
    NoBars,
    /// The price stood still, so that nothing can be a share of its range.
    #[error("The price did not move.")]
    NoRange,
    /// The figure needs a moment of profit.
    #[error("The trade was never in profit.")]
    NeverInProfit,
    /// The figure needs an exit.
    #[error("The trade has no exit yet.")]
    StillOpen,
    /// An inverse contract was traded, or quoted, at zero or below.
    #[error("An inverse contract needs prices above zero.")]
    NoInversePrice,
    /// The exact amounts on the way have more than 76 digits.
    #[error("The amounts have too many digits.")]
    TooManyDigits,
}

impl Undefined {
    /// The stable name of the reason, for machines: `no-losses`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoTrades => "no-trades",
            Self::NoWins => "no-wins",
            Self::NoLosses => "no-losses",
            Self::OnlyScratches => "only-scratches",
            Self::TooFewTrades { .. } => "too-few-trades",
            Self::TooFewSessions { .. } => "too-few-sessions",
            Self::ZeroVariance => "zero-variance",
            Self::NoDrawdown => "no-drawdown",
            Self::NoRisk => "no-risk",
            Self::NoOpeningEquity => "no-opening-equity",
            Self::EquityLost => "equity-lost",
            Self::NoDownside => "no-downside",
            Self::NoDuration => "no-duration",
            Self::TooShort { .. } => "too-short",
            Self::TooManyTrades { .. } => "too-many-trades",
            Self::NoDraws => "no-draws",
            Self::NoProfit => "no-profit",
            Self::NoLimit => "no-limit",
            Self::StraightLine => "straight-line",
            Self::ZeroQuantile => "zero-quantile",
            Self::NoRate => "no-rate",
            Self::NoBars => "no-bars",
            Self::NoRange => "no-range",
            Self::NeverInProfit => "never-in-profit",
            Self::StillOpen => "still-open",
            Self::NoInversePrice => "no-inverse-price",
            Self::TooManyDigits => "too-many-digits",
        }
    }
}
