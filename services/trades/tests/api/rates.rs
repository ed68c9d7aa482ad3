//! Stores, lists and deletes exchange rates.

use crate::support::{Journal, User, assert_field, page, reason, time_of};
use journal_proto::{
    Timestamp,
    trades::v1::{
        DeleteRatesRequest, ListRatesRequest, ListRatesResponse, PutRatesRequest, Rate,
        rate_service_client::RateServiceClient,
    },
};
use runtime::grpc::Link;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

fn client(journal: &Journal) -> RateServiceClient<Link> {
    RateServiceClient::new(journal.channel())
}

/// From `minute` on, one `from` is worth so many `to`.
pub fn rate(from: &str, to: &str, minute: i64, rate: &str) -> Rate {
    Rate {
        from: from.to_owned(),
        to: to.to_owned(),
        valid_from: Some(time_of(minute)),
        rate: rate.to_owned(),
        source: String::new(),
    }
}

pub async fn put(journal: &Journal, user: &User, rates: Vec<Rate>) -> Result<(), Status> {
    client(journal).put_rates(user.request(PutRatesRequest { rates })).await.map(drop)
}

/// Gives a user all the rates that he may have but one.
pub async fn leave_one(journal: &Journal, user: &User) {
    let fill_up = "INSERT INTO exchange_rates (user_id, from_currency, to_currency, valid_from, rate, source)
         SELECT $1, 'EUR', 'JPY', to_timestamp(second), 150, 'user' FROM generate_series(1, 99999) AS second";
    sqlx::query(fill_up).bind(user.id.0).execute(&journal.database.every_row).await.unwrap();
}

async fn list(
    journal: &Journal,
    user: &User,
    request: ListRatesRequest,
) -> Result<ListRatesResponse, Status> {
    Ok(client(journal).list_rates(user.request(request)).await?.into_inner())
}

/// Up to 200 rates, as `from/to@second=rate`, with those of brokers marked.
pub async fn told(journal: &Journal, user: &User) -> Vec<String> {
    let request = ListRatesRequest { page: Some(page(200, "")), ..ListRatesRequest::default() };
    list(journal, user, request).await.unwrap().rates.iter().map(text).collect()
}

fn text(rate: &Rate) -> String {
    let minute = (rate.valid_from.unwrap().seconds - time_of(0).seconds) / 60;
    let mark = if rate.source == "broker" { " (broker)" } else { "" };
    format!("{}/{}@{minute}={}{mark}", rate.from, rate.to, rate.rate)
}

async fn delete(
    journal: &Journal,
    user: &User,
    (from, to): (&str, &str),
    (since, until): (Option<Timestamp>, Option<Timestamp>),
) -> Result<(), Status> {
    let request = DeleteRatesRequest { from: from.to_owned(), to: to.to_owned(), since, until };
    client(journal).delete_rates(user.request(request)).await.map(drop)
}

/// The fields that a refusal names.
fn fields(status: &Status) -> Vec<String> {
    assert_eq!(status.code(), Code::InvalidArgument, "{status:?}");
    let details = status.get_details_bad_request().unwrap();
    details.field_violations.into_iter().map(|violation| violation.field).collect()
}

#[tokio::test]
async fn a_rate_is_stored_exactly_once_and_replaced_by_the_same_currencies_and_time() {
    let journal = Journal::start().await;
    let user = journal.user();
    let rates = || {
        vec![
            rate("EUR", "USD", 1, "1.0834"),
            rate("EUR", "USD", 0, "1.08340000000000000001"),
            rate("CHF", "USD", 5, "1.1"),
            rate("EUR", "USD", 1, "1.0834"),
        ]
    };

    put(&journal, &user, rates()).await.unwrap();
    let stored = told(&journal, &user).await;
    put(&journal, &user, rates()).await.unwrap();

    let expected = ["CHF/USD@5=1.1", "EUR/USD@0=1.08340000000000000001", "EUR/USD@1=1.0834"];
    assert_eq!(stored, expected);
    assert_eq!(told(&journal, &user).await, expected, "a repeat");
    put(&journal, &user, vec![rate("EUR", "USD", 1, "2")]).await.unwrap();
    assert_eq!(told(&journal, &user).await[2], "EUR/USD@1=2");
}

#[tokio::test]
async fn every_rate_at_fault_is_named_and_none_is_stored() {
    let journal = Journal::start().await;
    let user = journal.user();
    let beyond = Timestamp { seconds: 253_402_300_799, nanos: 0 };
    let rates = vec![
        rate("EUR", "USD", 0, "1.1"),
        rate("EUR", "USD", 1, "-1"),
        rate("EUR", "USD", 1, "0"),
        rate("EUR", "USD", 1, &"9".repeat(400)),
        rate("EUR", "USD", 1, "1,1"),
        rate("eur", "USD", 1, "1"),
        rate("EUR", "US\0", 1, "1"),
        rate("EUR", "EUR", 1, "1"),
        Rate { valid_from: None, ..rate("EUR", "USD", 1, "1") },
        Rate { valid_from: Some(beyond), ..rate("EUR", "USD", 1, "1") },
        rate("EUR", "USD", 0, "1.2"),
    ];

    let refused = put(&journal, &user, rates).await.unwrap_err();

    let expected = [
        "rates[1].rate",
        "rates[2].rate",
        "rates[3].rate",
        "rates[4].rate",
        "rates[5].from",
        "rates[6].to",
        "rates[7].to",
        "rates[8].valid_from",
        "rates[9].valid_from",
        "rates[10].rate",
    ];
    assert_eq!(fields(&refused), expected);
    assert!(told(&journal, &user).await.is_empty());
    for wrong in [Vec::new(), vec![rate("EUR", "USD", 0, "1"); 10_001]] {
        assert_field(&put(&journal, &user, wrong).await.unwrap_err(), "rates");
    }
    let all_wrong = vec![rate("EUR", "USD", 0, "x"); 10_000];
    assert_eq!(fields(&put(&journal, &user, all_wrong).await.unwrap_err()).len(), 20);
}

#[tokio::test]
async fn rates_are_listed_page_by_page_and_by_currency() {
    let journal = Journal::start().await;
    let user = journal.user();
    let rates = [("USD", "JPY", 3), ("EUR", "USD", 2), ("EUR", "USD", 1), ("EUR", "CHF", 9)];
    put(&journal, &user, rates.map(|(from, to, minute)| rate(from, to, minute, "1")).to_vec()).await.unwrap();

    let (mut cursor, mut seen) = (String::new(), Vec::new());
    loop {
        let request = ListRatesRequest { page: Some(page(1, &cursor)), ..ListRatesRequest::default() };
        let found = list(&journal, &user, request).await.unwrap();
        seen.extend(found.rates.iter().map(text));
        cursor = found.next_cursor;
        if cursor.is_empty() {
            break;
        }
    }

    assert_eq!(seen, ["EUR/CHF@9=1", "EUR/USD@1=1", "EUR/USD@2=1", "USD/JPY@3=1"]);
    let of = async |from: &str, to: &str| {
        let request = ListRatesRequest { page: None, from: from.to_owned(), to: to.to_owned() };
        list(&journal, &user, request).await.map(|found| found.rates.iter().map(text).collect::<Vec<_>>())
    };
    assert_eq!(of("EUR", "USD").await.unwrap(), ["EUR/USD@1=1", "EUR/USD@2=1"]);
    assert_eq!(of("", "JPY").await.unwrap(), ["USD/JPY@3=1"]);
    assert_field(&of("euro", "").await.unwrap_err(), "from");
    let wrong = ListRatesRequest { page: Some(page(1, "x")), ..ListRatesRequest::default() };
    assert_field(&list(&journal, &user, wrong).await.unwrap_err(), "cursor");
}

#[tokio::test]
async fn rates_are_deleted_in_one_direction_within_their_times() {
    let journal = Journal::start().await;
    let user = journal.user();
    let mut rates: Vec<Rate> = (0..4).map(|minute| rate("EUR", "USD", minute, "1")).collect();
    rates.push(rate("USD", "EUR", 1, "1"));
    put(&journal, &user, rates).await.unwrap();

    for _again in 0..2 {
        let times = (Some(time_of(1)), Some(time_of(3)));
        delete(&journal, &user, ("EUR", "USD"), times).await.unwrap();
        assert_eq!(told(&journal, &user).await, ["EUR/USD@0=1", "EUR/USD@3=1", "USD/EUR@1=1"]);
    }

    delete(&journal, &user, ("EUR", "USD"), (None, None)).await.unwrap();
    assert_eq!(told(&journal, &user).await, ["USD/EUR@1=1"]);
    for ((from, to), field) in [(("", "USD"), "from"), (("USD", ""), "to"), (("USD", "USD"), "to")] {
        assert_field(&delete(&journal, &user, (from, to), (None, None)).await.unwrap_err(), field);
    }
}

#[tokio::test]
async fn rates_of_others_are_out_of_sight_and_reach() {
    let journal = Journal::start().await;
    let (owner, stranger) = (journal.user(), journal.user());
    put(&journal, &owner, vec![rate("EUR", "USD", 0, "1.1")]).await.unwrap();

    assert!(told(&journal, &stranger).await.is_empty());
    put(&journal, &stranger, vec![rate("EUR", "USD", 0, "7")]).await.unwrap();
    delete(&journal, &stranger, ("EUR", "USD"), (None, None)).await.unwrap();

    assert_eq!(told(&journal, &owner).await, ["EUR/USD@0=1.1"]);
    let nobody = client(&journal).list_rates(ListRatesRequest::default()).await.unwrap_err();
    assert_eq!(nobody.code(), Code::Unauthenticated);
}

#[tokio::test]
async fn a_user_has_at_most_so_many_rates_also_when_two_requests_add_at_once() {
    let journal = Journal::start().await;
    let user = journal.user();
    leave_one(&journal, &user).await;

    let [one, two] = ["CHF", "GBP"].map(|from| vec![rate(from, "USD", 0, "1.1")]);
    let (one, two) = tokio::join!(put(&journal, &user, one), put(&journal, &user, two));

    let refused = match (one, two) {
        (Ok(()), Err(refused)) | (Err(refused), Ok(())) => refused,
        both => panic!("{both:?}"),
    };
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "too-many-rates"));
    assert_eq!(journal.count("SELECT count(*) FROM exchange_rates").await, 100_000);
}
