//! The amounts of round trips that add up.

use std::iter::Sum;
use std::ops::{AddAssign, SubAssign};

use crate::{Fraction, Leg, RoundTrip};

/// The realised amounts of a round trip, of a part of one, or of several, in the book's currency. Above 0, costs are
/// paid and everything else is received.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sums {
    /// Profit or loss before costs.
    pub gross: Fraction,
    /// Commission.
    pub commissions: Fraction,
    /// Other fees.
    pub fees: Fraction,
    /// Funding, dividends and borrow fees.
    pub other: Fraction,
    /// `gross - commissions - fees + other`.
    pub net: Fraction,
    /// The net in the account's currency.
    pub net_in_account: Fraction,
}

impl Sums {
    /// The given share of each amount.
    #[must_use]
    pub fn share(&self, share: &Fraction) -> Self {
        Self {
            gross: &self.gross * share,
            commissions: &self.commissions * share,
            fees: &self.fees * share,
            other: &self.other * share,
            net: &self.net * share,
            net_in_account: &self.net_in_account * share,
        }
    }

    fn combine(&mut self, other: &Self, operation: impl Fn(&mut Fraction, &Fraction)) {
        operation(&mut self.gross, &other.gross);
        operation(&mut self.commissions, &other.commissions);
        operation(&mut self.fees, &other.fees);
        operation(&mut self.other, &other.other);
        operation(&mut self.net, &other.net);
        operation(&mut self.net_in_account, &other.net_in_account);
    }
}

impl From<&RoundTrip> for Sums {
    fn from(trip: &RoundTrip) -> Self {
        Self {
            gross: trip.gross.clone(),
            commissions: trip.commissions.clone(),
            fees: trip.fees.clone(),
            other: trip.other.clone(),
            net: trip.net.clone(),
            net_in_account: trip.net_in_account.clone(),
        }
    }
}

impl From<&Leg> for Sums {
    fn from(leg: &Leg) -> Self {
        Self {
            gross: leg.gross.clone(),
            commissions: &leg.commission_open + &leg.commission_close,
            fees: &leg.fees_open + &leg.fees_close,
            other: Fraction::ZERO,
            net: leg.net.clone(),
            net_in_account: leg.net_in_account.clone(),
        }
    }
}

impl AddAssign<&Self> for Sums {
    fn add_assign(&mut self, other: &Self) {
        self.combine(other, |sum, amount| *sum += amount);
    }
}

impl SubAssign<&Self> for Sums {
    fn sub_assign(&mut self, other: &Self) {
        self.combine(other, |sum, amount| *sum -= amount);
    }
}

impl Sum for Sums {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |mut sum, one| {
            sum += &one;
            sum
        })
    }
}
