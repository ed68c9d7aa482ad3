//! What the use of an option moved in its underlying is in the journal, or the import says what is missing.

use crate::support::{Journal, User, csv};
use journal_proto::trades::v1::{Account, CreateFillRequest, Diagnostic};

const HEADER: &str = "\"Activity Date\",\"Process Date\",\"Settle Date\",\"Instrument\",\"Description\",\"Trans Code\",\"Quantity\",\
    \"Price\",\"Amount\"";
const OPENED: &str =
    r#""1/5/2026","1/5/2026","1/6/2026","TSLA","TSLA 1/16/2026 Put $400.00","STO","2","$3.00","$599.90""#;
const ASSIGNED: &str =
    r#""1/16/2026","1/16/2026","1/20/2026","TSLA","TSLA 1/16/2026 Put $400.00","OASGN","2","","""#;

fn shares(quantity: u32, amount: &str) -> String {
    format!(
        r#""1/16/2026","1/16/2026","1/20/2026","TSLA","{} TSLA Option Assigned","Buy","{quantity}","$400.00","({amount})""#,
        quantity / 100
    )
}

async fn missing(user: &User, account: &Account, rows: &[&str]) -> Vec<Diagnostic> {
    let import = user.imported(account, [&[HEADER], rows].concat().join("\n")).await;
    import.diagnostics.into_iter().filter(|diagnostic| diagnostic.code == "missing-delivery").collect()
}

#[tokio::test]
async fn an_assignment_with_its_shares_says_nothing() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;

    assert_eq!(missing(&user, &account, &[ASSIGNED, &shares(200, "$80,000.00"), OPENED]).await, []);
}

#[tokio::test]
async fn shares_that_are_not_there_are_named_exactly_until_somebody_brings_them() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;

    let told = missing(&user, &account, &[ASSIGNED, OPENED]).await;
    assert_eq!((told.len(), told[0].line), (1, 2));
    let entry = "POST /v1/fills with symbol TSLA, side buy, quantity 200, price 400";
    assert!(told[0].message.contains(entry), "{}", told[0].message);

    let half = missing(&user, &account, &[ASSIGNED, &shares(100, "$40,000.00"), OPENED]).await;
    assert!(half[0].message.contains("quantity 100, price 400"), "{}", half[0].message);

    let fill = CreateFillRequest {
        account_id: account.id.clone(),
        symbol: "TSLA".to_owned(),
        side: "buy".to_owned(),
        quantity: "100".to_owned(),
        price: "400".to_owned(),
        executed_at: Some(journal_proto::Timestamp { seconds: 1_768_600_000, nanos: 0 }),
        ..CreateFillRequest::default()
    };
    user.client.clone().create_fill(user.request(fill)).await.unwrap();
    assert_eq!(missing(&user, &account, &[ASSIGNED, OPENED]).await, []);
}

#[tokio::test]
async fn a_trade_of_another_side_price_or_year_is_not_the_delivery() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let near = "x,15840,TSLA,sell,200,400,0";
    user.imported(&account, csv([near, "y,15841,TSLA,buy,200,399,0", "z,1,TSLA,buy,200,400,0"])).await;

    assert_eq!(missing(&user, &account, &[ASSIGNED, OPENED]).await.len(), 1);
}
