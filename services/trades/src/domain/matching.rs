//! Turns the fills of a book, one after the other, into trades, and holds no more than the trade that is open.

use super::{
    fill::FillKey,
    ids::{AccountId, TradeId},
    instant,
    trade::{AVERAGE_DECIMALS, RoundTrip},
};
use ledger::{
    Decimal, Fault, FeeRounding, Fill, Fraction, LedgerError, Method, Side, Status, Terms, Valuation,
};
use std::mem;

/// Decimals of amounts that have no finite expansion, such as what a part of an average cost realised.
const STORED_DECIMALS: u32 = 18;

/// The terms of every book of this service: a fee is divided to at least 8 decimals, so that its parts are finite and
/// still add up.
pub const fn terms(multiplier: Decimal, method: Method) -> Terms {
    Terms { multiplier, valuation: Valuation::Linear, method, fee_rounding: FeeRounding::AtLeast(8) }
}

/// Matches one book from a point at which it is flat, or from the first fill of a known trade.
pub struct Matching {
    account: AccountId,
    terms: Terms,
    /// What of the next opening fill closed the trade before.
    closed_quantity: Decimal,
    open: Option<OpenTrip>,
}

struct OpenTrip {
    book: ledger::Book,
    asset_class: String,
    opening: FillKey,
    last: FillKey,
    /// Long above 0, short below.
    position: Decimal,
}

impl Matching {
    /// `closed_quantity` of the first fill closed the trade before; 0 when the book is flat there.
    pub fn new(account: AccountId, terms: Terms, closed_quantity: Decimal) -> Self {
        Self { account, terms, closed_quantity, open: None }
    }

    /// Takes the next fill of the book; gives the trade that it closes.
    pub fn apply(&mut self, fill: &Fill, asset_class: &str) -> Result<Option<RoundTrip>, LedgerError> {
        let Some(mut trip) = self.open.take() else {
            self.begin(fill, asset_class)?;
            return Ok(None);
        };
        trip.book.apply(fill)?;
        let before = trip.position;
        trip.position = before.checked_add(signed(fill)).ok_or_else(|| overflow(fill))?;
        trip.last = key(fill);
        if trip.position.signum() == before.signum() {
            self.open = Some(trip);
            return Ok(None);
        }
        let flipped = !trip.position.is_zero();
        let closed = trip.finish(self.account)?;
        if flipped {
            self.closed_quantity = before.abs();
            self.begin(fill, asset_class)?;
        }
        Ok(closed)
    }

    /// The trade that is still open, if there is one.
    pub fn finish(self) -> Result<Option<RoundTrip>, LedgerError> {
        self.open.map_or(Ok(None), |trip| trip.finish(self.account))
    }

    fn begin(&mut self, fill: &Fill, asset_class: &str) -> Result<(), LedgerError> {
        let closed = mem::take(&mut self.closed_quantity);
        let mut book = ledger::Book::resume(self.terms, closed.into()).without_legs();
        book.apply(fill)?;
        let rest = fill.quantity.checked_sub(closed).ok_or_else(|| overflow(fill))?;
        let position = if fill.side == Side::Buy { rest } else { -rest };
        let (opening, asset_class) = (key(fill), asset_class.to_owned());
        self.open = Some(OpenTrip { book, asset_class, last: opening.clone(), opening, position });
        Ok(())
    }
}

impl OpenTrip {
    /// The trade as it stands: the first one of its own book.
    fn finish(self, account: AccountId) -> Result<Option<RoundTrip>, LedgerError> {
        let last = self.last.execution_id.clone();
        let overflow = || LedgerError { execution_id: last.clone(), fault: Fault::Overflow };
        let Some(trip) = self.book.finish()?.round_trips.into_iter().next() else { return Ok(None) };
        let stored = |number: &Fraction| stored(number).ok_or_else(overflow);
        Ok(Some(RoundTrip {
            id: TradeId::opened_by(account, &self.opening.execution_id),
            opening: self.opening,
            opening_closed_quantity: stored(&trip.opening_closed_quantity)?,
            closing: (trip.status() == Status::Closed).then_some(self.last),
            asset_class: self.asset_class,
            direction: trip.direction,
            quantity: stored(&(&trip.entry_quantity - &trip.exit_quantity))?,
            peak_quantity: stored(&trip.peak_quantity)?,
            entry_quantity: stored(&trip.entry_quantity)?,
            exit_quantity: stored(&trip.exit_quantity)?,
            average_entry: trip.average_entry.round_half_even(AVERAGE_DECIMALS),
            average_exit: trip.average_exit.as_ref().map(|price| price.round_half_even(AVERAGE_DECIMALS)),
            gross: stored(&trip.gross)?,
            net: stored(&trip.net)?,
            commissions: stored(&trip.commissions)?,
            fees: stored(&trip.fees)?,
            fill_count: i64::try_from(trip.fill_count()).unwrap_or(i64::MAX),
        }))
    }
}

/// The number as it is stored: exact where it has a finite expansion, else rounded half-even to 18 decimals.
fn stored(number: &Fraction) -> Option<Decimal> {
    number.to_decimal().or_else(|| number.checked_round_half_even(STORED_DECIMALS))
}

fn key(fill: &Fill) -> FillKey {
    FillKey {
        executed_at: instant::from_ledger(fill.time),
        sequence: fill.sequence,
        execution_id: fill.execution_id.clone(),
    }
}

fn signed(fill: &Fill) -> Decimal {
    if fill.side == Side::Buy { fill.quantity } else { -fill.quantity }
}

fn overflow(fill: &Fill) -> LedgerError {
    LedgerError { execution_id: fill.execution_id.clone(), fault: Fault::Overflow }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fill::tests::fill;
    use proptest::prelude::*;
    use uuid::Uuid;

    const ACCOUNT: AccountId = AccountId(Uuid::nil());

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn matched(closed_quantity: &str, fills: &[Fill]) -> Vec<RoundTrip> {
        let terms = terms(Decimal::ONE, Method::Fifo);
        let mut matching = Matching::new(ACCOUNT, terms, decimal(closed_quantity));
        let mut trips: Vec<_> =
            fills.iter().filter_map(|fill| matching.apply(fill, "stock").unwrap()).collect();
        trips.extend(matching.finish().unwrap());
        trips
    }

    /// Vector 03: one fill closes a long and opens a short, its fee split 100:150.
    fn flip() -> Vec<Fill> {
        let mut fills = vec![
            fill("a", 1, Side::Buy, "100", "50").to_ledger(),
            fill("b", 2, Side::Sell, "250", "55").to_ledger(),
            fill("c", 3, Side::Buy, "150", "52").to_ledger(),
        ];
        for (fill, fee) in fills.iter_mut().zip(["2", "5", "3"]) {
            fill.fees = decimal(fee);
        }
        fills
    }

    #[test]
    fn a_flip_ends_one_trade_and_opens_the_next() {
        let trips = matched("0", &flip());

        let nets: Vec<_> = trips.iter().map(|trip| trip.net.to_string()).collect();
        assert_eq!(nets, ["496", "444"]);
        let ids: Vec<_> = trips.iter().map(|trip| trip.id).collect();
        assert_eq!(ids, [TradeId::opened_by(ACCOUNT, "a"), TradeId::opened_by(ACCOUNT, "b")]);
        assert_eq!(trips[1].opening_closed_quantity, decimal("100"));
        assert_eq!(trips[0].closing.as_ref(), Some(&trips[1].opening));
    }

    #[test]
    fn matching_resumed_at_a_flip_gives_the_same_trade() {
        assert_eq!(matched("100", &flip()[1..]), matched("0", &flip())[1..]);
    }

    #[test]
    fn an_open_trade_shows_what_is_realised() {
        let mut fills = vec![
            fill("a", 1, Side::Buy, "691", "43.1").to_ledger(),
            fill("b", 2, Side::Sell, "100", "44.19").to_ledger(),
        ];
        fills[0].commission = decimal("3.455");
        fills[1].commission = decimal("1.1108314");

        let trip = matched("0", &fills).remove(0);

        assert_eq!((trip.closing, trip.quantity), (None, decimal("591")));
        assert_eq!((trip.gross, trip.commissions), (decimal("109"), decimal("1.6108314")));
        assert_eq!(trip.net, decimal("107.3891686"));
    }

    proptest! {
        #[test]
        fn the_trades_are_those_of_the_ledger(
            orders in prop::collection::vec((any::<bool>(), 1..5_i64, 90..110_i64, -3..9_i64), 0..60)
        ) {
            let fills: Vec<Fill> = orders.into_iter().zip(1..).map(|((buys, lots, price, fee), second)| Fill {
                quantity: Decimal::from(lots),
                price: Decimal::from(price),
                commission: Decimal::from_scaled(fee.into(), 2).unwrap(),
                ..fill(&format!("e{second}"), second, if buys { Side::Buy } else { Side::Sell }, "1", "1").to_ledger()
            }).collect();
            let whole = ledger::match_fills(terms(Decimal::ONE, Method::Fifo), &fills).unwrap();

            let trips = matched("0", &fills);

            let told = trips.iter().map(|trip| (trip.opening.execution_id.clone(), trip.net, trip.fill_count));
            let expected = whole.round_trips.iter().map(|trip| (
                fills[trip.opening].execution_id.clone(),
                trip.net.to_decimal().unwrap(),
                i64::try_from(trip.fill_count()).unwrap(),
            ));
            prop_assert_eq!(told.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        }
    }

    #[test]
    fn numbers_beyond_76_digits_are_an_error_not_a_rounded_result() {
        let large = "9".repeat(60);
        let terms = terms(Decimal::ONE, Method::Fifo);
        let mut matching = Matching::new(ACCOUNT, terms, Decimal::ZERO);

        matching.apply(&fill("a", 1, Side::Buy, "1", "1").to_ledger(), "stock").unwrap();
        let error =
            matching.apply(&fill("b", 2, Side::Buy, &large, &large).to_ledger(), "stock").unwrap_err();

        assert_eq!(error, LedgerError { execution_id: "b".to_owned(), fault: Fault::Overflow });
    }
}
