//! Where a mail about an account goes.

use crate::{
    catalogue::{account_mail_requested, user_registered},
    mail::arrived,
    support::{Ground, User},
};
use journal_proto::auth::v1::AccountMailRequested;
use testing::{SmtpSink, eventually};

#[tokio::test]
async fn a_mail_about_the_account_goes_where_it_was_asked_to_whatever_the_address_is_by_then() {
    let (mut ground, sink, user) = (Ground::new("mail_address").await, SmtpSink::start().await, User::new());
    let _instance = ground.instance_with(Some(&sink.url())).await;
    ground.publish(&user_registered(&user, "new@example.net")).await;
    // The name comes by another queue than the mails.
    eventually("the recipient", async || {
        let recipient = sqlx::query("SELECT FROM recipients WHERE user_id = $1").bind(user.id.0);
        recipient.fetch_optional(ground.every_row()).await.unwrap().map(drop)
    })
    .await;
    for (kind, email) in [("reset-password", "old@example.net"), ("email-changed", "old@example.net")] {
        let asked = account_mail_requested(&user, kind, "canary-4711");
        ground.publish(&AccountMailRequested { email: email.to_owned(), ..asked }).await;
    }
    let own = account_mail_requested(&user, "verify-email", "canary-4711");
    ground.publish(&AccountMailRequested { email: "new@example.net".to_owned(), ..own }).await;

    let received = arrived(&sink, 3).await;

    for mail in received {
        let is_own = mail.source.contains("\nSubject: Confirm your e-mail address\n");
        let expected = if is_own { "<new@example.net>" } else { "<old@example.net>" };
        assert!(mail.to.contains(expected), "{mail:?}");
        // Whoever reads another address need not learn the name.
        assert_eq!(mail.source.contains("Ada Trader"), is_own, "{}", mail.source);
    }
}
