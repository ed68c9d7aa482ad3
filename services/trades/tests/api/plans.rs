//! What a trader planned gives a trade its risk.

use crate::support::{Journal, User, assert_field, assert_not_found, csv};
use journal_proto::trades::v1::{Trade, UpdateTradeRequest};
use tonic::Status;
use uuid::Uuid;

async fn plan(user: &User, trade_id: &str, stop: &str, target: &str, risk: &str) -> Result<Trade, Status> {
    let request = UpdateTradeRequest {
        trade_id: trade_id.to_owned(),
        planned_stop: Some(stop.to_owned()),
        planned_target: Some(target.to_owned()),
        risk: Some(risk.to_owned()),
        ..UpdateTradeRequest::default()
    };
    Ok(user.client.clone().update_trade(user.request(request)).await?.into_inner())
}

#[tokio::test]
async fn the_stop_gives_the_risk_of_what_was_entered_at_the_opening() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    // Ten in two fills of one minute, five added later.
    let rows = ["a,1,X,buy,4,100,0", "b,1,X,buy,6,101,0", "c,2,X,buy,5,110,0", "d,3,X,sell,15,120,0"];
    user.imported(&account, csv(rows)).await;
    let before = user.trades().await.remove(0);

    let planned = plan(&user, &before.id, "98", "130", "").await.unwrap();

    // 4 x (100 - 98) + 6 x (101 - 98); 244 were gained.
    assert_eq!((planned.risk.as_str(), planned.r_multiple.as_str()), ("26", "9.3846153846"));
    assert_eq!((planned.planned_stop.as_str(), planned.planned_target.as_str()), ("98", "130"));
    assert!(planned.version > before.version);
    let own = plan(&user, &before.id, "98", "", "61").await.unwrap();
    assert_eq!((own.risk.as_str(), own.r_multiple.as_str(), own.planned_target.as_str()), ("61", "4", ""));
    let again = plan(&user, &before.id, "98", "", "61").await.unwrap();
    assert_eq!(again, own);
    let none = plan(&user, &before.id, "", "", "").await.unwrap();
    assert_eq!((none.risk.as_str(), none.r_multiple.as_str()), ("", ""));
}

#[tokio::test]
async fn a_plan_follows_its_fills_and_survives_an_undo() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let rows = csv(["b,2,X,sell,10,100,0", "c,3,X,buy,10,90,0"]);
    let import = user.imported(&account, &rows).await;
    let trade = user.trades().await.remove(0);
    plan(&user, &trade.id, "105", "", "").await.unwrap();

    let undo = journal_proto::trades::v1::UndoImportRequest { import_id: import.id };
    user.client.clone().undo_import(user.request(undo)).await.unwrap();
    assert!(user.trades().await.is_empty());
    user.imported(&account, &rows).await;
    let back = user.trades().await.remove(0);
    assert_eq!((back.risk.as_str(), back.r_multiple.as_str()), ("50", "2"));

    // Its first fill turns out to have been added to a position: the trade is another one, of the same plan.
    user.imported(&account, csv(["a,1,X,sell,1,101,0"])).await;
    let grown = user.trades().await.remove(0);
    assert_ne!(grown.id, trade.id);
    assert_eq!((grown.planned_stop.as_str(), grown.risk.as_str()), ("105", "4"));
}

#[tokio::test]
async fn garbage_and_stops_that_gain_are_refused() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(["a,1,X,buy,4,100,0"])).await;
    let trade = user.trades().await.remove(0);

    for (stop, target, risk, field) in [
        ("abc", "", "", "planned_stop"),
        ("100", "", "", "planned_stop"),
        ("101", "", "", "planned_stop"),
        ("", "99", "", "planned_target"),
        ("", "", "0", "risk"),
        ("", "", "-5", "risk"),
        ("", "", "NaN", "risk"),
    ] {
        assert_field(&plan(&user, &trade.id, stop, target, risk).await.unwrap_err(), field);
    }

    assert_eq!(user.trades().await, [trade]);
    assert_eq!(journal.count("SELECT count(*) FROM trade_plans").await, 0);
}

#[tokio::test]
async fn foreign_and_missing_trades_cannot_be_planned() {
    let journal = Journal::start().await;
    let (owner, stranger) = (journal.user(), journal.user());
    let account = owner.account("Main").await;
    owner.imported(&account, csv(["a,1,X,buy,4,100,0"])).await;
    let theirs = owner.trades().await.remove(0).id;

    for id in [theirs, Uuid::now_v7().to_string()] {
        assert_not_found(&plan(&stranger, &id, "98", "", "").await.unwrap_err(), "trade");
    }
}
