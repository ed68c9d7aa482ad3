//! Mails about imports: only to those who want them, each once, and in the end.

use crate::{
    catalogue::{account_mail_requested, import, import_finished, user_registered},
    support::{Ground, Instance, User},
};
use journal_proto::{
    notifications::v1::Preferences,
    trades::v1::{Import, ImportStatus},
};
use testing::{Received, SmtpSink, eventually};
use tokio::net::{TcpListener, TcpSocket};

async fn turn_on(instance: &Instance, user: &User) {
    let wanted = Preferences { email_import_finished: true, email_digest: None };
    instance.client.clone().put_preferences(user.asks(wanted)).await.unwrap();
}

pub async fn arrived(sink: &SmtpSink, count: usize) -> Vec<Received> {
    eventually("the mails arrive", async || Some(sink.received()).filter(|received| received.len() >= count))
        .await
}

/// State and attempts of the only mail.
async fn mail_in_state(ground: &Ground, state: &str) -> (i32, Option<String>) {
    eventually("the mail comes to its end", async || {
        let mail: Option<(String, i32, Option<String>)> =
            sqlx::query_as("SELECT state, attempts, failure FROM emails")
                .fetch_optional(ground.every_row())
                .await
                .unwrap();
        mail.filter(|mail| mail.0 == state).map(|mail| (mail.1, mail.2))
    })
    .await
}

#[tokio::test]
async fn a_finished_import_is_mailed_once_although_it_is_told_twice() {
    let (mut ground, sink, user) = (Ground::new("mail_once").await, SmtpSink::start().await, User::new());
    let instance = ground.instance_with(Some(&sink.url())).await;
    turn_on(&instance, &user).await;
    ground.publish(&user_registered(&user, "ada@example.net")).await;
    let (first, second) = (import(), Import { file_name: "<august> & co.csv".to_owned(), ..import() });

    for told in [&first, &first, &second] {
        ground.publish(&import_finished(&user, told)).await;
    }

    mail_count(&ground, "sent", 2).await;
    let received = arrived(&sink, 2).await;
    assert_eq!(received.len(), 2);
    assert!(received.iter().all(|mail| mail.to.contains("<ada@example.net>")), "{received:?}");
    let july = received.iter().find(|mail| mail.source.contains("\nSubject: july.csv imported\n")).unwrap();
    for part in [
        "From: \"Trading Journal\" <journal@example.com>",
        "To: \"Ada Trader\" <ada@example.net>",
        "Auto-Submitted: auto-generated",
        "Content-Type: multipart/alternative",
        "Content-Type: text/plain",
        "Content-Type: text/html",
        "july.csv imported into Interactive Brokers: 12 new fills, 340 known;",
        "https://journal.example.com",
    ] {
        assert!(july.readable().contains(part), "{part} is missing in {}", july.source);
    }
    let august = received.iter().map(Received::readable).find(|text| text.contains("august")).unwrap();
    assert!(august.contains("<p>&lt;august&gt; &amp; co.csv imported into"), "{august}");
}

async fn mail_count(ground: &Ground, state: &str, count: i64) {
    eventually("the queue is worked off", async || {
        let found: i64 = sqlx::query_scalar("SELECT count(*) FROM emails WHERE state = $1")
            .bind(state)
            .fetch_one(ground.every_row())
            .await
            .unwrap();
        (found == count).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_mail_about_the_account_goes_out_unasked_and_once_and_its_secret_is_forgotten() {
    let (mut ground, sink, user) = (Ground::new("mail_account").await, SmtpSink::start().await, User::new());
    let _instance = ground.instance_with(Some(&sink.url())).await;
    ground.publish(&user_registered(&user, "ada@example.net")).await;
    let asked = account_mail_requested(&user, "reset-password", "canary-4711");

    for _ in 0..2 {
        ground.publish(&asked).await;
    }
    ground.publish(&account_mail_requested(&user, "password-changed", "")).await;

    mail_count(&ground, "sent", 2).await;
    let received = arrived(&sink, 2).await;
    assert_eq!(received.len(), 2);
    let reset =
        received.iter().find(|mail| mail.source.contains("\nSubject: Reset your password\n")).unwrap();
    assert!(reset.to.contains("<ada@example.net>"), "{reset:?}");
    for part in [
        "Content-Type: text/plain",
        "Content-Type: text/html",
        ": https://journal.example.com/reset-password#token=canary-4711",
        "href=\"https://journal.example.com/reset-password#token=canary-4711\"",
    ] {
        assert!(reset.readable().contains(part), "{part} is missing in {}", reset.source);
    }
    let kept: Vec<String> =
        sqlx::query_scalar("SELECT emails::text FROM emails").fetch_all(ground.every_row()).await.unwrap();
    assert!(kept.iter().all(|mail| !mail.contains("canary-4711")), "{kept:?}");
}

#[test]
fn the_secret_of_an_account_mail_is_not_shown() {
    let asked = account_mail_requested(&User::new(), "reset-password", "canary-4711");

    let shown = format!("{asked:?}");

    assert!(shown.contains("reset-password") && !shown.contains("canary-4711"), "{shown}");
}

#[tokio::test]
async fn nobody_is_mailed_who_did_not_ask_for_it() {
    let (mut ground, sink) = (Ground::new("mail_unasked").await, SmtpSink::start().await);
    let instance = ground.instance_with(Some(&sink.url())).await;
    let (silent, asking) = (User::new(), User::new());
    turn_on(&instance, &asking).await;
    for (user, email) in [(&silent, "silent@example.net"), (&asking, "asking@example.net")] {
        ground.publish(&user_registered(user, email)).await;
        ground.publish(&import_finished(user, &import())).await;
    }

    ground.inbox(&instance, &silent, 1).await;
    ground.inbox(&instance, &asking, 1).await;
    let received = arrived(&sink, 1).await;

    assert_eq!(received.len(), 1);
    assert!(received[0].to.contains("asking@example.net"), "{received:?}");
    mail_count(&ground, "sent", 1).await;
    mail_count(&ground, "queued", 0).await;
}

#[tokio::test]
async fn without_a_server_no_mail_is_even_queued() {
    let (mut ground, user) = (Ground::new("mail_off").await, User::new());
    let instance = ground.instance().await;
    turn_on(&instance, &user).await;
    ground.publish(&user_registered(&user, "ada@example.net")).await;

    ground.publish(&import_finished(&user, &import())).await;
    ground.inbox(&instance, &user, 1).await;

    let mails: i64 =
        sqlx::query_scalar("SELECT count(*) FROM emails").fetch_one(ground.every_row()).await.unwrap();
    assert_eq!(mails, 0);
}

#[tokio::test]
async fn a_mail_waits_until_its_recipient_is_known() {
    let (mut ground, sink, user) = (Ground::new("mail_early").await, SmtpSink::start().await, User::new());
    let instance = ground.instance_with(Some(&sink.url())).await;
    turn_on(&instance, &user).await;
    let failed =
        Import { status: ImportStatus::Failed.into(), failure: "It is empty.".to_owned(), ..import() };

    ground.publish(&import_finished(&user, &failed)).await;
    ground.inbox(&instance, &user, 1).await;
    assert_eq!(sink.received(), []);
    ground.publish(&user_registered(&user, "ada@example.net")).await;

    let received = arrived(&sink, 1).await;
    assert!(received[0].source.contains("\nSubject: july.csv could not be imported\n"), "{received:?}");
    assert!(received[0].source.contains("It is empty."), "{received:?}");
}

#[tokio::test]
async fn a_mail_is_sent_in_the_end_when_the_server_was_down() {
    let (mut ground, user) = (Ground::new("mail_down").await, User::new());
    // Bound and not listening: connections are refused, and nobody else gets the port.
    let place = TcpSocket::new_v4().unwrap();
    place.set_reuseaddr(true).unwrap();
    place.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("smtp://{}", place.local_addr().unwrap());
    let instance = ground.instance_with(Some(&url)).await;
    turn_on(&instance, &user).await;
    ground.publish(&user_registered(&user, "ada@example.net")).await;
    ground.publish(&import_finished(&user, &import())).await;
    eventually("a first attempt fails", async || {
        let attempts: Option<i32> = sqlx::query_scalar("SELECT attempts FROM emails")
            .fetch_optional(ground.every_row())
            .await
            .unwrap();
        attempts.filter(|attempts| *attempts > 0)
    })
    .await;

    let listener: TcpListener = place.listen(16).unwrap();
    let sink = SmtpSink::on(listener);

    assert_eq!(arrived(&sink, 1).await.len(), 1);
    let (attempts, failure) = mail_in_state(&ground, "sent").await;
    assert!(attempts > 1, "{attempts}");
    assert_eq!(failure, None);
}

#[tokio::test]
async fn a_mailbox_that_does_not_exist_is_not_tried_again_and_a_full_one_is() {
    for (name, answer, state, attempts) in [
        ("mail_refused", "550 5.1.1 no such mailbox", "failed", 1),
        ("mail_later", "452 4.2.2 mailbox full", "sent", 2),
    ] {
        let (mut ground, sink, user) = (Ground::new(name).await, SmtpSink::start().await, User::new());
        sink.refuse(&[answer]);
        let instance = ground.instance_with(Some(&sink.url())).await;
        turn_on(&instance, &user).await;
        ground.publish(&user_registered(&user, "ada@example.net")).await;
        ground.publish(&import_finished(&user, &import())).await;

        let (made, failure) = mail_in_state(&ground, state).await;

        assert_eq!(made, attempts, "{answer}: {failure:?}");
        assert_eq!(sink.received().len(), usize::from(state == "sent"));
    }
}

#[tokio::test]
async fn a_mail_is_given_up_after_a_day() {
    let (ground, sink, user) = (Ground::new("mail_old").await, SmtpSink::start().await, User::new());
    queue(&ground, &user, 1, "1 day 1 second").await;
    sqlx::query("INSERT INTO recipients VALUES ($1, 'ada@example.net', '')")
        .bind(user.id.0)
        .execute(ground.every_row())
        .await
        .unwrap();

    let _instance = ground.instance_with(Some(&sink.url())).await;

    let (attempts, failure) = mail_in_state(&ground, "failed").await;
    assert_eq!((attempts, failure.is_some()), (0, true));
    assert_eq!(sink.received(), []);
}

async fn queue(ground: &Ground, user: &User, count: i32, age: &str) {
    sqlx::query(
        "INSERT INTO emails (user_id, id, event_key, subject, body_text, body_html, created_at)
         SELECT $1, gen_random_uuid(), n::text, 'Mail ' || n, 'text', '<p>html</p>', now() - $3::interval
         FROM generate_series(1, $2) AS n",
    )
    .bind(user.id.0)
    .bind(count)
    .bind(age)
    .execute(ground.every_row())
    .await
    .unwrap();
}

#[tokio::test]
async fn two_instances_send_each_mail_of_a_full_queue_once() {
    const MAILS: i32 = 40;
    let (ground, sink, user) = (Ground::new("mail_queue").await, SmtpSink::start().await, User::new());
    sqlx::query("INSERT INTO recipients VALUES ($1, 'ada@example.net', '')")
        .bind(user.id.0)
        .execute(ground.every_row())
        .await
        .unwrap();
    queue(&ground, &user, MAILS, "1 second").await;

    let _a = ground.instance_with(Some(&sink.url())).await;
    let _b = ground.instance_with(Some(&sink.url())).await;
    mail_count(&ground, "sent", MAILS.into()).await;

    let received = sink.received();
    let mut numbers: Vec<i32> = received
        .iter()
        .map(|mail| {
            mail.source.split("\nSubject: Mail ").nth(1).unwrap().lines().next().unwrap().parse().unwrap()
        })
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=MAILS).collect::<Vec<_>>());
}
