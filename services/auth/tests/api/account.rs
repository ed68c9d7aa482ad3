//! What users change of their account, and how it ends.

mod address;

use crate::support::{Auth, PASSWORD, auth, field_of, id, login_of, reason_of, start_instance};
use journal_proto::auth::v1::{
    AccountMailRequested, DeleteMeRequest, ListAuditRequest, UndoDeletionRequest, UpdateMeRequest,
    UserChanged, UserDeleted, account_service_client::AccountServiceClient,
};
use runtime::grpc::Link;
use sqlx::AssertSqlSafe;
use std::time::Duration;
use tonic::{Code, Status};

impl Auth {
    fn account(&self) -> AccountServiceClient<Link> {
        AccountServiceClient::new(self.channel.clone())
    }

    async fn update(&self, token: &str, change: UpdateMeRequest) -> Result<(), Status> {
        self.account().update_me(testing::with_bearer(change, token)).await.map(|_| ())
    }

    async fn move_to(&self, token: &str, email: &str) -> Result<(), Status> {
        let email = Some(email.to_owned());
        self.update(token, UpdateMeRequest { email, password: PASSWORD.to_owned(), ..Default::default() })
            .await
    }

    async fn delete(&self, token: &str, password: &str) -> Result<(), Status> {
        let request = DeleteMeRequest { password: password.to_owned() };
        self.account().delete_me(testing::with_bearer(request, token)).await.map(|_| ())
    }

    async fn last_mail(&self, kind: &str) -> AccountMailRequested {
        let mails: Vec<AccountMailRequested> = self.told().await;
        mails.into_iter().rfind(|mail| mail.kind == kind).unwrap()
    }

    /// The tables that have a row which names the user, but for what is told to others and the word that he is gone.
    async fn tables_of(&self, user: &str) -> Vec<String> {
        let pool = &self.database.every_row;
        let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'
                      AND tablename NOT IN ('outbox', 'departures') ORDER BY 1";
        let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(pool).await.unwrap();
        let mut found = Vec::new();
        for table in tables {
            let query = format!("SELECT count(*) FROM \"{table}\" t WHERE t::text LIKE '%' || $1 || '%'");
            let rows: i64 =
                sqlx::query_scalar(AssertSqlSafe(query)).bind(user).fetch_one(pool).await.unwrap();
            if rows > 0 {
                found.push(table);
            }
        }
        found
    }
}

#[tokio::test]
async fn a_new_address_counts_once_it_is_confirmed_and_the_old_one_is_told() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;

    auth.move_to(&tokens.access_token, "Countess@Example.com").await.unwrap();

    assert_eq!(auth.me(&tokens.access_token).await.unwrap().email, "ada@example.com");
    let notice = auth.last_mail("email-change-requested").await;
    assert_eq!((notice.email.as_str(), notice.detail.as_str()), ("ada@example.com", "countess@example.com"));
    let mail = auth.last_mail("change-email").await;
    assert_eq!(mail.email, "countess@example.com");
    auth.verify(&mail.token).await.unwrap();
    let me = auth.me(&tokens.access_token).await.unwrap();
    assert_eq!((me.email.as_str(), me.email_verified), ("countess@example.com", true));
    auth.login("countess@example.com").await;
    auth.login_with(login_of("ada@example.com")).await.unwrap_err();
    let notice = auth.last_mail("email-changed").await;
    assert_eq!((notice.email.as_str(), notice.detail.as_str()), ("ada@example.com", "countess@example.com"));
    let changes: Vec<UserChanged> = auth.told().await;
    assert_eq!((changes[0].email.as_str(), changes[0].version), ("countess@example.com", 1));
    let again = auth.verify(&mail.token).await.unwrap_err();
    assert_eq!(reason_of(&again, Code::InvalidArgument), "invalid-token");
}

#[tokio::test]
async fn a_taken_address_is_answered_like_a_free_one_and_stays_its_owners() {
    let auth = auth().await;
    let ada = auth.signed_in("ada@example.com").await;
    auth.register("grace@example.com").await;

    auth.move_to(&ada.access_token, "grace@example.com").await.unwrap();
    auth.move_to(&ada.access_token, "free@example.com").await.unwrap();
    auth.register("free@example.com").await;

    assert_eq!(auth.last_mail("already-registered").await.email, "");
    let late = auth.last_mail("change-email").await;
    let refused = auth.verify(&late.token).await.unwrap_err();
    assert_eq!(reason_of(&refused, Code::InvalidArgument), "invalid-token");
    assert_eq!(auth.me(&ada.access_token).await.unwrap().email, "ada@example.com");
}

#[tokio::test]
async fn what_cannot_be_taken_is_refused_by_field() {
    let auth = auth().await;
    let token = auth.signed_in("ada@example.com").await.access_token;
    let change = |name: Option<&str>, email: Option<&str>, password: &str| UpdateMeRequest {
        display_name: name.map(str::to_owned),
        email: email.map(str::to_owned),
        password: password.to_owned(),
    };

    for (change, field) in [
        (change(Some("a\nb"), None, ""), "display_name"),
        (change(None, Some("nobody"), PASSWORD), "email"),
        (change(None, Some("new@example.com"), "wrong"), "password"),
    ] {
        assert_eq!(field_of(&auth.update(&token, change).await.unwrap_err()), field);
    }
    auth.update(&token, change(Some(" Countess "), None, "")).await.unwrap();
    assert_eq!(auth.me(&token).await.unwrap().display_name, "Countess");
    let request = testing::with_bearer(ListAuditRequest { limit: 201, cursor: String::new() }, &token);
    assert_eq!(field_of(&auth.account().list_audit(request).await.unwrap_err()), "limit");
    let request = testing::with_bearer(ListAuditRequest { limit: 1, cursor: "?".to_owned() }, &token);
    assert_eq!(field_of(&auth.account().list_audit(request).await.unwrap_err()), "cursor");
}

#[tokio::test]
async fn the_log_is_read_page_by_page_newest_first_by_its_owner_alone() {
    let auth = auth().await;
    let ada = auth.signed_in("ada@example.com").await;
    for _ in 0..3 {
        auth.login("ada@example.com").await;
    }
    let grace = auth.signed_in("grace@example.com").await;
    let page = async |token: &str, cursor: &str| {
        let request = testing::with_bearer(ListAuditRequest { limit: 3, cursor: cursor.to_owned() }, token);
        auth.account().list_audit(request).await.unwrap().into_inner()
    };

    let first = page(&ada.access_token, "").await;
    let second = page(&ada.access_token, &first.next_cursor).await;

    assert_eq!((first.lines.len(), second.lines.len(), second.next_cursor.as_str()), (3, 1, ""));
    assert!(first.lines.is_sorted_by(|a, b| a.id > b.id) && first.lines[2].id > second.lines[0].id);
    assert_eq!(page(&grace.access_token, &first.next_cursor).await.lines.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_deleted_after_seven_days_with_everything_of_it() {
    let auth = auth().await;
    let ada = auth.signed_in("ada@example.com").await;
    let grace = auth.signed_in("grace@example.com").await;
    let user = auth.me(&ada.access_token).await.unwrap().id;
    let hers = auth.me(&grace.access_token).await.unwrap().id;
    let before = auth.tables_of(&hers).await;

    assert_eq!(field_of(&auth.delete(&ada.access_token, "wrong").await.unwrap_err()), "password");
    auth.delete(&ada.access_token, PASSWORD).await.unwrap();

    auth.me(&ada.access_token).await.unwrap_err();
    auth.refresh(&ada.refresh_token).await.unwrap_err();
    assert_eq!(auth.end_of(&ada.session_id).await.as_deref(), Some("account-deleted"));
    assert!(auth.tables_of(&user).await.len() >= 4);
    let over = "UPDATE users SET deletion_due_at = now() - interval '1 second' WHERE id = $1 AND deletion_due_at > now() + interval '6 days'";
    let over = sqlx::query(over).bind(id(&user)).execute(&auth.database.every_row).await.unwrap();
    assert_eq!(over.rows_affected(), 1);
    let (_running, _) = start_instance(&auth.database, &auth.pem, Duration::from_millis(200)).await;
    testing::eventually("the account to be gone", async || {
        (auth.told::<UserDeleted>().await == [UserDeleted { user_id: user.clone() }]).then_some(())
    })
    .await;
    assert_eq!(auth.tables_of(&user).await, Vec::<String>::new());
    assert_eq!(auth.tables_of(&hers).await, before);
    auth.me(&grace.access_token).await.unwrap();
    auth.login_with(login_of("ada@example.com")).await.unwrap_err();
    auth.signed_in("ada@example.com").await;
}

#[tokio::test]
async fn a_deletion_is_undone_by_the_mail_or_by_signing_in() {
    let auth = auth().await;
    let first = auth.signed_in("ada@example.com").await;
    let user = auth.me(&first.access_token).await.unwrap().id;
    let undo = async |token: &str| {
        let request = UndoDeletionRequest { token: token.to_owned() };
        auth.account().undo_deletion(request).await.map(|_| ())
    };

    auth.delete(&first.access_token, PASSWORD).await.unwrap();
    let by_mail = auth.last_mail("undo-deletion").await.token;
    undo(&by_mail).await.unwrap();
    let second = auth.login("ada@example.com").await;
    auth.delete(&second.access_token, "").await.unwrap();
    let unused = auth.last_mail("undo-deletion").await.token;
    auth.login("ada@example.com").await;

    for token in ["", "garbage", &by_mail, &unused] {
        assert_eq!(reason_of(&undo(token).await.unwrap_err(), Code::InvalidArgument), "invalid-token");
    }
    let due: Option<time::OffsetDateTime> =
        sqlx::query_scalar("SELECT deletion_due_at FROM users").fetch_one(&auth.owner).await.unwrap();
    assert_eq!(due, None);
    let undone = auth.logged(&user).await.into_iter().filter(|kind| kind == "deletion-undone").count();
    assert_eq!((undone, auth.last_mail("deletion-undone").await.user_id), (2, user));
}
