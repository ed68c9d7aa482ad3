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
    assert_eq!(ids, ["ibkr-flex-xml", "tradovate-position-history", "generic-csv"]);
    assert!(formats.iter().all(|format| !format.name.is_empty() && !format.description.is_empty()));
}
