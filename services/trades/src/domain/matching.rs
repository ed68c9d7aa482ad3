//! Turns the events of a book, one after the other, into trades, and holds no more than the trade that is open.

use super::{
    event::EventKey,
    ids::{AccountId, TradeId},
    trade::{AVERAGE_DECIMALS, RoundTrip},
};
use ledger::{
    Decimal, Direction, Event, Fault, FeeRounding, Fill, Fraction, LedgerError, Leg, Method, Side, Status,
    Terms, Valuation,
};
use std::mem;

/// Decimals of amounts that have no finite expansion, such as what a part of an average cost realised.
const STORED_DECIMALS: u32 = 18;

/// The terms of every book of this service: a fee is divided to at least 8 decimals, so that its parts are finite and
/// still add up.
pub const fn terms(multiplier: Decimal, method: Method) -> Terms {
    Terms { multiplier, valuation: Valuation::Linear, method, fee_rounding: FeeRounding::AtLeast(8) }
}

/// Matches one book from a point at which it is flat, or from the first event of a known trade.
pub struct Matching {
    account: AccountId,
    terms: Terms,
    resume: Resume,
    open: Option<OpenTrip>,
}

/// What is known of the trade that the next event opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resume {
    /// What of that event closed the trade before; 0 when the book is flat there.
    pub closed_quantity: Fraction,
    /// Its direction and kind of instrument, where the event does not tell: an exercise of more than was held.
    pub opens: Option<(Direction, String)>,
}

struct OpenTrip {
    book: ledger::Book,
    asset_class: String,
    opening: EventKey,
    last: EventKey,
    /// Long above 0, short below.
    position: Fraction,
}

impl Matching {
    /// Begins where the book is flat (the default of `resume`), or with the first event of a known trade.
    pub fn new(account: AccountId, terms: Terms, resume: Resume) -> Self {
        Self { account, terms, resume, open: None }
    }

    /// Takes the next event of the book; gives the trade that it closes. What a fill trades is of `asset_class`.
    ///
    /// Splits, cash, expiries and exercises have no effect while nothing is open.
    pub fn apply(&mut self, event: &Event, asset_class: &str) -> Result<Option<RoundTrip>, LedgerError> {
        let Some(mut trip) = self.open.take() else {
            self.begin(event, asset_class)?;
            return Ok(None);
        };
        trip.book.apply_event(event)?;
        let before = mem::take(&mut trip.position);
        trip.position = moved(&before, event);
        if trades(event) {
            trip.last = EventKey::of(event);
        }
        if trip.position.signum() == before.signum() {
            self.open = Some(trip);
            return Ok(None);
        }
        let flipped = !trip.position.is_zero();
        if flipped {
            let direction = if before.is_positive() { Direction::Short } else { Direction::Long };
            let opens = Some((direction, trip.asset_class.clone()));
            self.resume = Resume { closed_quantity: before.abs(), opens };
        }
        let closed = trip.finish(self.account)?;
        if flipped {
            self.begin(event, asset_class)?;
        }
        Ok(closed)
    }

    /// The trade that is still open, if there is one.
    pub fn finish(self) -> Result<Option<RoundTrip>, LedgerError> {
        self.open.map_or(Ok(None), |trip| trip.finish(self.account))
    }

    /// Opens a trade with what the event did not close, unless it opens none.
    fn begin(&mut self, event: &Event, asset_class: &str) -> Result<(), LedgerError> {
        let direction = self.resume.opens.as_ref().map(|(direction, _)| *direction);
        let Some(fill) = opening_fill(event, direction) else { return Ok(()) };
        let Resume { closed_quantity, opens } = mem::take(&mut self.resume);
        let asset_class = match (event, opens) {
            (Event::Exercise(_), Some((_, of_the_trade_before))) => of_the_trade_before,
            _ => asset_class.to_owned(),
        };
        let rest = Fraction::from(fill.quantity) - &closed_quantity;
        let mut book = ledger::Book::resume(self.terms, closed_quantity).without_legs();
        book.apply(&fill)?;
        let position = if fill.side == Side::Buy { rest } else { -rest };
        let opening = EventKey::of(event);
        self.open = Some(OpenTrip { book, asset_class, last: opening.clone(), opening, position });
        Ok(())
    }
}

impl OpenTrip {
    /// The trade as it stands: the first one of its own book.
    fn finish(self, account: AccountId) -> Result<Option<RoundTrip>, LedgerError> {
        let last = self.last.id.clone();
        let overflow = || LedgerError { execution_id: last.clone(), fault: Fault::Overflow };
        let Some(trip) = self.book.finish()?.round_trips.into_iter().next() else { return Ok(None) };
        let stored = |number: &Fraction| stored(number).ok_or_else(overflow);
        let average = |price: &Fraction| price.checked_round_half_even(AVERAGE_DECIMALS).ok_or_else(overflow);
        Ok(Some(RoundTrip {
            id: TradeId::opened_by(account, &self.opening.id),
            opening: self.opening,
            closing: (trip.status() == Status::Closed).then_some(self.last),
            asset_class: self.asset_class,
            direction: trip.direction,
            quantity: stored(&(&trip.entry_quantity - &trip.exit_quantity))?,
            peak_quantity: stored(&trip.peak_quantity)?,
            entry_quantity: stored(&trip.entry_quantity)?,
            exit_quantity: stored(&trip.exit_quantity)?,
            average_entry: average(&trip.average_entry)?,
            average_exit: trip.average_exit.as_ref().map(average).transpose()?,
            gross: stored(&trip.gross)?,
            net: stored(&trip.net)?,
            commissions: stored(&trip.commissions)?,
            fees: stored(&trip.fees)?,
            other: stored(&trip.other)?,
            fill_count: i64::try_from(trip.fill_count()).unwrap_or(i64::MAX),
            opening_closed_quantity: trip.opening_closed_quantity,
        }))
    }
}

/// The legs of one trade, matched again from its own events, and the ids of those that traded: what a leg's `opening`
/// and `closing` count. An event that flips the position opens another trade behind this one, which has no legs yet.
pub fn legs(
    terms: Terms,
    closed_quantity: Fraction,
    direction: Direction,
    events: &[Event],
) -> Result<(Vec<Leg>, Vec<String>), LedgerError> {
    let mut book = ledger::Book::resume(terms, closed_quantity);
    let mut traded = Vec::new();
    for event in events {
        let effective = match opening_fill(event, Some(direction)) {
            Some(opening) if traded.is_empty() => book.apply(&opening).map(|()| true)?,
            Some(_) | None => book.apply_event(event)?,
        };
        if effective && trades(event) {
            traded.push(event.id().to_owned());
        }
    }
    Ok((book.finish()?.legs, traded))
}

/// The number as it is stored and told: exact where it has a finite expansion, else rounded half-even to 18 decimals.
pub fn stored(number: &Fraction) -> Option<Decimal> {
    number.to_decimal().or_else(|| number.checked_round_half_even(STORED_DECIMALS))
}

/// What opens a trade: a fill, or an exercise of more than was held, which trades at 0 and opens in this direction.
fn opening_fill(event: &Event, direction: Option<Direction>) -> Option<Fill> {
    match (event, direction) {
        (Event::Fill(fill), _) => Some(fill.clone()),
        (Event::Exercise(exercise), Some(direction)) => Some(Fill {
            execution_id: exercise.id.clone(),
            time: exercise.time,
            sequence: exercise.sequence,
            side: if direction == Direction::Long { Side::Buy } else { Side::Sell },
            quantity: exercise.quantity,
            price: Decimal::ZERO,
            commission: Decimal::ZERO,
            fees: Decimal::ZERO,
        }),
        (Event::Exercise(_) | Event::Split(_) | Event::Cash(_) | Event::Expiry(_), _) => None,
    }
}

/// Whether an event changes hands: a split and cash do not.
const fn trades(event: &Event) -> bool {
    match event {
        Event::Fill(_) | Event::Expiry(_) | Event::Exercise(_) => true,
        Event::Split(_) | Event::Cash(_) => false,
    }
}

/// The position after an event.
fn moved(before: &Fraction, event: &Event) -> Fraction {
    match event {
        Event::Fill(fill) if fill.side == Side::Buy => before + Fraction::from(fill.quantity),
        Event::Fill(fill) => before - Fraction::from(fill.quantity),
        Event::Split(split) => before * &split.ratio,
        Event::Cash(_) => before.clone(),
        Event::Expiry(_) => Fraction::ZERO,
        Event::Exercise(exercise) if before.is_positive() => before - Fraction::from(exercise.quantity),
        Event::Exercise(exercise) => before + Fraction::from(exercise.quantity),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        event::{EventKind, tests::event},
        fill::tests::fill,
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    const ACCOUNT: AccountId = AccountId(Uuid::nil());

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn matched(closed_quantity: &str, fills: &[Fill]) -> Vec<RoundTrip> {
        let terms = terms(Decimal::ONE, Method::Fifo);
        let events: Vec<Event> = fills.iter().cloned().map(Event::Fill).collect();
        trips_of(Matching::new(ACCOUNT, terms, after(closed_quantity.parse().unwrap())), &events)
    }

    fn after(closed_quantity: Fraction) -> Resume {
        Resume { closed_quantity, opens: None }
    }

    fn trips_of(mut matching: Matching, events: &[Event]) -> Vec<RoundTrip> {
        let mut trips: Vec<_> =
            events.iter().filter_map(|event| matching.apply(event, "stock").unwrap()).collect();
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
        assert_eq!(trips[1].opening_closed_quantity, Fraction::from(100));
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

    #[test]
    fn a_split_and_a_dividend_belong_to_the_trade_that_is_open() {
        let two_for_one = EventKind::Split { to: Decimal::from(2), from: Decimal::ONE };
        let dividend = || EventKind::Cash { amount: decimal("7.5") };
        let events = [
            event("early", 0, dividend()).to_ledger(),
            Event::Fill(fill("a", 1, Side::Buy, "10", "100").to_ledger()),
            event("split", 2, two_for_one).to_ledger(),
            event("dividend", 3, dividend()).to_ledger(),
            Event::Fill(fill("b", 4, Side::Sell, "20", "51").to_ledger()),
            event("late", 5, dividend()).to_ledger(),
        ];
        let matching = Matching::new(ACCOUNT, terms(Decimal::ONE, Method::Fifo), Resume::default());

        let trips = trips_of(matching, &events);

        let [trip] = trips.as_slice() else { panic!("{trips:?}") };
        let told = [trip.gross, trip.other, trip.net, trip.entry_quantity];
        assert_eq!(told, ["20", "7.5", "27.5", "20"].map(decimal));
        assert_eq!((trips[0].fill_count, trips[0].closing.as_ref().unwrap().id.as_str()), (2, "b"));
    }

    #[test]
    fn an_expiry_closes_and_an_exercise_of_more_than_is_held_opens_the_other_side() {
        let terms = terms(Decimal::from(100), Method::Fifo);
        let bought = Event::Fill(fill("a", 1, Side::Buy, "2", "1.5").to_ledger());
        let expiry = event("x", 2, EventKind::Expiry { price: Decimal::ZERO }).to_ledger();
        let exercise =
            event("x", 2, EventKind::Exercise { quantity: Decimal::from(3), fee: Decimal::ZERO }).to_ledger();

        let expired = trips_of(Matching::new(ACCOUNT, terms, Resume::default()), &[bought.clone(), expiry]);
        let exercised =
            trips_of(Matching::new(ACCOUNT, terms, Resume::default()), &[bought, exercise.clone()]);

        assert_eq!((expired.len(), expired[0].net), (1, decimal("-300")));
        let told: Vec<_> = exercised.iter().map(|t| (t.direction, t.quantity, t.opening.rank)).collect();
        assert_eq!(told, [(Direction::Long, Decimal::ZERO, 1), (Direction::Short, Decimal::ONE, 2)]);
        let resume =
            Resume { opens: Some((Direction::Short, "stock".to_owned())), ..after(Fraction::from(2)) };
        assert_eq!(trips_of(Matching::new(ACCOUNT, terms, resume), &[exercise]), exercised[1..]);
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

            let told = trips.iter().map(|trip| (trip.opening.id.clone(), trip.net, trip.fill_count));
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
        let mut matching = Matching::new(ACCOUNT, terms, Resume::default());

        let event =
            |id, second, side, price: &str| Event::Fill(fill(id, second, side, &large, price).to_ledger());
        matching.apply(&event("a", 1, Side::Buy, &large), "stock").unwrap();
        let error = matching.apply(&event("b", 2, Side::Sell, "0"), "stock").unwrap_err();

        assert_eq!(error, LedgerError { execution_id: "b".to_owned(), fault: Fault::Overflow });
    }
}
