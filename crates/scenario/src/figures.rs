//! The figures of a scenario: of its closed round trips, and day by day.

use std::collections::BTreeMap;

use ledger::{BookKey, Fraction, RoundTrip, Statement};
use serde_json::Value;
use statistics::{
    Calendar, ClosedTrade, DailyAccount, DailyOptions, Options, Sessions, Trades, Zone, reference_daily,
    reference_metrics,
};
use time::{Date, macros::format_description};

use crate::fields::Fields;
use crate::{Json, ScenarioError};

/// What figures need beside the fills.
#[derive(Debug, Clone)]
pub(crate) struct Figures {
    options: Options,
    /// Only where the scenario has a first day.
    daily: Option<Daily>,
}

/// A period, and what entered and left the account.
#[derive(Debug, Clone)]
struct Daily {
    opening_equity: Fraction,
    period: (Date, Date),
    flows: BTreeMap<Date, Fraction>,
    every_day: bool,
    zone: Zone,
    options: DailyOptions,
}

impl Figures {
    pub(crate) fn read(document: &Value) -> Result<Self, ScenarioError> {
        let fields = Fields::new(document, String::new());
        let config = fields.object("config");
        let bootstrap = config.object("bootstrap");
        let draws = match document.pointer("/config/bootstrap") {
            None | Some(Value::Null) => 0,
            Some(_) => bootstrap.parsed("b", "a number of draws")?.unwrap_or(1000),
        };
        if bootstrap.text("level")?.is_some_and(|level| level != "0.95") {
            return Err(bootstrap.unexpected("level", "0.95, the only level there is", &Value::Null));
        }
        let options = Options {
            opening_equity: Some(config.decimal("initial_equity")?.unwrap_or_default().into()),
            breakeven_tolerance: config.decimal("breakeven_eps")?.unwrap_or_default().into(),
            bootstrap_draws: draws,
            bootstrap_limit: usize::MAX,
            seed: bootstrap.integer("seed")?.unwrap_or(42).cast_unsigned(),
        };
        let daily = match config.text("start")? {
            None => None,
            Some(_) => Some(Daily::read(&fields, &config)?),
        };
        Ok(Self { options, daily })
    }

    /// Whether there is anything day by day.
    pub(crate) const fn has_days(&self) -> bool {
        self.daily.is_some()
    }

    /// The figures of the closed round trips.
    pub(crate) fn metrics(&self, statement: &Statement) -> Result<Json, ScenarioError> {
        let books = statement.books.iter();
        let trips = books.flat_map(|(key, book)| {
            (0..).zip(&book.matched.round_trips).map(move |(n, trip)| (key, n, trip))
        });
        let mut closed: Vec<(&BookKey, usize, &RoundTrip)> =
            trips.filter(|(_, _, trip)| trip.closed_at.is_some()).collect();
        closed.sort_by_key(|(key, n, trip)| (trip.closed_at, *key, *n));
        let rows: Vec<ClosedTrade> = closed.into_iter().map(|(_, _, trip)| closed_trade(trip)).collect();
        Ok(named(reference_metrics(&Trades::from_rows(&rows)?, &self.options)?))
    }

    /// The figures of the days.
    pub(crate) fn days(&self, statement: &Statement) -> Result<Json, ScenarioError> {
        let Some(daily) = &self.daily else { return Err(ScenarioError::NoPeriod) };
        let Some(calendar) = Calendar::by_id("24/7") else { return Err(ScenarioError::NoPeriod) };
        let mut pnl: BTreeMap<Date, Fraction> = BTreeMap::new();
        let legs = statement.legs().map(|(_, _, leg)| (leg.closed_at, &leg.net_in_account));
        for (at, amount) in legs.chain(statement.cash.iter().map(|(at, amount)| (*at, amount))) {
            *pnl.entry(calendar.session_of(at, &daily.zone)).or_default() += amount;
        }
        let account = DailyAccount {
            opening_equity: Some(&daily.opening_equity),
            pnl: &pnl,
            flows: &daily.flows,
            period: Some(daily.period),
            sessions: if daily.every_day { Sessions::EveryDay } else { Sessions::Weekdays },
        };
        Ok(named(reference_daily(&account, &daily.options)))
    }
}

impl Daily {
    fn read(document: &Fields<'_>, config: &Fields<'_>) -> Result<Self, ScenarioError> {
        let mut flows: BTreeMap<Date, Fraction> = BTreeMap::new();
        for flow in document.list("flows")? {
            *flows.entry(date(&flow, "date")?).or_default() += Fraction::from(flow.needed_decimal("amount")?);
        }
        let zone = config.text("tz")?.unwrap_or("UTC");
        Ok(Self {
            opening_equity: config.needed_decimal("initial_equity")?.into(),
            period: (date(config, "start")?, date(config, "end")?),
            flows,
            every_day: config.text("calendar")? == Some("7d"),
            zone: Zone::named(zone)
                .map_err(|_| config.unexpected("tz", "an IANA time zone", &zone.into()))?,
            options: DailyOptions {
                periods_per_year: config.parsed("periods_per_year", "a whole number above 0")?.unwrap_or(252),
                risk_free: config.decimal("rf")?.unwrap_or_default().into(),
                ..DailyOptions::default()
            },
        })
    }
}

fn closed_trade(trip: &RoundTrip) -> ClosedTrade {
    ClosedTrade {
        net: trip.net_in_account.clone(),
        gross: trip.gross.clone(),
        commissions: trip.commissions.clone(),
        fees: trip.fees.clone(),
        risk: trip.risk.map(Fraction::from),
        volume: &trip.entry_quantity + &trip.exit_quantity,
        opened_at: trip.opened_at,
        closed_at: trip.closed_at.unwrap_or(trip.last_fill_at),
    }
}

fn date(fields: &Fields<'_>, name: &str) -> Result<Date, ScenarioError> {
    let text = fields.needed_text(name)?;
    let found = Date::parse(text, format_description!("[year]-[month]-[day]"));
    found.map_err(|_| fields.unexpected(name, "a day such as 2026-01-05", &text.into()))
}

fn named(figures: statistics::Named) -> Json {
    let json = |value: statistics::Value| match value {
        statistics::Value::Count(count) => i64::try_from(count).map_or(Json::Null, Json::Integer),
        statistics::Value::Exact(number) => Json::text(number),
        statistics::Value::Float(number) => Json::Float(number),
        statistics::Value::Interval(ends) => Json::Array(ends.iter().map(Json::text).collect()),
        statistics::Value::Infinite => Json::text("inf"),
        statistics::Value::Null => Json::Null,
    };
    Json::Object(figures.into_iter().map(|(name, value)| (name.into(), json(value))).collect())
}
