//! Layouts of somebody's own CSV files: kept under a name, and followed by imports.

use crate::support::{Journal, User, assert_field, assert_not_found, reason, upload_messages};
use journal_proto::trades::v1::{
    Account, CreateMappingRequest, DeleteMappingRequest, GetMappingRequest, ImportHeader, ImportStatus,
    ListMappingsRequest, Mapping, MappingContent, ReplaceMappingRequest, UndoImportRequest,
};
use tonic::{Code, Status};
use uuid::Uuid;

const FILE: &str = "Datum;Wertpapier;Stück;Kurs;Gebühr\n\
    04.03.2026 15:30:00;SAP;10;1.210,50;-4,90\n\
    04.03.2026 15:45:00;SAP;-10;1.215,00;-4,90\n";

fn content(name: &str) -> MappingContent {
    let columns = [
        ("timestamp", "Datum"),
        ("symbol", "Wertpapier"),
        ("quantity", "Stück"),
        ("price", "Kurs"),
        ("commission", "Gebühr"),
    ];
    MappingContent {
        name: name.to_owned(),
        columns: columns.map(|(ours, theirs)| (ours.to_owned(), theirs.to_owned())).into(),
        date_order: "day_first".to_owned(),
        side_by_sign: true,
        negative_is_charge: true,
        ..MappingContent::default()
    }
}

async fn create(user: &User, content: MappingContent) -> Result<Mapping, Status> {
    let request = user.request(CreateMappingRequest { content: Some(content) });
    Ok(user.client.clone().create_mapping(request).await?.into_inner())
}

async fn replace(user: &User, id: &str, content: MappingContent) -> Result<Mapping, Status> {
    let request = ReplaceMappingRequest { mapping_id: id.to_owned(), content: Some(content) };
    Ok(user.client.clone().replace_mapping(user.request(request)).await?.into_inner())
}

async fn delete(user: &User, id: &str) -> Result<(), Status> {
    let request = user.request(DeleteMappingRequest { mapping_id: id.to_owned() });
    user.client.clone().delete_mapping(request).await.map(drop)
}

async fn list(user: &User) -> Vec<Mapping> {
    let request = user.request(ListMappingsRequest {});
    user.client.clone().list_mappings(request).await.unwrap().into_inner().mappings
}

fn header(account: &Account, mapping_id: &str) -> ImportHeader {
    ImportHeader {
        account_id: account.id.clone(),
        file_name: "own.csv".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        mapping_id: mapping_id.to_owned(),
        ..ImportHeader::default()
    }
}

#[tokio::test]
async fn an_import_follows_the_mapping_and_a_preview_does_too() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let mapping = create(&user, content("Bank")).await.unwrap();

    let messages = tokio_stream::iter(upload_messages(header(&account, &mapping.id), FILE.as_bytes()));
    let told = user.client.clone().preview_import(user.request(messages)).await.unwrap().into_inner();
    let import = user.upload_as(header(&account, &mapping.id), FILE.as_bytes()).await.unwrap();
    let import = user.finished(&import.id).await;

    assert_eq!((told.fills.unwrap().new, told.trades.unwrap().closed), (2, 1));
    assert_eq!((import.status(), import.format.as_str()), (ImportStatus::Completed, "generic-csv"));
    let trade = user.trades().await.remove(0);
    assert_eq!((trade.gross_pnl.as_str(), trade.net_pnl.as_str()), ("45", "35.2"));
    assert_eq!(trade.opened_at.unwrap().seconds, 1_772_634_600);
}

#[tokio::test]
async fn an_import_outlives_the_mapping_that_it_was_read_with() {
    let mut journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let mapping = create(&user, content("Bank")).await.unwrap();
    let before = user.upload_as(header(&account, &mapping.id), FILE.as_bytes()).await.unwrap();
    user.finished(&before.id).await;
    journal.stop().await;
    // As if the worker had not come to it yet: the file is read again after the mapping is gone.
    sqlx::query("UPDATE imports SET status = 'queued'").execute(&journal.database.every_row).await.unwrap();
    sqlx::query("DELETE FROM fills").execute(&journal.database.every_row).await.unwrap();
    sqlx::query("DELETE FROM import_mappings").execute(&journal.database.every_row).await.unwrap();
    let event = journal_proto::trades::v1::ImportRequested {
        user_id: user.id.to_string(),
        import_id: before.id.clone(),
    };
    let mut tx = journal.database.every_row.begin().await.unwrap();
    events::outbox::append(&mut tx, &event).await.unwrap();
    tx.commit().await.unwrap();
    journal.run();
    let user = User { client: journal.client(), ..user };

    let again = user.finished(&before.id).await;
    let undo = user.request(UndoImportRequest { import_id: before.id });
    let undone = user.client.clone().undo_import(undo).await.unwrap().into_inner();

    assert_eq!((again.status(), again.fills.unwrap().new), (ImportStatus::Completed, 2), "{}", again.failure);
    assert_eq!(undone.fills_removed, 2);
    assert!(user.trades().await.is_empty());
}

#[tokio::test]
async fn a_mapping_is_created_listed_replaced_and_deleted_once() {
    let journal = Journal::start().await;
    let user = journal.user();
    let bank = create(&user, content("Bank")).await.unwrap();
    create(&user, content("Airline")).await.unwrap();

    let taken = create(&user, content("Bank")).await.unwrap_err();
    assert_eq!((taken.code(), reason(&taken).as_str()), (Code::AlreadyExists, "mapping-name-taken"));
    let taken = replace(&user, &bank.id, content("Airline")).await.unwrap_err();
    assert_eq!(reason(&taken), "mapping-name-taken");
    let same = replace(&user, &bank.id, content("Bank")).await.unwrap();
    assert_eq!(same, bank);
    let other = MappingContent { decimal_comma: Some(true), ..content("Bank") };
    let replaced = replace(&user, &bank.id, other.clone()).await.unwrap();
    assert_eq!((replaced.version, replaced.content), (2, Some(other)));
    let names: Vec<String> =
        list(&user).await.into_iter().map(|mapping| mapping.content.unwrap().name).collect();
    assert_eq!(names, ["Airline", "Bank"]);
    delete(&user, &bank.id).await.unwrap();
    assert_not_found(&delete(&user, &bank.id).await.unwrap_err(), "mapping");
    assert_eq!(list(&user).await.len(), 1);
}

#[tokio::test]
async fn garbage_is_refused_by_field() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let mapping = create(&user, content("Bank")).await.unwrap();
    let with = |ours: &str, theirs: &str| {
        let mut content = content("Other");
        content.columns.insert(ours.to_owned(), theirs.to_owned());
        content
    };

    for (wrong, field) in [
        (MappingContent::default(), "name"),
        (content(" "), "name"),
        (with("colour", "Farbe"), "columns"),
        (with("fees", "KURS"), "columns.fees"),
        (with("time", "Uhrzeit"), "columns.timestamp"),
        (with("side", "Richtung"), "side_by_sign"),
        (MappingContent { date_order: "year_first".to_owned(), ..content("Other") }, "date_order"),
    ] {
        assert_field(&create(&user, wrong.clone()).await.unwrap_err(), field);
        assert_field(&replace(&user, &mapping.id, wrong).await.unwrap_err(), field);
    }
    let flex = ImportHeader { format: "ibkr-flex-xml".to_owned(), ..header(&account, &mapping.id) };
    assert_field(&user.upload_as(flex, FILE.as_bytes()).await.unwrap_err(), "format");
    let lacking = user.upload_as(header(&account, &mapping.id), b"a,b,c\n1,2,3\n").await.unwrap();
    let lacking = user.finished(&lacking.id).await;
    assert_eq!(lacking.status(), ImportStatus::Failed);
    assert!(lacking.failure.contains("symbol, called \"Wertpapier\""), "{}", lacking.failure);
}

#[tokio::test]
async fn foreign_and_missing_mappings_get_the_same_answer() {
    let journal = Journal::start().await;
    let (owner, stranger) = (journal.user(), journal.user());
    let theirs = create(&owner, content("Bank")).await.unwrap().id;
    let account = stranger.account("Main").await;

    for id in [theirs, Uuid::now_v7().to_string()] {
        let get = stranger.request(GetMappingRequest { mapping_id: id.clone() });
        assert_not_found(&stranger.client.clone().get_mapping(get).await.unwrap_err(), "mapping");
        assert_not_found(&replace(&stranger, &id, content("Mine")).await.unwrap_err(), "mapping");
        assert_not_found(&delete(&stranger, &id).await.unwrap_err(), "mapping");
        let refused = stranger.upload_as(header(&account, &id), FILE.as_bytes()).await.unwrap_err();
        assert_not_found(&refused, "mapping");
    }
    assert!(list(&stranger).await.is_empty());
    assert_eq!(list(&owner).await.len(), 1);
    assert_eq!(journal.stored_files(), Vec::<String>::new());
    // One name, two users.
    create(&stranger, content("Bank")).await.unwrap();
}

#[tokio::test]
async fn a_user_has_a_hundred_mappings_at_most() {
    let journal = Journal::start().await;
    let user = journal.user();
    for n in 0..100 {
        create(&user, content(&format!("Bank {n}"))).await.unwrap();
    }

    let refused = create(&user, content("One more")).await.unwrap_err();

    assert_eq!(reason(&refused), "too-many-mappings");
}
