//! Exchange rates that a broker's file tells.

use crate::{
    rates::{leave_one, put, rate, told},
    support::{Journal, User},
};
use journal_proto::trades::v1::{Account, CreateImportRequest, Import, ImportHeader};
use tonic::Status;

/// At 14:30 and 15:30 UTC, minutes 870 and 930.
const RATES: [&str; 2] = ["EUR/USD@870=1.1 (broker)", "EUR/USD@930=1.2 (broker)"];

/// Bought at 9:30 in New York and sold an hour later, with a commission of 1 each.
fn flex(account_information: &str, currency: &str, rates: [&str; 2]) -> String {
    let trade = |side: &str, quantity: i32, price: i32, time: &str, rate: &str| {
        format!(
            "<Trade accountId=\"U1\" currency=\"{currency}\" assetCategory=\"STK\" symbol=\"SAP\" dateTime=\"20260105;{time}\" \
             quantity=\"{quantity}\" tradePrice=\"{price}\" buySell=\"{side}\" ibCommission=\"-1\" ibCommissionCurrency=\"{currency}\" \
             ibExecID=\"{side}\" fxRateToBase=\"{rate}\" levelOfDetail=\"EXECUTION\"/>"
        )
    };
    format!(
        "<FlexQueryResponse>\n<FlexStatements>\n<FlexStatement accountId=\"U1\">\n{account_information}\n<Trades>\n{}\n{}\n</Trades>\n\
         </FlexStatement>\n</FlexStatements>\n</FlexQueryResponse>\n",
        trade("BUY", 10, 100, "093000", rates[0]),
        trade("SELL", -10, 110, "103000", rates[1]),
    )
}

fn in_dollars() -> String {
    flex("<AccountInformation accountId=\"U1\" currency=\"USD\"/>", "EUR", ["1.10", "1.20"])
}

fn codes(import: &Import) -> Vec<&str> {
    import.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect()
}

async fn user(journal: &Journal) -> (User, Account) {
    let user = journal.user();
    let account = user.account("IBKR").await;
    (user, account)
}

#[tokio::test]
async fn a_trade_is_told_in_the_accounts_currency_at_the_rates_of_its_file() {
    let journal = Journal::start().await;
    let (user, account) = user(&journal).await;

    let import = user.imported(&account, in_dollars()).await;

    assert_eq!(told(&journal, &user).await, RATES);
    let detail = user.trade(&user.trades().await[0].id).await.unwrap();
    assert_eq!(detail.in_account_currency.unwrap().net_pnl, "117.6");
    assert!(!codes(&import).contains(&"assumed-base-currency"), "{import:?}");
    user.imported(&account, in_dollars()).await;
    assert_eq!(told(&journal, &user).await, RATES, "a repeat");
}

#[tokio::test]
async fn the_users_own_rate_wins_whichever_came_first() {
    let journal = Journal::start().await;
    let (user, account) = user(&journal).await;
    put(&journal, &user, vec![rate("EUR", "USD", 870, "7")]).await.unwrap();

    user.imported(&account, in_dollars()).await;

    assert_eq!(told(&journal, &user).await, ["EUR/USD@870=7", RATES[1]]);
    put(&journal, &user, vec![rate("EUR", "USD", 930, "8")]).await.unwrap();
    user.imported(&account, in_dollars()).await;
    assert_eq!(told(&journal, &user).await, ["EUR/USD@870=7", "EUR/USD@930=8"]);
}

#[tokio::test]
async fn without_a_base_currency_it_is_the_accounts_unless_the_file_says_otherwise() {
    let journal = Journal::start().await;
    let (one, account) = user(&journal).await;

    let assumed = one.imported(&account, flex("", "EUR", ["1.10", "1.20"])).await;

    assert_eq!(told(&journal, &one).await, RATES);
    assert!(codes(&assumed).contains(&"assumed-base-currency"), "{assumed:?}");
    let (two, account) = user(&journal).await;
    let unknown = two.imported(&account, flex("", "USD", ["0.9", "0.8"])).await;
    assert!(told(&journal, &two).await.is_empty());
    assert!(codes(&unknown).contains(&"unknown-base-currency"), "{unknown:?}");
    let (three, account) = user(&journal).await;
    let shown = three.imported(&account, flex("", "EUR", ["1", "1"])).await;
    assert!(told(&journal, &three).await.is_empty());
    assert!(!codes(&shown).contains(&"assumed-base-currency"), "{shown:?}");
}

#[tokio::test]
async fn an_import_says_which_currency_has_no_rate() {
    let journal = Journal::start().await;
    let (user, account) = user(&journal).await;
    let bare = || flex("", "EUR", ["", ""]);
    let lacking = |import: &Import| -> Vec<(u64, String)> {
        let lacking = import.diagnostics.iter().filter(|diagnostic| diagnostic.code == "no-rate");
        lacking.map(|diagnostic| (diagnostic.line, diagnostic.message.clone())).collect()
    };

    let without = user.imported(&account, bare()).await;

    let message = "There is no rate from EUR to USD, the account's currency, at 2026-01-05T14:30:00Z: trades in EUR are told in EUR \
                   only until there is one (PUT /v1/rates).";
    assert_eq!(lacking(&without), [(6, message.to_owned())]);
    put(&journal, &user, vec![rate("USD", "EUR", 871, "0.9")]).await.unwrap();
    assert_eq!(lacking(&user.imported(&account, bare()).await).len(), 1, "too young");
    put(&journal, &user, vec![rate("USD", "EUR", 870, "0.9")]).await.unwrap();
    assert!(lacking(&user.imported(&account, bare()).await).is_empty());
}

#[tokio::test]
async fn rates_to_another_base_are_kept_as_they_are() {
    let journal = Journal::start().await;
    let (user, account) = user(&journal).await;
    let euros = flex("<AccountInformation accountId=\"U1\" currency=\"EUR\"/>", "GBP", ["1.15", "1.16"]);

    user.imported(&account, euros).await;

    assert_eq!(told(&journal, &user).await, ["GBP/EUR@870=1.15 (broker)", "GBP/EUR@930=1.16 (broker)"]);
    let detail = user.trade(&user.trades().await[0].id).await.unwrap();
    assert_eq!(detail.in_account_currency.unwrap().reason.unwrap().code, "no-rate", "no chain of rates");
}

#[tokio::test]
async fn a_preview_and_a_file_that_fails_keep_no_rates() {
    let journal = Journal::start().await;
    let (user, account) = user(&journal).await;
    let header = ImportHeader { account_id: account.id.clone(), ..ImportHeader::default() };

    let previewed: Result<_, Status> = {
        let messages: Vec<CreateImportRequest> =
            crate::support::upload_messages(header, in_dollars().as_bytes());
        user.client.clone().preview_import(user.request(tokio_stream::iter(messages))).await
    };
    user.import(&account, &in_dollars()[..in_dollars().len() - 30]).await;

    previewed.unwrap();
    assert!(told(&journal, &user).await.is_empty());
}

#[tokio::test]
async fn a_file_fills_up_the_rates_that_a_user_may_have_and_says_so() {
    let journal = Journal::start().await;
    let (user, account) = user(&journal).await;
    leave_one(&journal, &user).await;

    let import = user.imported(&account, in_dollars()).await;

    assert!(codes(&import).contains(&"too-many-rates"), "{import:?}");
    assert_eq!(journal.count("SELECT count(*) FROM exchange_rates").await, 100_000);
    assert_eq!(
        journal.count("SELECT count(*) FROM exchange_rates WHERE source = 'broker' AND rate = 1.1").await,
        1
    );
}
