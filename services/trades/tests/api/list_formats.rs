//! Lists the formats.

use crate::support::Journal;
use journal_proto::trades::v1::ListFormatsRequest;

#[tokio::test]
async fn every_format_is_listed_with_what_it_is() {
    let journal = Journal::start().await;
    let user = journal.user();

    let listed = user.client.clone().list_formats(user.request(ListFormatsRequest {})).await.unwrap();

    let formats = listed.into_inner().formats;
    let ids: Vec<&str> = formats.iter().map(|format| format.id.as_str()).collect();
    let registered: Vec<&str> = formats::Format::all().into_iter().map(formats::Format::id).collect();
    assert_eq!(ids, registered);
    for format in &formats {
        let told =
            [&format.name, &format.description, &format.row, &format.carries, &format.times, &format.fees];
        assert!(told.iter().all(|text| !text.is_empty()), "{format:?}");
    }
}

#[tokio::test]
async fn a_format_whose_times_carry_no_zone_asks_for_it() {
    let journal = Journal::start().await;
    let user = journal.user();

    let listed = user.client.clone().list_formats(user.request(ListFormatsRequest {})).await.unwrap();

    let formats = listed.into_inner().formats;
    let zone = |id: &str| {
        let format = formats.iter().find(|format| format.id == id).unwrap();
        (format.asks_time_zone, format.assumed_time_zone.as_str())
    };
    assert_eq!(zone("ninjatrader-trades"), (true, "America/Chicago"));
    assert_eq!(zone("generic-csv"), (true, "UTC"));
    assert_eq!(zone("binance-spot"), (false, ""));
}
