//! Tags, playbooks and custom fields: what changes of them changes on all trades, and stays with trades that are rebuilt.

use crate::support::{Journal, User, assert_field, assert_not_found, csv, reason};
use journal_proto::trades::v1::{
    CreateCustomFieldRequest, CreatePlaybookRequest, CreateTagRequest, CustomField, CustomValue,
    DeleteCustomFieldRequest, DeletePlaybookRequest, DeleteTagRequest, GetCustomFieldRequest,
    GetPlaybookRequest, GetTagRequest, ListTagsRequest, MergeTradesRequest, Playbook, Rule, Tag, Trade,
    TradeFilter, TradeJournaled, TradeLabels, UndoImportRequest, UndoRegroupingRequest,
    UpdateCustomFieldRequest, UpdatePlaybookRequest, UpdateTagRequest, UpdateTradeRequest,
    custom_value::Value, label_service_client::LabelServiceClient,
    regrouping_service_client::RegroupingServiceClient,
};
use prost::Message as _;
use runtime::{grpc::Link, precondition::Precondition};
use tonic::{Code, Status};
use uuid::Uuid;

const TWO: [&str; 4] =
    ["a,1,AAPL,buy,10,100,1", "b,2,AAPL,sell,10,101,1", "c,3,AAPL,buy,10,100,1", "d,4,AAPL,sell,10,101,1"];

fn labels(journal: &Journal) -> LabelServiceClient<Link> {
    LabelServiceClient::new(journal.channel())
}

async fn user_with_trades(journal: &Journal) -> (User, Vec<Trade>) {
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(TWO)).await;
    let trades = user.trades().await;
    (user, trades)
}

async fn update(user: &User, request: UpdateTradeRequest) -> Result<Trade, Status> {
    Ok(user.client.clone().update_trade(user.request(request)).await?.into_inner())
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn tagged(trade: &Trade, tags: &[&str]) -> UpdateTradeRequest {
    UpdateTradeRequest {
        trade_id: trade.id.clone(),
        tags: texts(tags),
        replace_tags: true,
        ..UpdateTradeRequest::default()
    }
}

async fn tags(journal: &Journal, user: &User) -> Vec<Tag> {
    labels(journal).list_tags(user.request(ListTagsRequest {})).await.unwrap().into_inner().tags
}

async fn tag(journal: &Journal, user: &User, name: &str) -> Result<Tag, Status> {
    let request = CreateTagRequest { name: name.to_owned(), color: "#1E90FF".to_owned() };
    Ok(labels(journal).create_tag(user.request(request)).await?.into_inner())
}

async fn playbook(journal: &Journal, user: &User, name: &str) -> Result<Playbook, Status> {
    let rule = |text: &str| Rule { id: String::new(), text: text.to_owned() };
    let request = CreatePlaybookRequest {
        name: name.to_owned(),
        description: "**Gap**".to_owned(),
        rules: vec![rule("wait"), rule("half size")],
    };
    Ok(labels(journal).create_playbook(user.request(request)).await?.into_inner())
}

async fn field(journal: &Journal, user: &User, kind: &str, choices: &[&str]) -> Result<CustomField, Status> {
    let request =
        CreateCustomFieldRequest { name: kind.to_owned(), kind: kind.to_owned(), choices: texts(choices) };
    Ok(labels(journal).create_custom_field(user.request(request)).await?.into_inner())
}

fn custom(trade: &Trade, field: &CustomField, value: Option<Value>) -> UpdateTradeRequest {
    UpdateTradeRequest {
        trade_id: trade.id.clone(),
        custom: [(field.id.clone(), CustomValue { value })].into(),
        ..UpdateTradeRequest::default()
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A trade with one of everything.
async fn labelled(journal: &Journal, user: &User, trade: &Trade) -> (Trade, Playbook, CustomField) {
    let gap = playbook(journal, user, "Gap").await.unwrap();
    let mood = field(journal, user, "choice", &["calm", "angry"]).await.unwrap();
    let request = UpdateTradeRequest {
        mistakes: texts(&["late", "Late", "no stop"]),
        replace_mistakes: true,
        rating: Some(4),
        playbook_id: Some(gap.id.clone()),
        followed_rules: vec![gap.rules[1].id.clone(), gap.rules[1].id.clone()],
        replace_followed_rules: true,
        ..custom(trade, &mood, Some(text("calm")))
    };
    (update(user, UpdateTradeRequest { notes: Some("n".to_owned()), ..request }).await.unwrap(), gap, mood)
}

/// What was written, without what was traded.
fn written(trade: &Trade) -> Trade {
    Trade {
        notes: trade.notes.clone(),
        tags: trade.tags.clone(),
        mistakes: trade.mistakes.clone(),
        rating: trade.rating,
        playbook_id: trade.playbook_id.clone(),
        followed_rules: trade.followed_rules.clone(),
        custom: trade.custom.clone(),
        ..Trade::default()
    }
}

#[tokio::test]
async fn a_tag_is_spelled_as_it_was_first_and_renamed_everywhere_at_once() {
    let journal = Journal::start().await;
    let (user, trades) = user_with_trades(&journal).await;
    update(&user, tagged(&trades[0], &["FOMO", "news"])).await.unwrap();
    let other = update(&user, tagged(&trades[1], &["fomo"])).await.unwrap();
    assert_eq!(other.tags, ["FOMO"]);
    let known = tags(&journal, &user).await;
    let told: Vec<(&str, u64)> = known.iter().map(|tag| (tag.name.as_str(), tag.trades)).collect();
    assert_eq!(told, [("FOMO", 2), ("news", 1)]);
    assert_eq!(reason(&tag(&journal, &user, "Fomo").await.unwrap_err()), "tag-name-taken");

    let rename = UpdateTagRequest { tag_id: known[0].id.clone(), name: Some("Fear".to_owned()), color: None };
    let renamed = labels(&journal).update_tag(user.request(rename)).await.unwrap().into_inner();

    assert_eq!((renamed.name.as_str(), renamed.trades, renamed.version), ("Fear", 2, 2));
    let after = user.trades().await;
    assert_eq!((&after[0].tags, &after[1].tags), (&texts(&["Fear", "news"]), &texts(&["Fear"])));
    assert_eq!((after[0].journal_version, after[1].journal_version), (2, 2));
    let filter = |tag: &str| TradeFilter { tag: tag.to_owned(), ..TradeFilter::default() };
    assert_eq!(user.trades_of(filter("FEAR")).await.len(), 2);
    assert_eq!(user.trades_of(filter("FOMO")).await.len(), 0);
    let told = entries_told(&journal).await;
    assert_eq!(told.iter().filter(|event| event.tags.contains(&"Fear".to_owned())).count(), 2);
}

/// What others were told, in order.
async fn entries_told(journal: &Journal) -> Vec<TradeJournaled> {
    let told: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT payload FROM outbox WHERE routing_key LIKE '%TradeJournaled' ORDER BY id")
            .fetch_all(&journal.database.every_row)
            .await
            .unwrap();
    told.iter().map(|event| TradeJournaled::decode(event.as_slice()).unwrap()).collect()
}

#[tokio::test]
async fn others_are_told_the_labels_too_and_when_they_are_no_more() {
    let journal = Journal::start().await;
    let (user, trades) = user_with_trades(&journal).await;
    let (labelled, gap, _) = labelled(&journal, &user, &trades[0]).await;

    labels(&journal)
        .delete_playbook(user.request(DeletePlaybookRequest { playbook_id: gap.id.clone() }))
        .await
        .unwrap();

    let told = entries_told(&journal).await;
    let told: Vec<(i64, Option<TradeLabels>)> =
        told.into_iter().map(|event| (event.journal_version, event.labels)).collect();
    let by = |playbook_id: String| {
        Some(TradeLabels { mistakes: texts(&["late", "no stop"]), rating: 4, playbook_id })
    };
    let version = labelled.journal_version;
    assert_eq!(told, [(version, by(gap.id)), (version + 1, by(String::new()))]);
}

#[tokio::test]
async fn a_deleted_tag_is_on_no_trade() {
    let journal = Journal::start().await;
    let (user, trades) = user_with_trades(&journal).await;
    update(&user, tagged(&trades[0], &["a", "b"])).await.unwrap();
    let a = tags(&journal, &user).await.remove(0);
    let delete = || user.request(DeleteTagRequest { tag_id: a.id.clone() });

    let mut stale = delete();
    Precondition::one_of(vec!["9".to_owned()]).carry(&mut stale);
    assert_eq!(labels(&journal).delete_tag(stale).await.unwrap_err().code(), Code::FailedPrecondition);
    labels(&journal).delete_tag(delete()).await.unwrap();

    assert_eq!(user.trades().await[0].tags, ["b"]);
    assert_not_found(&labels(&journal).delete_tag(delete()).await.unwrap_err(), "tag");
}

#[tokio::test]
async fn trades_at_once_make_a_tag_once() {
    let journal = Journal::start().await;
    let (user, trades) = user_with_trades(&journal).await;

    let changes = (0..12).map(|n| {
        let (user, trade) = (user.clone(), trades[n % 2].clone());
        let mut names = vec!["one", "Two", "three"];
        names.rotate_left(n % 3);
        async move { update(&user, tagged(&trade, &names)).await.unwrap() }
    });
    futures_util::future::join_all(changes).await;

    assert_eq!(tags(&journal, &user).await.len(), 3);
}

#[tokio::test]
async fn labels_come_back_and_the_same_again_changes_nothing() {
    let journal = Journal::start().await;
    let (user, trades) = user_with_trades(&journal).await;

    let (trade, gap, mood) = labelled(&journal, &user, &trades[0]).await;

    assert_eq!((&trade.mistakes, trade.rating), (&texts(&["late", "no stop"]), 4));
    assert_eq!((&trade.playbook_id, &trade.followed_rules), (&gap.id, &vec![gap.rules[1].id.clone()]));
    assert_eq!(trade.custom[&mood.id].value, Some(text("calm")));
    assert_eq!(user.trades().await[0], trade);
    let again = UpdateTradeRequest { rating: Some(4), ..custom(&trade, &mood, Some(text("calm"))) };
    assert_eq!(update(&user, again).await.unwrap(), trade);
    let none = UpdateTradeRequest {
        rating: Some(0),
        playbook_id: Some(String::new()),
        replace_mistakes: true,
        ..custom(&trade, &mood, None)
    };
    let none = update(&user, none).await.unwrap();
    assert_eq!(written(&none), Trade { notes: "n".to_owned(), ..Trade::default() });
}

#[tokio::test]
async fn labels_outlive_undone_imports_and_come_back_from_merges() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let import = user.imported(&account, csv(TWO)).await;
    let trades = user.trades().await;
    let (first, gap, mood) = labelled(&journal, &user, &trades[0]).await;
    let second =
        UpdateTradeRequest { rating: Some(1), notes: Some("m".to_owned()), ..tagged(&trades[1], &["x"]) };
    let second = update(&user, second).await.unwrap();

    let merge = MergeTradesRequest { trade_ids: vec![first.id.clone(), second.id.clone()] };
    let mut regroupings = RegroupingServiceClient::new(journal.channel());
    let merge = regroupings.merge_trades(user.request(merge)).await.unwrap().into_inner();
    let merged = user.trades().await.remove(0);
    assert_eq!((merged.rating, &merged.tags, &merged.playbook_id), (4, &second.tags, &gap.id));
    // What a merge put away changes as well.
    let x = tags(&journal, &user).await.remove(0);
    let rename = UpdateTagRequest { tag_id: x.id, name: Some("y".to_owned()), color: None };
    labels(&journal).update_tag(user.request(rename)).await.unwrap();
    let delete = DeleteCustomFieldRequest { custom_field_id: mood.id };
    labels(&journal).delete_custom_field(user.request(delete)).await.unwrap();
    let undo = UndoRegroupingRequest { regrouping_id: merge.id };
    regroupings.undo_regrouping(user.request(undo)).await.unwrap();

    let apart = user.trades().await;
    assert_eq!(written(&apart[0]), Trade { custom: [].into(), ..written(&first) });
    assert_eq!(written(&apart[1]), Trade { tags: texts(&["y"]), ..written(&second) });
    let undo = user.request(UndoImportRequest { import_id: import.id });
    user.client.clone().undo_import(undo).await.unwrap();
    assert!(user.trades().await.is_empty());
    user.imported(&account, csv(TWO)).await;
    let again = user.trades().await;
    assert_eq!([written(&again[0]), written(&again[1])], [written(&apart[0]), written(&apart[1])]);
}

#[tokio::test]
async fn rules_and_playbooks_that_are_no_more_are_on_no_trade() {
    let journal = Journal::start().await;
    let (user, trades) = user_with_trades(&journal).await;
    let (trade, gap, _) = labelled(&journal, &user, &trades[0]).await;
    assert_eq!(reason(&playbook(&journal, &user, "Gap").await.unwrap_err()), "playbook-name-taken");

    let rules = vec![
        Rule { id: String::new(), text: "new".to_owned() },
        Rule { id: gap.rules[0].id.clone(), text: "wait longer".to_owned() },
    ];
    let change = UpdatePlaybookRequest {
        playbook_id: gap.id.clone(),
        rules,
        replace_rules: true,
        ..UpdatePlaybookRequest::default()
    };
    let changed = labels(&journal).update_playbook(user.request(change.clone())).await.unwrap().into_inner();
    assert_eq!((changed.version, &changed.rules[1].id), (2, &gap.rules[0].id));
    assert_eq!(user.trades().await[0].followed_rules, Vec::<String>::new());
    let foreign = Rule { id: gap.rules[1].id.clone(), text: "gone".to_owned() };
    let wrong = UpdatePlaybookRequest { rules: vec![foreign], ..change };
    assert_field(&labels(&journal).update_playbook(user.request(wrong)).await.unwrap_err(), "rules");

    let delete = || user.request(DeletePlaybookRequest { playbook_id: gap.id.clone() });
    labels(&journal).delete_playbook(delete()).await.unwrap();
    let after = user.trades().await.remove(0);
    assert_eq!((after.playbook_id.as_str(), after.rating), ("", 4));
    assert!(after.journal_version > trade.journal_version);
    assert_not_found(&labels(&journal).delete_playbook(delete()).await.unwrap_err(), "playbook");
}

#[tokio::test]
async fn malformed_and_foreign_labels_are_refused() {
    let journal = Journal::start().await;
    let (user, trades) = user_with_trades(&journal).await;
    let stranger = journal.user();
    let theirs = playbook(&journal, &stranger, "Gap").await.unwrap();
    let their_field = field(&journal, &stranger, "text", &[]).await.unwrap();
    let number = field(&journal, &user, "number", &[]).await.unwrap();
    let trade = &trades[0];
    let with = |change: fn(&mut UpdateTradeRequest)| {
        let mut request = UpdateTradeRequest { trade_id: trade.id.clone(), ..UpdateTradeRequest::default() };
        change(&mut request);
        request
    };

    for playbook_id in [theirs.id.clone(), Uuid::now_v7().to_string(), "x".to_owned()] {
        let request = UpdateTradeRequest { playbook_id: Some(playbook_id), ..with(|_| {}) };
        assert_field(&update(&user, request).await.unwrap_err(), "playbook_id");
    }
    let rules = UpdateTradeRequest {
        followed_rules: vec![theirs.rules[0].id.clone()],
        replace_followed_rules: true,
        ..with(|_| {})
    };
    assert_field(&update(&user, rules).await.unwrap_err(), "followed_rules");
    assert_field(&update(&user, with(|request| request.rating = Some(6))).await.unwrap_err(), "rating");
    let mistakes = UpdateTradeRequest { mistakes: texts(&["\n"]), replace_mistakes: true, ..with(|_| {}) };
    assert_field(&update(&user, mistakes).await.unwrap_err(), "mistakes");
    for wrong in [
        custom(trade, &their_field, Some(text("a"))),
        custom(trade, &number, Some(text("a"))),
        custom(trade, &number, Some(Value::Boolean(true))),
    ] {
        assert_field(&update(&user, wrong).await.unwrap_err(), "custom");
    }
    assert_field(&tag(&journal, &user, "").await.unwrap_err(), "name");
    assert_field(&playbook(&journal, &user, &"x".repeat(101)).await.unwrap_err(), "name");
    assert_field(&field(&journal, &user, "date", &[]).await.unwrap_err(), "kind");
    assert_field(&field(&journal, &user, "choice", &[]).await.unwrap_err(), "choices");
    assert_eq!(user.trades().await, trades);
}

#[tokio::test]
async fn labels_are_their_owners_alone() {
    let journal = Journal::start().await;
    let (owner, stranger) = (journal.user(), journal.user());
    let ids = [
        (
            tag(&journal, &owner, "a").await.unwrap().id,
            playbook(&journal, &owner, "a").await.unwrap().id,
            field(&journal, &owner, "text", &[]).await.unwrap().id,
        ),
        (Uuid::now_v7().to_string(), Uuid::now_v7().to_string(), Uuid::now_v7().to_string()),
    ];
    let mut client = labels(&journal);

    for (tag_id, playbook_id, custom_field_id) in ids {
        let get = stranger.request(GetTagRequest { tag_id: tag_id.clone() });
        assert_not_found(&client.get_tag(get).await.unwrap_err(), "tag");
        let update = UpdateTagRequest { tag_id: tag_id.clone(), name: Some("mine".to_owned()), color: None };
        assert_not_found(&client.update_tag(stranger.request(update)).await.unwrap_err(), "tag");
        let delete = stranger.request(DeleteTagRequest { tag_id });
        assert_not_found(&client.delete_tag(delete).await.unwrap_err(), "tag");
        let get = stranger.request(GetPlaybookRequest { playbook_id: playbook_id.clone() });
        assert_not_found(&client.get_playbook(get).await.unwrap_err(), "playbook");
        let update = UpdatePlaybookRequest { playbook_id: playbook_id.clone(), ..Default::default() };
        assert_not_found(&client.update_playbook(stranger.request(update)).await.unwrap_err(), "playbook");
        let delete = stranger.request(DeletePlaybookRequest { playbook_id });
        assert_not_found(&client.delete_playbook(delete).await.unwrap_err(), "playbook");
        let get = stranger.request(GetCustomFieldRequest { custom_field_id: custom_field_id.clone() });
        assert_not_found(&client.get_custom_field(get).await.unwrap_err(), "custom field");
        let update =
            UpdateCustomFieldRequest { custom_field_id: custom_field_id.clone(), ..Default::default() };
        assert_not_found(
            &client.update_custom_field(stranger.request(update)).await.unwrap_err(),
            "custom field",
        );
        let delete = stranger.request(DeleteCustomFieldRequest { custom_field_id });
        assert_not_found(&client.delete_custom_field(delete).await.unwrap_err(), "custom field");
    }
    assert_eq!(tags(&journal, &owner).await.len(), 1);
    assert!(tags(&journal, &stranger).await.is_empty());
}
