//! The rows of a statement, in the reference's names.

use ledger::{
    BookKey, BookStatement, Decimal, Direction, Fraction, IssueKind, Leg, OpenLot, RoundTrip, Settings,
    Statement, Status,
};

use crate::Json;

macro_rules! row {
    ($($name:literal: $value:expr),+ $(,)?) => { Json::Object(vec![$(($name.into(), $value)),+]) };
}

/// Round trips by account, symbol and number.
pub(crate) fn trips(statement: &Statement) -> Json {
    let of_book = |(key, book): (&BookKey, &BookStatement)| -> Vec<Json> {
        let trips = book.matched.round_trips.iter();
        trips.enumerate().map(|(position, trip)| trip_row(key, book, position, trip)).collect()
    };
    Json::Array(statement.books.iter().flat_map(of_book).collect())
}

/// Legs in the order of closing.
pub(crate) fn legs(statement: &Statement) -> Json {
    Json::Array(statement.legs().map(|(key, book, leg)| leg_row(key, book, leg)).collect())
}

/// Open positions by account and symbol, with what they are worth at the marks.
pub(crate) fn open(statement: &Statement, settings: &Settings, marks: &[(String, Decimal)]) -> Json {
    let rows = statement.books.iter().filter_map(|(key, book)| {
        let mark = marks.iter().find(|(symbol, _)| *symbol == key.symbol).map(|(_, mark)| *mark);
        open_row(key, &book.matched.open_lots, settings, mark)
    });
    Json::Array(rows.collect())
}

/// Kind and id of what does not count as it stands. Kinds that only remark on what the reference takes in silence are
/// left out.
pub(crate) fn issues(statement: &Statement) -> Json {
    let named =
        statement.issues.iter().filter_map(|issue| Some((issue_name(issue.kind)?, &*issue.execution_id)));
    let mut rows: Vec<(&str, &str)> = named.collect();
    rows.sort_unstable();
    Json::Array(
        rows.into_iter().map(|(kind, id)| Json::Array(vec![Json::text(kind), Json::text(id)])).collect(),
    )
}

fn issue_name(kind: IssueKind) -> Option<&'static str> {
    match kind {
        IssueKind::Conflict => Some("conflict"),
        IssueKind::Duplicate => Some("duplicate"),
        IssueKind::OrphanBust => Some("orphan_bust"),
        IssueKind::OrphanCorrection => Some("orphan_correct"),
        IssueKind::Rejected => Some("rejected"),
        IssueKind::CashWithoutPosition => Some("cash_without_position"),
        IssueKind::ExerciseWithoutPosition => Some("exercise_without_position"),
        IssueKind::ExerciseBeyondPosition
        | IssueKind::ExpiryWithoutPosition
        | IssueKind::SplitWithoutPosition
        | IssueKind::RejectedSplit
        | IssueKind::ClosesNothing => None,
    }
}

fn trip_row(key: &BookKey, book: &BookStatement, position: usize, trip: &RoundTrip) -> Json {
    let ids = book.executions.get(trip.opening..=trip.last).unwrap_or_default();
    row! {
        "account": Json::text(&key.account),
        "symbol": Json::text(&key.symbol),
        "n": number(position + 1),
        "dir": direction(trip.direction),
        "status": Json::text(match trip.status() { Status::Open => "open", Status::Closed => "closed" }),
        "open_ns": Json::Integer(trip.opened_at.0),
        "close_ns": trip.closed_at.map_or(Json::Null, |time| Json::Integer(time.0)),
        "entry_qty": Json::text(&trip.entry_quantity),
        "exit_qty": Json::text(&trip.exit_quantity),
        "peak": Json::text(&trip.peak_quantity),
        "gross": Json::text(&trip.gross),
        "fees": Json::text(&trip.commissions + &trip.fees),
        "other": Json::text(&trip.other),
        "net_base": Json::text(&trip.net_in_account),
        "fills": Json::Array(ids.iter().map(|of| Json::text(&of.id)).collect()),
        "avg_entry": Json::text(&trip.average_entry),
        "avg_exit": Json::optional(trip.average_exit.as_ref()),
        "net": Json::text(&trip.net),
        "risk": Json::optional(trip.risk),
    }
}

fn leg_row(key: &BookKey, book: &BookStatement, leg: &Leg) -> Json {
    let id = |index: usize| Json::optional(book.executions.get(index).map(|of| &of.id));
    row! {
        "account": Json::text(&key.account),
        "symbol": Json::text(&key.symbol),
        "trip": number(leg.round_trip + 1),
        "dir": direction(leg.direction),
        "open": id(leg.opening),
        "close": id(leg.closing),
        "qty": Json::text(&leg.quantity),
        "open_px": Json::text(&leg.open_price),
        "close_px": Json::text(&leg.close_price),
        "gross": Json::text(&leg.gross),
        "fee_open": Json::text(&leg.commission_open + &leg.fees_open),
        "fee_close": Json::text(&leg.commission_close + &leg.fees_close),
        "net": Json::text(&leg.net),
        "net_base": Json::text(&leg.net_in_account),
        "ns": Json::Integer(leg.closed_at.0),
    }
}

fn open_row(key: &BookKey, lots: &[OpenLot], settings: &Settings, mark: Option<Decimal>) -> Option<Json> {
    let instrument = settings.instruments.get(&key.symbol).cloned().unwrap_or_default();
    let value = |price: &Fraction| instrument.valuation.value(price);
    let sign = Fraction::from(sign(lots.first()?.direction));
    let quantity: Fraction = lots.iter().map(|lot| &lot.quantity).sum();
    let cost: Fraction = lots.iter().filter_map(|lot| Some(&lot.quantity * value(&lot.price)?)).sum();
    let average = cost.checked_div(&quantity)?;
    let waiting: Fraction = lots.iter().map(|lot| &lot.commission + &lot.fees).sum();
    let mut members = vec![
        ("account".into(), Json::text(&key.account)),
        ("symbol".into(), Json::text(&key.symbol)),
        ("qty".into(), Json::text(&sign * &quantity)),
        ("avg_cost".into(), Json::text(instrument.valuation.price(&average))),
        ("open_fees".into(), Json::text(waiting)),
    ];
    if let Some(mark) = mark {
        let units = sign * Fraction::from(instrument.multiplier);
        members.push(("unrealized".into(), Json::text(units * (quantity * value(&mark.into())? - cost))));
    }
    Some(Json::Object(members))
}

pub(crate) fn number(count: usize) -> Json {
    i64::try_from(count).map_or(Json::Null, Json::Integer)
}

fn direction(direction: Direction) -> Json {
    Json::Integer(sign(direction))
}

const fn sign(direction: Direction) -> i64 {
    match direction {
        Direction::Long => 1,
        Direction::Short => -1,
    }
}
