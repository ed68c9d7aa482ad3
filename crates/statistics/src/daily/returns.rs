//! Figures of the daily returns as a sample: mean against deviation, and what that is worth.

use super::account::DailyOptions;
use super::course::Course;
use crate::luck::{SharpeSample, psr};
use crate::twofold::Twofold;
use crate::undefined::{Metric, Undefined};

/// Sums over the returns of all sessions.
pub(super) struct Returns<'a> {
    course: &'a Course,
    mean: Twofold,
    /// The sample's standard deviation; 0 exactly when all returns are equal.
    deviation: Twofold,
    /// The risk-free rate of a session.
    risk_free: Twofold,
    year: Twofold,
}

impl<'a> Returns<'a> {
    /// `even` says that gains and losses add up to nothing.
    pub(super) fn of(course: &'a Course, options: &DailyOptions, even: bool) -> Self {
        let year = Twofold::new(f64::from(options.periods_per_year));
        let count = course.count();
        let sum: Twofold = course.sessions.iter().map(|session| session.near).sum();
        let mean = if even { Twofold::ZERO } else { sum / count };
        let growth = Twofold::ONE + Twofold::from(&options.risk_free);
        let risk_free =
            if options.risk_free.is_zero() { Twofold::ZERO } else { (growth.ln() / year).exp_m1() };
        let returns = Self { course, mean, deviation: Twofold::ZERO, risk_free, year };
        let squares = returns.moment(2) * count;
        let constant = course.sessions.windows(2).all(|pair| {
            pair.first().map(|session| &session.value) == pair.last().map(|session| &session.value)
        });
        let deviation = if constant { Twofold::ZERO } else { (squares / (count - Twofold::ONE)).sqrt() };
        Self { deviation, ..returns }
    }

    fn enough(&self, needed: usize) -> Metric<()> {
        if self.course.sessions.len() < needed {
            return Err(Undefined::TooFewSessions { needed: u64::try_from(needed).unwrap_or(u64::MAX) });
        }
        Ok(())
    }

    /// The mean of the powers of the distances from the mean.
    fn moment(&self, power: u32) -> Twofold {
        let power_of = |value: Twofold| (1..power).fold(value, |product, _| product * value);
        self.course.sessions.iter().map(|session| power_of(session.near - self.mean)).sum::<Twofold>()
            / self.course.count()
    }

    pub(super) fn volatility(&self) -> Metric<f64> {
        self.enough(2)?;
        Ok((self.deviation * self.year.sqrt()).to_f64())
    }

    /// The Sharpe ratio of a session.
    fn per_session(&self) -> Metric<Twofold> {
        self.enough(2)?;
        if self.deviation.is_zero() {
            return Err(Undefined::ZeroVariance);
        }
        Ok((self.mean - self.risk_free) / self.deviation)
    }

    pub(super) fn sharpe(&self) -> Metric<f64> {
        Ok((self.per_session()? * self.year.sqrt()).to_f64())
    }

    pub(super) fn sortino(&self) -> Metric<f64> {
        let shortfall = |value: Twofold| (value - self.risk_free).min(Twofold::ZERO).square();
        let squares: Twofold = self.course.sessions.iter().map(|session| shortfall(session.near)).sum();
        if squares.is_zero() {
            return Err(Undefined::NoDownside);
        }
        let downside = (squares / self.course.count()).sqrt();
        Ok(((self.mean - self.risk_free) / downside * self.year.sqrt()).to_f64())
    }

    /// The probability that the true Sharpe ratio is above 0.
    pub(super) fn probabilistic_sharpe(&self) -> Metric<f64> {
        self.enough(3)?;
        let sharpe = self.per_session()?.to_f64();
        let second = self.moment(2);
        let skewness = (self.moment(3) / (second * second.sqrt())).to_f64();
        let kurtosis = (self.moment(4) / second.square()).to_f64();
        let n = u64::try_from(self.course.sessions.len()).unwrap_or(u64::MAX);
        psr(&SharpeSample { sharpe, n, skewness, kurtosis }, 0.0)
    }
}
