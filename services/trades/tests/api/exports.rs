//! Exports: parts in any order make one file, a worker that dies over it leaves nothing, and nothing outlives its time.

use events::Consumer as _;
use identity::UserId;
use journal_proto::trades::v1::{ExportGathered, ExportPartWritten};
use tempfile::TempDir;
use testing::TestDatabase;
use trades::{
    consumers::{KeepExportPart, WriteExport},
    db,
    domain::ids::ExportId,
    files::Files,
};
use uuid::Uuid;

/// A database with an export that is running, and a folder for its file.
struct Desk {
    database: TestDatabase,
    files: Files,
    user: UserId,
    id: ExportId,
    _folder: TempDir,
}

impl Desk {
    async fn new() -> Self {
        let database = testing::database("trades", &trades::migrators()).await;
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(&format!("file://{}", folder.path().display())).unwrap();
        let (user, id) = (UserId(Uuid::now_v7()), ExportId(Uuid::now_v7()));
        let mut tx = runtime::postgres::begin_for(&database.pool, user.0).await.unwrap();
        db::exports::insert(&mut *tx, user, id).await.unwrap();
        tx.commit().await.unwrap();
        Self { database, files, user, id, _folder: folder }
    }

    /// As auth or notifications would.
    async fn hand_in(&self, part: &str, sequence: u32, last: bool) {
        let portion = ExportPartWritten {
            user_id: self.user.to_string(),
            export_id: self.id.to_string(),
            part: part.to_owned(),
            sequence,
            last,
            file: format!("{part}/rows"),
            lines: format!("{{\"n\":\"{sequence}\"}}\n"),
        };
        let mut tx = self.database.pool.begin().await.unwrap();
        KeepExportPart.handle(portion, &mut tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Writes the file in a transaction that ends well, or as it does where its process dies.
    async fn write(&self, survives: bool) {
        let worker = WriteExport { pool: self.database.pool.clone(), files: self.files.clone() };
        let event = ExportGathered { user_id: self.user.to_string(), export_id: self.id.to_string() };
        let mut tx = self.database.pool.begin().await.unwrap();
        worker.handle(event, &mut tx).await.unwrap();
        if survives { tx.commit().await.unwrap() } else { tx.rollback().await.unwrap() }
    }

    async fn told(&self, event: &str) -> i64 {
        let told = "SELECT count(*) FROM outbox WHERE routing_key = 'journal.trades.v1.' || $1";
        sqlx::query_scalar(told).bind(event).fetch_one(&self.database.every_row).await.unwrap()
    }

    async fn has_file(&self) -> bool {
        self.files.read(&Files::export_key(self.user, self.id)).await.unwrap().is_some()
    }
}

#[tokio::test]
async fn parts_are_whole_in_any_order_and_however_often_they_come() {
    let desk = Desk::new().await;

    for (part, sequence, last) in [
        ("account", 2, true),
        ("inbox", 0, true),
        ("account", 0, false),
        ("account", 0, false),
        ("inbox", 0, true),
    ] {
        desk.hand_in(part, sequence, last).await;
        assert_eq!(desk.told("ExportGathered").await, 0, "{part} {sequence}");
    }
    desk.hand_in("account", 1, false).await;

    assert_eq!(desk.told("ExportGathered").await, 1);
}

#[tokio::test]
async fn a_worker_that_dies_over_it_tells_nothing_and_the_next_one_finishes_once() {
    let desk = Desk::new().await;

    desk.write(false).await;
    assert_eq!(desk.told("ExportFinished").await, 0);
    desk.write(true).await;
    desk.write(true).await;

    assert_eq!(desk.told("ExportFinished").await, 1);
    assert!(desk.has_file().await);
    let late = "SELECT count(*) FROM export_portions";
    desk.hand_in("inbox", 0, true).await;
    assert_eq!(sqlx::query_scalar::<_, i64>(late).fetch_one(&desk.database.every_row).await.unwrap(), 0);
}

#[tokio::test]
async fn an_export_is_finished_when_its_file_is_not_when_it_was_begun() {
    let desk = Desk::new().await;
    let worker = WriteExport { pool: desk.database.pool.clone(), files: desk.files.clone() };
    let event = ExportGathered { user_id: desk.user.to_string(), export_id: desk.id.to_string() };

    let mut tx = desk.database.pool.begin().await.unwrap();
    sqlx::query("SELECT pg_sleep(0.2)").execute(&mut *tx).await.unwrap();
    worker.handle(event, &mut tx).await.unwrap();
    let began = "SELECT finished_at - now() >= interval '200 milliseconds' FROM exports";
    let took_its_time: bool = sqlx::query_scalar(began).fetch_one(&mut *tx).await.unwrap();

    assert!(took_its_time);
}

#[tokio::test]
async fn what_is_over_is_forgotten_by_whoever_cleans_up_and_seen_by_nobody_before() {
    let desk = Desk::new().await;
    desk.write(true).await;
    let forget = async || {
        let mut tx = desk.database.pool.begin().await.unwrap();
        let gone = db::exports::forget_expired(&mut tx, 10).await.unwrap();
        tx.commit().await.unwrap();
        gone
    };
    assert_eq!(forget().await, []);
    let over = "UPDATE exports SET expires_at = now() - interval '1 second'";
    sqlx::query(over).execute(&desk.database.every_row).await.unwrap();
    let mut tx = runtime::postgres::begin_for(&desk.database.pool, desk.user.0).await.unwrap();
    assert_eq!(db::exports::find(&mut *tx, desk.user, desk.id).await.unwrap(), None);
    drop(tx);

    assert_eq!(forget().await, [(desk.user, desk.id)]);
}

#[tokio::test]
async fn the_file_of_a_user_who_left_meanwhile_is_removed() {
    let desk = Desk::new().await;
    let departed = "INSERT INTO departures (id) VALUES ($1)";
    sqlx::query(departed).bind(desk.user.0).execute(&desk.database.every_row).await.unwrap();

    desk.write(true).await;

    assert!(!desk.has_file().await);
    assert_eq!(desk.told("ExportFinished").await, 0);
}
