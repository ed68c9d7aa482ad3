//! A user who is deleted for good: nothing is left in any table or folder, and what is told late brings nothing back.

use super::{owner::everything_of, rows};
use crate::{
    fleet::{Fleet, Plan},
    user::{PASSWORD, User},
};
use journal_proto::trades::v1::{self as trades, AccountChanged};
use reqwest::{Method, StatusCode};
use serde_json::json;
use std::time::Duration;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn of_a_deleted_user_nothing_is_left_anywhere_and_nothing_comes_back() {
    let fleet = Fleet::start(Plan { cleanup_every: Duration::from_secs(1), ..Plan::default() }).await;
    let (owner, other) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let (ids, theirs) = (everything_of(&owner).await, everything_of(&other).await);
    let of_other = rows::of(&fleet, &theirs.user).await;
    // The imported file, the image and the export of each.
    assert_eq!(fleet.stored_files(), 6);

    let refused = owner.send(Method::DELETE, "/v1/me", Some(json!({"password": "wrong"}))).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let accepted = owner.send(Method::DELETE, "/v1/me", Some(json!({"password": PASSWORD}))).await;
    assert_eq!(accepted.status(), StatusCode::ACCEPTED);
    assert_eq!(owner.send(Method::GET, "/v1/me", None).await.status(), StatusCode::UNAUTHORIZED);
    assert!(rows::of(&fleet, &ids.user).await.len() >= 15);
    let over = "UPDATE users SET deletion_due_at = now() WHERE deletion_due_at IS NOT NULL";
    sqlx::query(over).execute(&fleet.auth.every_row).await.unwrap();

    testing::eventually("nothing to be left of the user", async || {
        let left = rows::of(&fleet, &ids.user).await;
        let left = left.keys().filter(|table| !table.ends_with(".departures")).count();
        (left == 0 && fleet.stored_files() == 3).then_some(())
    })
    .await;

    let account = trades::Account {
        id: ids.account.clone(),
        currency: "USD".to_owned(),
        time_zone: "UTC".to_owned(),
        version: 99,
        ..trades::Account::default()
    };
    let late = AccountChanged { user_id: ids.user.clone(), account: Some(account) };
    let mut tx = fleet.trades.pool.begin().await.unwrap();
    let event: Uuid = events::outbox::append(&mut tx, &late).await.unwrap();
    tx.commit().await.unwrap();
    testing::eventually("the late event to be handled", async || {
        let handled = "SELECT count(*) FROM inbox WHERE event_id = $1";
        let pool = &fleet.analytics.every_row;
        let handled: i64 = sqlx::query_scalar(handled).bind(event).fetch_one(pool).await.unwrap();
        (handled > 0).then_some(())
    })
    .await;
    let left = rows::of(&fleet, &ids.user).await;
    assert!(left.keys().all(|table| table.ends_with(".departures")), "{left:?}");
    for (table, rows) in rows::of(&fleet, &theirs.user).await {
        assert_eq!(of_other.get(&table), Some(&rows), "{table} of somebody else has changed");
    }
}
