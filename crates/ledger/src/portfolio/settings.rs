//! How the books of a portfolio are settled.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::book::Conversion;
use crate::{Fault, FeeRounding, Fraction, Instrument, Method, Rates, Timestamp};

/// How the books of a portfolio are settled.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Which open lot a closing fill closes first.
    pub method: Method,
    /// How a fee is divided when its fill is matched in several parts.
    pub fee_rounding: FeeRounding,
    /// What is known of the instruments, by symbol; another is a share without a stated currency.
    pub instruments: BTreeMap<String, Instrument>,
    /// Exchange rates.
    pub rates: Rates,
    /// The currency in which nets are told; none: each in its instrument's.
    pub currency: Option<String>,
    /// At which rates a leg is converted.
    pub rate_policy: RatePolicy,
    /// What happens to the premium of an option that is exercised or assigned.
    pub premium_policy: PremiumPolicy,
    /// Whose positions a split changes.
    pub split_scope: SplitScope,
}

/// At which rates a leg is converted into the account's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RatePolicy {
    /// The whole leg at the rate of its closing: what trading earned.
    #[default]
    AtClose,
    /// Each side at its own rate: what the money gained, as tax offices see it.
    PerSide,
}

/// What happens to the premium of an option that is exercised or assigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PremiumPolicy {
    /// The option closes at zero and keeps its profit or loss; the underlying trades at the strike.
    #[default]
    Separate,
    /// Premium and its fees move into the price of the underlying (IRS Publication 550, table 4-1).
    Roll,
}

/// Whose positions a split changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SplitScope {
    /// Those of the account that tells of it, as brokers' statements do.
    #[default]
    OwnAccount,
    /// Those of every account: it is told once.
    EveryAccount,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            method: Method::Fifo,
            fee_rounding: FeeRounding::Exact,
            instruments: BTreeMap::new(),
            rates: Rates::default(),
            currency: None,
            rate_policy: RatePolicy::AtClose,
            premium_policy: PremiumPolicy::Separate,
            split_scope: SplitScope::OwnAccount,
        }
    }
}

impl Settings {
    pub(super) fn instrument(&self, symbol: &str) -> Cow<'_, Instrument> {
        self.instruments.get(symbol).map_or_else(|| Cow::Owned(Instrument::default()), Cow::Borrowed)
    }

    /// The rate from one currency to another; `None` where nothing is converted.
    pub(super) fn rate(
        &self,
        time: Timestamp,
        from: Option<&str>,
        to: Option<&str>,
    ) -> Result<Option<Fraction>, Fault> {
        let (Some(from), Some(to)) = (from, to) else { return Ok(None) };
        if from == to {
            return Ok(None);
        }
        let rate = self.rates.at(time, from, to);
        rate.map(Some).ok_or_else(|| Fault::NoRate { from: from.to_owned(), to: to.to_owned() })
    }

    pub(super) fn rate_to_account(
        &self,
        instrument: &Instrument,
        time: Timestamp,
    ) -> Result<Option<Fraction>, Fault> {
        self.rate(time, instrument.currency.as_deref(), self.currency.as_deref())
    }

    pub(super) fn conversion(&self, instrument: &Instrument, time: Timestamp) -> Result<Conversion, Fault> {
        let rate = self.rate_to_account(instrument, time)?;
        Ok(match (self.rate_policy, rate) {
            (RatePolicy::AtClose, None) => Conversion::Same,
            (policy, rate) => policy.at(rate.unwrap_or_else(|| Fraction::from(1))),
        })
    }
}
