//! A trade in the currency of its account.

use super::{
    instant,
    invalid::Invalid,
    rate::{Pair, Rate, Source},
};
use ledger::{Conversion, Fraction, RatePolicy, Rates, Timestamp};
use time::OffsetDateTime;

/// The rates at which a trade is told in the currency of its account.
pub struct Exchange {
    /// From the trade's currency to the account's.
    pub pair: Pair,
    /// At which rates its legs are told.
    pub policy: RatePolicy,
    rates: Rates,
    missing: Option<Timestamp>,
}

/// What an event does to the money of a trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deal {
    /// It opens a quantity, and realises nothing.
    Opens,
    /// It closes one, or is cash.
    Realises,
}

impl Exchange {
    /// At these rates of the pair, told in whichever direction. Of rates of one time the user's counts, and then that of the
    /// currency whose name comes first.
    pub fn new(pair: Pair, policy: RatePolicy, mut told: Vec<Rate>) -> Self {
        told.sort_by(|left, right| place(left).cmp(&place(right)));
        let mut rates = Rates::default();
        for Rate { key, rate, .. } in told {
            rates.add(instant::to_ledger(key.valid_from), &key.pair.from, &key.pair.to, &rate.into());
        }
        Self { pair, policy, rates, missing: None }
    }

    /// How the book tells what happens at `time`. When a rate is missing that is needed, this is remembered.
    pub fn conversion(&mut self, time: Timestamp, deal: Deal) -> Conversion {
        if (deal, self.policy) == (Deal::Opens, RatePolicy::AtClose) {
            return Conversion::Same;
        }
        let Some(rate) = self.rates.at(time, &self.pair.from, &self.pair.to) else {
            self.missing.get_or_insert(time);
            return Conversion::Same;
        };
        self.policy.at(rate)
    }

    /// What a book that was told every conversion came to; the first time without a rate when there was one.
    pub fn told(&self, net_in_account: Fraction) -> Result<Fraction, Timestamp> {
        self.missing.map_or(Ok(net_in_account), Err)
    }
}

/// By time, so that each rate is added behind the others.
const fn place(rate: &Rate) -> (OffsetDateTime, Source, &Pair) {
    (rate.key.valid_from, rate.source, &rate.key.pair)
}

/// `close` (also when nothing is said) or `legs`.
pub fn policy(name: &str) -> Result<RatePolicy, Invalid> {
    match name {
        "" | "close" => Ok(RatePolicy::AtClose),
        "legs" => Ok(RatePolicy::PerSide),
        _ => Err(Invalid::new("rate_policy", "must be close or legs")),
    }
}

/// The name of a policy.
pub const fn policy_name(policy: RatePolicy) -> &'static str {
    match policy {
        RatePolicy::AtClose => "close",
        RatePolicy::PerSide => "legs",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rate::RateKey;
    use time::Duration;

    fn rate((from, to): (&str, &str), second: i64, rate: &str, source: Source) -> Rate {
        let pair = Pair { from: from.to_owned(), to: to.to_owned() };
        let valid_from = OffsetDateTime::UNIX_EPOCH + Duration::seconds(second);
        Rate { key: RateKey { pair, valid_from }, rate: rate.parse().unwrap(), source }
    }

    fn exchange(policy: RatePolicy, rates: Vec<Rate>) -> Exchange {
        Exchange::new(Pair { from: "EUR".to_owned(), to: "USD".to_owned() }, policy, rates)
    }

    #[test]
    fn of_rates_of_one_time_the_users_counts_in_either_direction() {
        let told =
            vec![rate(("EUR", "USD"), 1, "9", Source::Broker), rate(("USD", "EUR"), 1, "0.5", Source::User)];

        let conversion =
            exchange(RatePolicy::AtClose, told).conversion(Timestamp(1_000_000_000), Deal::Realises);

        assert_eq!(conversion, Conversion::AtClose(Fraction::from(2)));
    }

    #[test]
    fn at_the_rates_of_closings_an_opening_needs_none() {
        let at_two = || vec![rate(("EUR", "USD"), 2, "3", Source::User)];
        let (first, second) = (Timestamp(1_000_000_000), Timestamp(2_000_000_000));

        for (policy, told) in
            [(RatePolicy::AtClose, Ok(Fraction::from(7))), (RatePolicy::PerSide, Err(first))]
        {
            let mut exchange = exchange(policy, at_two());
            exchange.conversion(first, Deal::Opens);
            exchange.conversion(second, Deal::Realises);
            assert_eq!(exchange.told(Fraction::from(7)), told);
        }
    }

    #[test]
    fn a_policy_is_found_by_its_name() {
        for of in [RatePolicy::AtClose, RatePolicy::PerSide] {
            assert_eq!(policy(policy_name(of)), Ok(of));
        }
        assert_eq!(policy(""), Ok(RatePolicy::AtClose));
        assert_eq!(policy("average").unwrap_err().field, "rate_policy");
    }
}
