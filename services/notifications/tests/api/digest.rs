//! The weekly mail, by the command that a schedule runs: to whoever asked for it, about his own inbox, once a week.

use crate::{
    catalogue::{id, import, import_finished, user_registered},
    inbox,
    mail::arrived,
    support::{Ground, User},
};
use journal_proto::{
    notifications::v1::Preferences,
    trades::v1::{ExportFinished, Import, ImportFills, ImportStatus, Reconciliation, ReconciliationLine},
};
use std::process::{Child, Command, Output, Stdio};
use testing::{SmtpSink, eventually};
use uuid::Uuid;

/// The command; nothing listens where it says that mails go, as it only queues them.
fn digest(ground: &Ground, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_notifications"));
    command
        .arg("digest")
        .args(arguments)
        .env_remove("SMTP_URL")
        .env("DATABASE_URL", &ground.database.url)
        .env("SMTP_URL", "smtp://127.0.0.1:1")
        .env("PUBLIC_URL", "https://journal.example.com")
        .env("RUST_LOG", "off");
    command
}

/// What it printed; it ended well.
fn told(output: &Output) -> String {
    let printed = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    printed
}

fn run(ground: &Ground, arguments: &[&str]) -> String {
    told(&digest(ground, arguments).output().unwrap())
}

fn start(ground: &Ground) -> Child {
    digest(ground, &[]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Makes a user's address known, and sets whether a digest is wanted.
async fn known(ground: &Ground, user: &User, wants_digest: bool) {
    for sql in [
        "INSERT INTO recipients (user_id, email, display_name) VALUES ($1, $1 || '@example.net', 'Ada Trader')",
        "INSERT INTO preferences (user_id) VALUES ($1)",
    ] {
        sqlx::query(sql).bind(user.id.0).execute(ground.every_row()).await.unwrap();
    }
    sqlx::query("UPDATE preferences SET email_digest = $2 WHERE user_id = $1")
        .bind(user.id.0)
        .bind(wants_digest)
        .execute(ground.every_row())
        .await
        .unwrap();
}

/// So many users who asked for a digest, each with something to be told.
async fn asking(ground: &Ground, count: usize) -> Vec<User> {
    let mut users = Vec::new();
    for _ in 0..count {
        let user = User::new();
        known(ground, &user, true).await;
        inbox::fill(ground.every_row(), &user, 1).await;
        users.push(user);
    }
    users
}

/// Who has how many digests, in the order of the users' ids.
async fn digests(ground: &Ground) -> Vec<(Uuid, i64)> {
    sqlx::query_as(
        "SELECT user_id, count(*) FROM emails WHERE event_key LIKE 'digest:%' GROUP BY user_id ORDER BY user_id",
    )
    .fetch_all(ground.every_row())
    .await
    .unwrap()
}

fn one_each(users: &[User]) -> Vec<(Uuid, i64)> {
    users.iter().map(|user| (user.id.0, 1)).collect()
}

/// Lets everything have happened so many days earlier.
async fn days_pass(ground: &Ground, days: i32) {
    for sql in [
        "UPDATE emails SET created_at = created_at - make_interval(days => $1), event_key = event_key || ' of before'",
        "UPDATE notifications SET created_at = created_at - make_interval(days => $1)",
    ] {
        sqlx::query(sql).bind(days).execute(ground.every_row()).await.unwrap();
    }
}

#[tokio::test]
async fn whoever_asked_is_mailed_once_a_week_what_came_in() {
    let (mut ground, sink, user) = (Ground::new("digest_once").await, SmtpSink::start().await, User::new());
    let instance = ground.instance_with(Some(&sink.url())).await;
    let wanted = Preferences { email_import_finished: false, email_digest: Some(true) };
    instance.client.clone().put_preferences(user.asks(wanted)).await.unwrap();
    ground.publish(&user_registered(&user, "ada@example.net")).await;
    let line = |agrees| ReconciliationLine { agrees, ..ReconciliationLine::default() };
    let reconciliation = Some(Reconciliation { lines: vec![line(true), line(false), line(false)] });
    let second = Import { fills: Some(ImportFills { new: 8, ..ImportFills::default() }), ..import() };
    let failed = Import { status: ImportStatus::Failed.into(), ..import() };
    for told in [Import { reconciliation, ..import() }, second, failed] {
        ground.publish(&import_finished(&user, &told)).await;
    }
    ground.inbox(&instance, &user, 3).await;
    eventually("the address", async || {
        let address = "SELECT email FROM recipients WHERE user_id = $1";
        let found = sqlx::query(address).bind(user.id.0).fetch_optional(ground.every_row()).await.unwrap();
        found.map(drop)
    })
    .await;

    assert_eq!(run(&ground, &[]), "Mailed: 1 of 1 who asked for it\n");
    assert_eq!(run(&ground, &[]), "Mailed: 0 of 1 who asked for it\n");

    let received = arrived(&sink, 1).await;
    assert!(received[0].to.contains("<ada@example.net>"), "{received:?}");
    let source = received[0].readable();
    for part in [
        "Subject: Your week in Trading Journal",
        "Auto-Submitted: auto-generated",
        "Content-Type: text/plain",
        "Content-Type: text/html",
        "2 imports finished with 20 new fills.",
        "2 figures of the files differ from the journal's: the imports show both.",
        "1 import failed: your inbox says why.",
        "3 notifications are unread.",
        "Open your inbox: https://journal.example.com/inbox",
        "<a href=\"https://journal.example.com/inbox\">Open your inbox</a>",
        "You get this mail once a week because you asked for it.",
        "Turn it off in your settings: https://journal.example.com/settings/notifications",
        "<a href=\"https://journal.example.com/settings/notifications\">Turn it off in your settings</a>",
    ] {
        assert!(source.contains(part), "{part} is missing in {source}");
    }
    // Which files and accounts they were, stays in the journal.
    assert!(!source.contains("july.csv") && !source.contains("Interactive Brokers"), "{source}");
    eventually("the mail is sent", async || {
        let sent = "SELECT count(*) FROM emails WHERE state = 'sent'";
        let sent: i64 = sqlx::query_scalar(sent).fetch_one(ground.every_row()).await.unwrap();
        (sent == 1).then_some(())
    })
    .await;
    assert_eq!(sink.received().len(), 1);
}

#[tokio::test]
async fn the_next_digest_tells_what_came_since_the_one_before() {
    let (mut ground, user) = (Ground::new("digest_next").await, User::new());
    let instance = ground.instance().await;
    known(&ground, &user, true).await;
    inbox::fill(ground.every_row(), &user, 4).await;
    assert_eq!(run(&ground, &[]), "Mailed: 1 of 1 who asked for it\n");

    days_pass(&ground, 5).await;
    assert_eq!(run(&ground, &[]), "Mailed: 0 of 1 who asked for it\n");
    let export = ExportFinished { user_id: user.id.to_string(), export_id: id(), completed: true };
    ground.publish(&export).await;
    ground.inbox(&instance, &user, 5).await;
    assert_eq!(run(&ground, &[]), "Mailed: 1 of 1 who asked for it\n");

    let text: String = sqlx::query_scalar("SELECT body_text FROM emails ORDER BY created_at DESC LIMIT 1")
        .fetch_one(ground.every_row())
        .await
        .unwrap();
    assert!(text.starts_with("1 export is ready.\n\n5 notifications are unread.\n"), "{text}");
}

#[tokio::test]
async fn no_digest_goes_to_who_did_not_ask_or_has_nothing_to_be_told() {
    let ground = Ground::new("digest_nobody").await;
    let [silent, idle, away, unknown, gone] = std::array::from_fn(|_| User::new());
    inbox::fill(ground.every_row(), &away, 3).await;
    days_pass(&ground, 8).await;
    for user in [&silent, &unknown, &gone] {
        inbox::fill(ground.every_row(), user, 3).await;
    }
    known(&ground, &silent, false).await;
    for user in [&idle, &away, &unknown, &gone] {
        known(&ground, user, true).await;
    }
    for (sql, user) in [
        ("DELETE FROM recipients WHERE user_id = $1", &unknown),
        // Deleted in the very moment between the list of users and his turn.
        ("INSERT INTO departures (id) VALUES ($1)", &gone),
    ] {
        sqlx::query(sql).bind(user.id.0).execute(ground.every_row()).await.unwrap();
    }

    assert_eq!(run(&ground, &[]), "Mailed: 0 of 4 who asked for it\n");

    assert_eq!(digests(&ground).await, []);
}

#[tokio::test]
async fn a_digest_tells_of_its_own_users_inbox_alone() {
    let ground = Ground::new("digest_apart").await;
    let users = [User::new(), User::new(), User::new()];
    for (count, user) in (1..).zip(&users) {
        known(&ground, user, true).await;
        inbox::fill(ground.every_row(), user, count).await;
    }

    assert_eq!(run(&ground, &[]), "Mailed: 3 of 3 who asked for it\n");

    let texts: Vec<String> = sqlx::query_scalar("SELECT body_text FROM emails ORDER BY user_id")
        .fetch_all(ground.every_row())
        .await
        .unwrap();
    let starts = [
        "1 import finished.\n\n1 notification is unread.\n",
        "2 imports finished.\n\n2 notifications are unread.\n",
        "3 imports finished.\n\n3 notifications are unread.\n",
    ];
    for (text, start) in texts.iter().zip(starts) {
        assert!(text.starts_with(start), "{text}");
    }
    assert_eq!(digests(&ground).await, one_each(&users));
}

#[tokio::test]
async fn digests_at_once_mail_each_user_once() {
    let ground = Ground::new("digest_at_once").await;
    let users = asking(&ground, 40).await;

    let running = [start(&ground), start(&ground), start(&ground)];
    let mut mailed = 0;
    for child in running {
        let said = told(&child.wait_with_output().unwrap());
        let (_, count) = said.split_once("Mailed: ").unwrap();
        mailed += count.split_once(" of 40 who").unwrap().0.parse::<usize>().unwrap();
    }

    assert_eq!(mailed, 40);
    assert_eq!(digests(&ground).await, one_each(&users));
}

#[tokio::test]
async fn a_killed_digest_is_finished_by_the_next_and_nobody_is_mailed_twice() {
    let ground = Ground::new("digest_killed").await;
    let users = asking(&ground, 6).await;
    // It waits in the middle of the fourth user's turn.
    let mut held = ground.every_row().begin().await.unwrap();
    sqlx::query("SELECT FROM preferences WHERE user_id = $1 FOR UPDATE")
        .bind(users[3].id.0)
        .execute(&mut *held)
        .await
        .unwrap();
    let mut child = start(&ground);
    eventually("three users are mailed and the fourth has his turn", async || {
        let waiting =
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE usename = $1 AND wait_event_type = 'Lock')";
        let is_waiting: bool = sqlx::query_scalar(waiting)
            .bind(ground.database.role())
            .fetch_one(ground.every_row())
            .await
            .unwrap();
        (is_waiting && digests(&ground).await == one_each(&users[..3])).then_some(())
    })
    .await;

    child.kill().unwrap();
    child.wait().unwrap();
    held.rollback().await.unwrap();

    assert_eq!(run(&ground, &[]), "Mailed: 3 of 6 who asked for it\n");
    assert_eq!(digests(&ground).await, one_each(&users));
}

#[tokio::test]
async fn a_dry_run_tells_how_many_and_mails_nobody() {
    let ground = Ground::new("digest_dry").await;
    let users = asking(&ground, 2).await;

    assert_eq!(run(&ground, &["--dry-run"]), "Would be mailed: 2 of 2 who asked for it\n");
    assert_eq!(digests(&ground).await, []);

    assert_eq!(run(&ground, &[]), "Mailed: 2 of 2 who asked for it\n");
    assert_eq!(run(&ground, &["--dry-run"]), "Would be mailed: 0 of 2 who asked for it\n");
    assert_eq!(digests(&ground).await, one_each(&users));
}

#[tokio::test]
async fn where_mail_is_off_no_digest_is_queued() {
    let ground = Ground::new("digest_off").await;
    asking(&ground, 1).await;

    let said = told(&digest(&ground, &[]).env_remove("SMTP_URL").output().unwrap());

    assert_eq!(said, "Mail is off, as SMTP_URL is not set: nobody is mailed\n");
    assert_eq!(digests(&ground).await, []);
}

#[test]
fn a_digest_that_cannot_finish_says_so_by_its_exit_code() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_notifications"));
    command.arg("digest").env("SMTP_URL", "smtp://127.0.0.1:1").env("RUST_LOG", "off");

    let ended = command.env("DATABASE_URL", "postgres://nobody@127.0.0.1:1/notifications").output().unwrap();

    assert_eq!(ended.status.code(), Some(1));
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(said.contains("cannot connect to the database"), "{said}");
}
