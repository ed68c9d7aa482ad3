//! Somebody else's ids are as unknown as ids that never were, on every call.

use crate::support::{Journal, User, assert_not_found, csv};
use journal_proto::{
    Timestamp,
    trades::v1::{
        CorrectFillRequest, CreateCashRequest, CreateMappingRequest, DeleteAccountRequest,
        ExportTradesRequest, GetAccountRequest, GetFillRequest, GetImportRequest, GetTradeRequest,
        ListAccountsRequest, ListFillsRequest, ListImportsRequest, ListTradesRequest, MappingContent,
        MergeTradesRequest, PutBarsRequest, PutRatesRequest, Rate, TradeFilter, UndoImportRequest,
        UpdateAccountRequest, UpdateTradeRequest, bar_service_client::BarServiceClient,
        rate_service_client::RateServiceClient, regrouping_service_client::RegroupingServiceClient,
    },
};
use uuid::Uuid;

/// Ids of an account, an import, a fill and a trade.
struct Ids {
    account: String,
    import: String,
    fill: String,
    trade: String,
}

#[tokio::test]
async fn foreign_and_missing_ids_get_the_same_answer() {
    let journal = Journal::start().await;
    let (owner, stranger) = (journal.user(), journal.user());
    let account = owner.account("Main").await;
    let import = owner.imported(&account, csv(["a,1,AAPL,buy,10,100,1"])).await;
    let request = owner.request(ListFillsRequest::default());
    let fill = owner.client.clone().list_fills(request).await.unwrap().into_inner().fills.remove(0);
    let trade = owner.trades().await.remove(0);
    let foreign = Ids { account: account.id, import: import.id, fill: fill.id, trade: trade.id };
    let nobody = || Uuid::now_v7().to_string();
    let missing = Ids { account: nobody(), import: nobody(), fill: nobody(), trade: nobody() };

    for ids in [foreign, missing] {
        let (mut client, user) = (stranger.client.clone(), &stranger);
        let account_id = ids.account.clone();
        let get = user.request(GetAccountRequest { account_id: account_id.clone() });
        assert_not_found(&client.get_account(get).await.unwrap_err(), "account");
        let update = UpdateAccountRequest {
            account_id: account_id.clone(),
            name: Some("Mine".to_owned()),
            ..UpdateAccountRequest::default()
        };
        assert_not_found(&client.update_account(user.request(update)).await.unwrap_err(), "account");
        let delete = user.request(DeleteAccountRequest { account_id: account_id.clone() });
        assert_not_found(&client.delete_account(delete).await.unwrap_err(), "account");
        let theirs = journal_proto::trades::v1::Account { id: account_id, ..Default::default() };
        assert_not_found(&user.upload(&theirs, "a.csv", b"x").await.unwrap_err(), "account");
        let get = user.request(GetImportRequest { import_id: ids.import.clone() });
        assert_not_found(&client.get_import(get).await.unwrap_err(), "import");
        let undo = user.request(UndoImportRequest { import_id: ids.import.clone() });
        assert_not_found(&client.undo_import(undo).await.unwrap_err(), "import");
        let get = user.request(GetFillRequest { fill_id: ids.fill.clone() });
        assert_not_found(&client.get_fill(get).await.unwrap_err(), "fill");
        let get = user.request(GetTradeRequest { trade_id: ids.trade.clone(), ..GetTradeRequest::default() });
        assert_not_found(&client.get_trade(get).await.unwrap_err(), "trade");
        let update = UpdateTradeRequest {
            trade_id: ids.trade.clone(),
            notes: Some("mine".to_owned()),
            ..UpdateTradeRequest::default()
        };
        assert_not_found(&client.update_trade(user.request(update)).await.unwrap_err(), "trade");
    }
    assert_eq!(journal.count("SELECT count(*) FROM trade_journal").await, 0);
    assert_eq!(journal.count("SELECT count(*) FROM fills").await, 1);
}

#[tokio::test]
async fn lists_show_nothing_of_others_also_when_asked_for_their_account() {
    let journal = Journal::start().await;
    let (owner, stranger) = (journal.user(), journal.user());
    let account = owner.account("Main").await;
    let import = owner.imported(&account, csv(["a,1,AAPL,buy,10,100,1"])).await;
    let mut client = stranger.client.clone();

    for account_id in [String::new(), account.id] {
        let imports = ListImportsRequest { account_id: account_id.clone(), page: None };
        let imports = client.list_imports(stranger.request(imports)).await.unwrap().into_inner();
        assert!(imports.imports.is_empty());
        let fills = ListFillsRequest {
            account_id: account_id.clone(),
            import_id: import.id.clone(),
            ..ListFillsRequest::default()
        };
        assert!(client.list_fills(stranger.request(fills)).await.unwrap().into_inner().fills.is_empty());
        let filter = Some(TradeFilter { account_id, ..TradeFilter::default() });
        let trades = ListTradesRequest { filter, ..ListTradesRequest::default() };
        assert!(client.list_trades(stranger.request(trades)).await.unwrap().into_inner().trades.is_empty());
    }
    let accounts = client.list_accounts(stranger.request(ListAccountsRequest {})).await.unwrap().into_inner();
    assert!(accounts.accounts.is_empty());
    let mut export =
        client.export_trades(stranger.request(ExportTradesRequest {})).await.unwrap().into_inner();
    let first = export.message().await.unwrap().unwrap();
    assert!(first.accounts.is_empty() && first.revisions.is_empty());
    assert_eq!(export.message().await.unwrap(), None);
}

#[tokio::test]
async fn two_users_with_one_file_do_not_meet() {
    let journal = Journal::start().await;
    let (one, two) = (journal.user(), journal.user());
    let rows = csv(["a,1,AAPL,buy,10,100,1", "b,2,AAPL,sell,4,101,1"]);

    for user in [&one, &two] {
        let account = user.account("Main").await;
        let import = user.imported(&account, &rows).await;
        assert_eq!(import.fills.unwrap().new, 2);
        assert!(!import.same_file_known);
    }

    let (ones, twos) = (one.trades().await, two.trades().await);
    assert_eq!((ones.len(), twos.len()), (1, 1));
    assert_ne!(ones[0].id, twos[0].id);
}

/// Rows that no file of this test brings.
const MORE_ROWS: [&str; 14] = [
    "INSERT INTO trade_attachments (user_id, id, trade_id, account_id, file_name, media_type, bytes, created_at)
     SELECT user_id, id, id, id, 'a', 'image/png', 1, now() FROM accounts WHERE user_id = $1 LIMIT 1",
    "INSERT INTO saved_views (user_id, id, name, page, query, created_at) VALUES ($1, $1, 'a', 'a', '', now())",
    "INSERT INTO tags (user_id, id, name, folded, created_at) VALUES ($1, $1, 'a', 'a', now())",
    "INSERT INTO playbooks (user_id, id, name, description, rules, created_at) VALUES ($1, $1, 'a', '', '[]', now())",
    "INSERT INTO custom_fields (user_id, id, name, kind, choices, created_at) VALUES ($1, $1, 'a', 'text', '{}', now())",
    "INSERT INTO journal_days (user_id, day, notes, updated_at, version) VALUES ($1, '2026-01-05', 'a', now(), 1)",
    "INSERT INTO journal_templates (user_id, id, name, body, created_at) VALUES ($1, $1, 'a', 'a', now())",
    "INSERT INTO exports (user_id, id, status) VALUES ($1, $1, 'running')",
    "INSERT INTO export_portions (user_id, export_id, part, sequence, is_last, file, lines)
     VALUES ($1, $1, 'inbox', 0, false, 'inbox/x', '{}')",
    "INSERT INTO account_event_sightings (user_id, event_id, import_id, line)
     SELECT e.user_id, e.id, i.id, 1 FROM account_events AS e JOIN imports AS i USING (user_id, account_id)
     WHERE user_id = $1 LIMIT 1",
    "INSERT INTO fill_excursions (user_id, fill_id, import_id, mae)
     SELECT f.user_id, f.id, i.id, -1 FROM fills AS f JOIN imports AS i USING (user_id, account_id)
     WHERE user_id = $1 LIMIT 1",
    "INSERT INTO trade_excursions (user_id, trade_id, mae) SELECT user_id, id, -1 FROM trades WHERE user_id = $1 LIMIT 1",
    "INSERT INTO bar_excursions (user_id, trade_id, low, high, mae, mfe)
     SELECT user_id, id, 1, 1, 0, 0 FROM trades WHERE user_id = $1 LIMIT 1",
    "INSERT INTO strategy_groups (user_id, id, account_id, trade_ids, created_at)
     SELECT user_id, id, id, '{}', now() FROM accounts WHERE user_id = $1 LIMIT 1",
];

/// Somebody with a row in every table.
async fn owner(journal: &Journal) -> User {
    let user = journal.user();
    let account = user.account("Main").await;
    let rows = ["a,1,X,buy,1,100,0", "b,2,X,sell,1,101,0", "c,3,X,buy,1,100,0", "d,4,X,sell,1,101,0"];
    user.imported(&account, csv(rows)).await;
    user.imported(&account, csv(rows[..2].to_vec())).await;
    let mut client = user.client.clone();
    let trades: Vec<String> = user.trades().await.into_iter().map(|trade| trade.id).collect();
    let update = UpdateTradeRequest {
        trade_id: trades[0].clone(),
        notes: Some("mine".to_owned()),
        risk: Some("5".to_owned()),
        ..UpdateTradeRequest::default()
    };
    client.update_trade(user.request(update)).await.unwrap();
    let cash = CreateCashRequest {
        account_id: account.id.clone(),
        kind: "deposit".to_owned(),
        amount: "10".to_owned(),
        booked_at: Some(Timestamp { seconds: 1, nanos: 0 }),
        ..CreateCashRequest::default()
    };
    client.create_cash(user.request(cash)).await.unwrap();
    let fill = client.list_fills(user.request(ListFillsRequest::default())).await.unwrap().into_inner();
    let correct = CorrectFillRequest {
        fill_id: fill.fills[0].id.clone(),
        price: Some("102".to_owned()),
        reason: "wrong".to_owned(),
        ..CorrectFillRequest::default()
    };
    client.correct_fill(user.request(correct)).await.unwrap();
    let content = Some(MappingContent { name: "Bank".to_owned(), ..MappingContent::default() });
    client.create_mapping(user.request(CreateMappingRequest { content })).await.unwrap();
    let merge = MergeTradesRequest { trade_ids: trades };
    RegroupingServiceClient::new(journal.channel()).merge_trades(user.request(merge)).await.unwrap();
    let bars = PutBarsRequest {
        symbol: "X".to_owned(),
        file: b"time,open,high,low,close\n2026-01-05T00:00:00Z,1,1,1,1\n2026-01-05T00:01:00Z,1,1,1,1\n"
            .to_vec(),
        ..PutBarsRequest::default()
    };
    BarServiceClient::new(journal.channel()).put_bars(user.request(bars)).await.unwrap();
    let rate = Rate {
        from: "EUR".to_owned(),
        to: "USD".to_owned(),
        valid_from: Some(Timestamp { seconds: 1, nanos: 0 }),
        rate: "1.1".to_owned(),
        ..Rate::default()
    };
    let rates = PutRatesRequest { rates: vec![rate] };
    RateServiceClient::new(journal.channel()).put_rates(user.request(rates)).await.unwrap();
    for insert in MORE_ROWS {
        sqlx::query(insert).bind(user.id.0).execute(&journal.database.every_row).await.unwrap();
    }
    user
}

#[tokio::test]
async fn a_query_that_forgets_the_user_sees_and_changes_one_users_rows_alone() {
    let journal = Journal::start().await;
    let (one, other) = (owner(&journal).await, owner(&journal).await);
    assert_eq!(journal.database.user_tables().await.len(), 28);

    journal.database.assert_nobody_sees(one.id.0).await;
    journal.database.assert_apart(one.id.0, other.id.0).await;
}
