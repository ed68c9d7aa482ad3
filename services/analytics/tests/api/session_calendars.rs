//! Session calendars: which day a trade counts on, and which days there are.

use crate::support::{Service, Trader, service};
use journal_proto::analytics::v1::{
    Breakdown, Filter, GetBreakdownRequest, GetCalendarRequest, ListCalendarsRequest,
};
use ledger::Timestamp;
use statistics::{Calendar, Zone};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

async fn breakdown(service: &Service, trader: Trader, by: &str) -> Vec<(String, u64)> {
    let request = GetBreakdownRequest { by: by.to_owned(), ..GetBreakdownRequest::default() };
    let answer: Breakdown =
        service.client.clone().get_breakdown(trader.ask(request)).await.unwrap().into_inner();
    answer.rows.into_iter().map(|row| (row.key, row.trades)).collect()
}

async fn days(service: &Service, trader: Trader, filter: Filter) -> Vec<String> {
    let request = GetCalendarRequest { filter: Some(filter), ..GetCalendarRequest::default() };
    let answer = service.client.clone().get_calendar(trader.ask(request)).await.unwrap().into_inner();
    answer.days.into_iter().map(|day| day.day).collect()
}

fn weekday(name: &str) -> Filter {
    Filter { weekdays: vec![name.to_owned()], ..Filter::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sunday_evening_in_chicago_counts_on_monday() {
    let (service, trader) = (service().await, Trader::new());
    service.with_calendar(trader, "Europe/Berlin", "1000", "cme").await;
    let rows = vec![
        // Friday 16:59 and Sunday 17:00 in Chicago.
        trader.closed("ES", "2026-01-09T22:59:00Z", "10", 1),
        trader.closed("ES", "2026-01-11T23:00:00Z", "-5", 1),
        trader.closed("ES", "2026-01-20T15:00:00Z", "1", 1),
    ];
    service.with_trades(trader, rows).await;

    assert_eq!(days(&service, trader, Filter::default()).await, ["2026-01-09", "2026-01-12", "2026-01-20"]);
    assert_eq!(days(&service, trader, weekday("monday")).await, ["2026-01-12"]);
    assert!(days(&service, trader, weekday("sunday")).await.is_empty());
    let by_weekday = breakdown(&service, trader, "weekday").await;
    assert_eq!(
        by_weekday,
        [("monday", 1), ("tuesday", 1), ("friday", 1)].map(|(key, n)| (key.to_owned(), n))
    );
    // The hour stays that of the account's own clock.
    let hours = breakdown(&service, trader, "hour").await;
    assert_eq!(hours.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["00", "16", "23"]);
    // 9, 12 to 16, 19 (Martin Luther King, halted at noon) and 20 January.
    assert_eq!(service.summary(trader, Filter::default()).await.days, 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_day_in_sql_is_that_of_the_statistics_crate() {
    let of_tokyo = ["cme", "us-equities", "24/7", "weekdays", ""].map(|id| (id, "Asia/Tokyo"));
    // PostgreSQL knows abbreviations by these names, which have no daylight saving time.
    let like_abbreviations = ["CET", "MET", "EET", "WET"].map(|zone| ("", zone));
    let service = service().await;
    for (id, name) in of_tokyo.into_iter().chain(like_abbreviations) {
        let trader = Trader::new();
        service.with_calendar(trader, name, "", id).await;
        let times = [
            "2026-03-08T21:59:59Z",
            "2026-03-08T22:00:00Z",
            "2026-03-06T22:59:59Z",
            "2026-03-06T23:00:00Z",
            "2026-11-01T22:59:59Z",
            "2026-11-01T23:00:00Z",
            "2026-07-01T03:59:59Z",
            "2026-07-01T04:00:00Z",
            "2026-07-01T14:59:59Z",
            "2026-07-01T15:00:00Z",
            "2026-07-08T20:59:59Z",
            "2026-07-15T21:00:00Z",
            "2026-07-22T22:00:00Z",
            "2026-07-29T23:00:00Z",
            "2026-12-31T23:30:00Z",
        ];
        service.with_trades(trader, times.map(|at| trader.closed("ES", at, "1", 1)).to_vec()).await;

        let told = days(&service, trader, Filter::default()).await;

        let (calendar, zone) = (Calendar::by_id(id), Zone::named(name).unwrap());
        let calendar = calendar.or_else(|| Calendar::by_id("weekdays")).unwrap();
        let day = |at: &&str| {
            let at = OffsetDateTime::parse(at, &Rfc3339).unwrap().unix_timestamp_nanos();
            calendar.session_of(Timestamp(i64::try_from(at).unwrap()), &zone).to_string()
        };
        let expected: std::collections::BTreeSet<String> = times.iter().map(day).collect();
        assert_eq!(told, expected.into_iter().collect::<Vec<_>>(), "{id} {name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hour_is_that_of_the_accounts_clock_in_summer_too() {
    let service = service().await;
    for (zone, hour) in [("CET", "14"), ("MET", "14"), ("EET", "15"), ("WET", "13"), ("Europe/Zurich", "14")]
    {
        let trader = Trader::new();
        service.with_account(trader, zone, "").await;
        service.with_trades(trader, vec![trader.closed("AAPL", "2026-07-01T12:00:00Z", "1", 1)]).await;

        assert_eq!(breakdown(&service, trader, "hour").await, [(hour.to_owned(), 1)], "{zone}");
        let filter = Filter { hours: vec![hour.parse().unwrap()], ..Filter::default() };
        assert_eq!(service.summary(trader, filter).await.trades, 1, "{zone}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn idle_sessions_are_those_of_the_calendar() {
    for (id, sessions, year) in [("", 10, 252), ("us-equities", 8, 252), ("24/7", 12, 365)] {
        let (service, trader) = (service().await, Trader::new());
        service.with_calendar(trader, "UTC", "1000", id).await;
        let rows = vec![
            trader.closed("AAPL", "2025-12-23T15:00:00Z", "10", 1),
            trader.closed("AAPL", "2026-01-03T15:00:00Z", "-5", 1),
        ];
        service.with_trades(trader, rows).await;

        let daily = service.summary(trader, Filter::default()).await.daily.unwrap();

        // The last day is a Saturday: it counts, as a trade closed on it. Christmas and New Year are holidays of stocks.
        assert_eq!((daily.days, daily.sessions_per_year), (sessions, year), "{id}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn trades_in_stocks_are_told_apart_by_session() {
    let (service, trader) = (service().await, Trader::new());
    service.with_calendar(trader, "UTC", "", "us-equities").await;
    let times =
        ["2026-01-05T13:00:00Z", "2026-01-05T14:30:00Z", "2026-01-05T21:00:00Z", "2026-01-10T15:00:00Z"];
    service.with_trades(trader, times.map(|at| trader.closed("AAPL", at, "1", 1)).to_vec()).await;

    let rows = breakdown(&service, trader, "session").await;

    let expected = ["pre_market", "regular", "after_hours", "closed"];
    assert_eq!(rows, expected.map(|key| (key.to_owned(), 1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn calendars_are_listed_with_what_they_say() {
    let (service, trader) = (service().await, Trader::new());

    let request = trader.ask(ListCalendarsRequest {});
    let calendars = service.client.clone().list_calendars(request).await.unwrap().into_inner().calendars;

    let told: Vec<_> = calendars
        .iter()
        .map(|c| (c.id.as_str(), c.time_zone.as_str(), c.day_begins.as_str(), c.opens.as_str()))
        .collect();
    let expected = [
        ("24/7", "", "", ""),
        ("weekdays", "", "", ""),
        ("us-equities", "America/New_York", "", "09:30"),
        ("cme", "America/Chicago", "17:00", ""),
    ];
    assert_eq!(told, expected);
    assert!(calendars.iter().all(|calendar| !calendar.name.is_empty()));
    assert!(service.client.clone().list_calendars(ListCalendarsRequest {}).await.is_err());
}
