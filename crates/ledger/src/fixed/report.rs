//! The rows of a book in the types of the general engine.

use std::borrow::Cow;

use ethnum::I256;

use super::matching::Matching;
use super::track::Track;
use super::{Detail, LegRow, Number, Scales, TripRow};
use crate::{Decimal, Direction, FeeRounding, Fraction, Leg, Matched, OpenLot, RoundTrip, Terms, Timestamp};

/// The rows of a book, with what gives them their meaning.
pub(super) struct Report<'a, N: Number> {
    terms: Terms,
    scales: Scales,
    /// The digits of money.
    money: u32,
    track: &'a Track<N>,
    /// The open round trip with its lots.
    open: Cow<'a, Matching<N>>,
}

impl<'a, N: Number> Report<'a, N> {
    pub(super) fn of(terms: Terms, detail: Detail, scales: Scales, track: &'a Track<N>) -> Option<Self> {
        let open = match detail {
            Detail::Legs => Cow::Borrowed(&track.matching),
            Detail::Trips => Cow::Owned(track.open_with_lots(terms.method)?),
        };
        Some(Self { terms, scales, money: scales.money(terms.multiplier)?, track, open })
    }

    /// Everything but the first `skipped` round trips and their legs; open lots belong to the last one.
    pub(super) fn from(&self, skipped: usize) -> Option<Matched> {
        let Matching { trips, legs, running, .. } = &self.track.matching;
        let mut round_trips = Vec::with_capacity(trips.len().saturating_sub(skipped) + 1);
        for (index, trip) in trips.iter().enumerate().skip(skipped) {
            let next = trips.get(index + 1).unwrap_or(running);
            round_trips.push(self.closed(trip, next)?);
        }
        let open = !running.position.zero() && skipped <= trips.len();
        if open {
            round_trips.push(self.running(running)?);
        }
        let first = u32::try_from(skipped).unwrap_or(u32::MAX);
        let later = legs.get(legs.partition_point(|leg| leg.trip < first)..)?;
        let legs = later.iter().map(|leg| self.leg(&LegRow { trip: leg.trip - first, ..*leg }));
        let legs = legs.collect::<Option<_>>()?;
        let open_lots = if open { self.open_lots()? } else { Vec::new() };
        Some(Matched { round_trips, legs, open_lots })
    }

    /// A closed round trip; `next` is the one after it, if there is one.
    fn closed(&self, trip: &TripRow<N>, next: &TripRow<N>) -> Option<RoundTrip> {
        let mut costs = self.costs(trip)?;
        if self.exact() && !next.opening_closed.zero() && next.opening == trip.last {
            add(&mut costs, &self.exact_share(trip.last, next.opening_closed)?);
        }
        let gross = number(N::widen_money(trip.gross), self.money)?;
        self.round_trip(trip, gross, costs)
    }

    /// The open round trip: what its lots have not realised yet is left out.
    fn running(&self, trip: &TripRow<N>) -> Option<RoundTrip> {
        let mut costs = self.costs(trip)?;
        let mut cost_of_lots = Fraction::ZERO;
        for lot in self.open_lots()? {
            let [commissions, fees] = &mut costs;
            *commissions -= &lot.commission;
            *fees -= &lot.fees;
            cost_of_lots += lot.quantity * lot.price;
        }
        let earned = self.notional(trip.exit_notional)? - self.notional(trip.entry_notional)? + cost_of_lots;
        let gross = if trip.long { earned } else { -earned } * Fraction::from(self.terms.multiplier);
        self.round_trip(trip, gross, costs)
    }

    fn round_trip(&self, trip: &TripRow<N>, gross: Fraction, costs: [Fraction; 2]) -> Option<RoundTrip> {
        let entry_quantity = self.quantity(trip.entry_quantity)?;
        let exit_quantity = &entry_quantity - self.quantity(trip.position)?;
        let last_fill_at = self.time(trip.last)?;
        let [commissions, fees] = costs;
        let net = &gross - &commissions - &fees;
        Some(RoundTrip {
            direction: direction(trip.long),
            opened_at: self.time(trip.opening)?,
            closed_at: trip.position.zero().then_some(last_fill_at),
            average_entry: self.notional(trip.entry_notional)?.checked_div(&entry_quantity)?,
            average_exit: self.notional(trip.exit_notional)?.checked_div(&exit_quantity),
            entry_quantity,
            exit_quantity,
            peak_quantity: self.quantity(trip.peak)?,
            gross,
            commissions,
            fees,
            other: Fraction::ZERO,
            net_in_account: net.clone(),
            net,
            risk: None,
            opening: usize::try_from(trip.opening).ok()?,
            opening_closed_quantity: self.quantity(trip.opening_closed)?,
            last: usize::try_from(trip.last).ok()?,
            last_fill_at,
        })
    }

    fn leg(&self, leg: &LegRow<N>) -> Option<Leg> {
        let [opening, closing] = [leg.opening, leg.closing].map(usize::try_from);
        let (opening, closing) = (opening.ok()?, closing.ok()?);
        let (open, close) = (self.track.fills.get(opening)?, self.track.fills.get(closing)?);
        let [opening_costs, closing_costs] = if self.exact() {
            [self.exact_share(leg.opening, leg.quantity)?, self.exact_share(leg.closing, leg.quantity)?]
        } else {
            [self.rounded(leg.opening_costs)?, self.rounded(leg.closing_costs)?]
        };
        let [commission_open, fees_open] = opening_costs;
        let [commission_close, fees_close] = closing_costs;
        let gross = number(N::widen_money(leg.gross), self.money)?;
        let net = &gross - &commission_open - &commission_close - &fees_open - &fees_close;
        Some(Leg {
            round_trip: usize::try_from(leg.trip).ok()?,
            direction: direction(!open.quantity.negative()),
            opening,
            closing,
            opened_at: open.time,
            closed_at: close.time,
            quantity: self.quantity(leg.quantity)?,
            open_price: self.price(open.price)?,
            close_price: self.price(close.price)?,
            gross,
            net_in_account: net.clone(),
            net,
            commission_open,
            commission_close,
            fees_open,
            fees_close,
        })
    }

    fn open_lots(&self) -> Option<Vec<OpenLot>> {
        let direction = direction(self.open.running.long);
        let lots = self.open.lots.open().iter().map(|lot| {
            let [commission, fees] = if self.exact() {
                self.exact_share(lot.opening, lot.quantity)?
            } else {
                self.rounded(lot.charges.left()?)?
            };
            Some(OpenLot {
                opening: usize::try_from(lot.opening).ok()?,
                opened_at: self.time(lot.opening)?,
                direction,
                quantity: self.quantity(lot.quantity)?,
                price: self.price(lot.price)?,
                commission,
                fees,
            })
        });
        lots.collect()
    }

    fn exact(&self) -> bool {
        self.terms.fee_rounding == FeeRounding::Exact
    }

    /// The costs of the fills of a round trip, but not of what its last fill did beyond it.
    fn costs(&self, trip: &TripRow<N>) -> Option<[Fraction; 2]> {
        let mut costs = self.rounded(trip.costs)?;
        if self.exact() && !trip.opening_closed.zero() {
            let opening = self.track.fills.get(usize::try_from(trip.opening).ok()?)?;
            let part = opening.quantity.magnitude()?.minus(trip.opening_closed)?;
            add(&mut costs, &self.exact_share(trip.opening, part)?);
        }
        Some(costs)
    }

    /// The share that `part` of the quantity of a fill has in its costs.
    fn exact_share(&self, fill: u32, part: N) -> Option<[Fraction; 2]> {
        let fill = self.track.fills.get(usize::try_from(fill).ok()?)?;
        let whole = fill.quantity.magnitude()?;
        let [commission, fees] = self.rounded(fill.costs())?;
        if part == whole {
            return Some([commission, fees]);
        }
        let share = self.quantity(part)?.checked_div(&self.quantity(whole)?)?;
        Some([commission * &share, fees * &share])
    }

    fn rounded(&self, [commission, fees]: [N; 2]) -> Option<[Fraction; 2]> {
        let cost = |cost: N| number(cost.widen(), self.scales.costs);
        Some([cost(commission)?, cost(fees)?])
    }

    fn quantity(&self, quantity: N) -> Option<Fraction> {
        number(quantity.widen(), self.scales.quantity)
    }

    fn price(&self, price: N) -> Option<Fraction> {
        number(price.widen(), self.scales.price)
    }

    fn notional(&self, amount: N::Money) -> Option<Fraction> {
        number(N::widen_money(amount), self.scales.notional())
    }

    fn time(&self, fill: u32) -> Option<Timestamp> {
        Some(self.track.fills.get(usize::try_from(fill).ok()?)?.time)
    }
}

fn add([commissions, fees]: &mut [Fraction; 2], [commission, fee]: &[Fraction; 2]) {
    *commissions += commission;
    *fees += fee;
}

/// The integer in units of the last of `scale` places.
fn number(integer: I256, scale: u32) -> Option<Fraction> {
    Decimal::from_parts(integer, scale).map(Fraction::from)
}

const fn direction(long: bool) -> Direction {
    if long { Direction::Long } else { Direction::Short }
}
