//! Notes of days, and texts that they begin with.

use crate::support::{Journal, User, assert_field, assert_not_found, page, reason};
use journal_proto::trades::v1::{
    CreateTemplateRequest, Day, DeleteTemplateRequest, GetDayRequest, GetTemplateRequest, ListDaysRequest,
    ListDaysResponse, ListTemplatesRequest, PutDayRequest, Template, UpdateTemplateRequest,
    journal_service_client::JournalServiceClient,
};
use runtime::{grpc::Link, precondition::Precondition};
use tonic::{Code, Status};
use uuid::Uuid;

fn client(journal: &Journal) -> JournalServiceClient<Link> {
    JournalServiceClient::new(journal.channel())
}

async fn day(journal: &Journal, user: &User, date: &str) -> Result<Day, Status> {
    let request = user.request(GetDayRequest { date: date.to_owned() });
    Ok(client(journal).get_day(request).await?.into_inner())
}

async fn put(journal: &Journal, user: &User, date: &str, notes: &str) -> Result<Day, Status> {
    let request = user.request(PutDayRequest { date: date.to_owned(), notes: notes.to_owned() });
    Ok(client(journal).put_day(request).await?.into_inner())
}

async fn days(journal: &Journal, user: &User, request: ListDaysRequest) -> ListDaysResponse {
    client(journal).list_days(user.request(request)).await.unwrap().into_inner()
}

async fn create(journal: &Journal, user: &User, name: &str, body: &str) -> Result<Template, Status> {
    let request = CreateTemplateRequest { name: name.to_owned(), body: body.to_owned() };
    Ok(client(journal).create_template(user.request(request)).await?.into_inner())
}

async fn templates(journal: &Journal, user: &User) -> Vec<Template> {
    let request = user.request(ListTemplatesRequest {});
    client(journal).list_templates(request).await.unwrap().into_inner().templates
}

#[tokio::test]
async fn a_day_without_a_note_is_empty_and_the_same_again_changes_nothing() {
    let journal = Journal::start().await;
    let (user, other) = (journal.user(), journal.user());
    let blank = Day { date: "2026-01-05".to_owned(), ..Day::default() };
    assert_eq!(day(&journal, &user, "2026-01-05").await.unwrap(), blank);
    assert_eq!(put(&journal, &user, "2026-01-05", "").await.unwrap(), blank);

    let written = put(&journal, &user, "2026-01-05", "# Calm\n<script>").await.unwrap();
    let again = put(&journal, &user, "2026-01-05", "# Calm\n<script>").await.unwrap();

    assert_eq!((written.notes.as_str(), written.version), ("# Calm\n<script>", 1));
    assert!(written.updated_at.is_some());
    assert_eq!(again, written);
    assert_eq!(day(&journal, &user, "2026-01-05").await.unwrap(), written);
    assert_eq!(day(&journal, &other, "2026-01-05").await.unwrap(), blank);
    let emptied = put(&journal, &user, "2026-01-05", "").await.unwrap();
    assert_eq!((emptied.notes.as_str(), emptied.version), ("", 2));
    assert!(days(&journal, &user, ListDaysRequest::default()).await.days.is_empty());
}

#[tokio::test]
async fn of_many_who_write_what_was_never_written_one_wins() {
    let journal = Journal::start().await;
    let user = journal.user();

    let writers = (0..10).map(|n| {
        let mut request =
            user.request(PutDayRequest { date: "2026-01-05".to_owned(), notes: format!("by {n}") });
        Precondition::one_of(vec!["0".to_owned()]).carry(&mut request);
        let mut client = client(&journal);
        async move { client.put_day(request).await.is_ok() }
    });
    let done = futures_util::future::join_all(writers).await;

    assert_eq!(done.iter().filter(|done| **done).count(), 1);
    assert_eq!(day(&journal, &user, "2026-01-05").await.unwrap().version, 1);
}

#[tokio::test]
async fn days_with_notes_are_listed_newest_first_with_their_beginning() {
    let journal = Journal::start().await;
    let user = journal.user();
    for (date, notes) in
        [("2026-01-05", "ü".repeat(300)), ("2026-01-07", "b".to_owned()), ("2025-12-31", "c".to_owned())]
    {
        put(&journal, &user, date, &notes).await.unwrap();
    }

    let first =
        days(&journal, &user, ListDaysRequest { page: Some(page(2, "")), ..Default::default() }).await;
    let rest = ListDaysRequest { page: Some(page(2, &first.next_cursor)), ..Default::default() };
    let rest = days(&journal, &user, rest).await;
    let from = "2026-01-05".to_owned();
    let one = days(&journal, &user, ListDaysRequest { from: from.clone(), to: from, page: None }).await;

    let told: Vec<&str> = first.days.iter().chain(&rest.days).map(|day| day.date.as_str()).collect();
    assert_eq!(told, ["2026-01-07", "2026-01-05", "2025-12-31"]);
    assert_eq!(rest.next_cursor, "");
    assert_eq!(one.days.len(), 1);
    assert_eq!(one.days[0].beginning, "ü".repeat(200));
}

#[tokio::test]
async fn what_is_no_day_or_no_note_is_refused() {
    let journal = Journal::start().await;
    let user = journal.user();

    for wrong in ["", "2026-02-30", "1899-12-31", "x\0"] {
        assert_field(&day(&journal, &user, wrong).await.unwrap_err(), "date");
        assert_field(&put(&journal, &user, wrong, "a").await.unwrap_err(), "date");
    }
    assert_field(&put(&journal, &user, "2026-01-05", "a\0").await.unwrap_err(), "notes");
    assert_field(&put(&journal, &user, "2026-01-05", &"x".repeat(100_001)).await.unwrap_err(), "notes");
    let request = user.request(ListDaysRequest { from: "x".to_owned(), ..ListDaysRequest::default() });
    assert_field(&client(&journal).list_days(request).await.unwrap_err(), "from");
    assert_eq!(journal.count("SELECT count(*) FROM journal_days").await, 0);
}

#[tokio::test]
async fn templates_have_names_of_their_own_and_are_their_owners_alone() {
    let journal = Journal::start().await;
    let (user, stranger) = (journal.user(), journal.user());
    let plan = create(&journal, &user, " Plan ", "# Levels").await.unwrap();
    let review = create(&journal, &user, "Review", "").await.unwrap();
    create(&journal, &stranger, "Plan", "").await.unwrap();

    assert_eq!(reason(&create(&journal, &user, "Plan", "").await.unwrap_err()), "template-name-taken");
    let rename =
        UpdateTemplateRequest { template_id: review.id.clone(), name: Some("Plan".to_owned()), body: None };
    let refused = client(&journal).update_template(user.request(rename.clone())).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused)), (Code::AlreadyExists, "template-name-taken".to_owned()));
    let change = UpdateTemplateRequest { name: None, body: Some("- calm?".to_owned()), ..rename };
    let changed = client(&journal).update_template(user.request(change.clone())).await.unwrap().into_inner();
    let again = client(&journal).update_template(user.request(change)).await.unwrap().into_inner();
    assert_eq!((changed.body.as_str(), changed.version), ("- calm?", 2));
    assert_eq!(again, changed);
    assert_eq!(templates(&journal, &user).await, [plan.clone(), changed]);

    for template_id in [plan.id.clone(), Uuid::now_v7().to_string()] {
        let get = stranger.request(GetTemplateRequest { template_id: template_id.clone() });
        assert_not_found(&client(&journal).get_template(get).await.unwrap_err(), "template");
        let update = UpdateTemplateRequest { template_id: template_id.clone(), ..Default::default() };
        let update = stranger.request(update);
        assert_not_found(&client(&journal).update_template(update).await.unwrap_err(), "template");
        let delete = stranger.request(DeleteTemplateRequest { template_id });
        assert_not_found(&client(&journal).delete_template(delete).await.unwrap_err(), "template");
    }
    let delete = || user.request(DeleteTemplateRequest { template_id: plan.id.clone() });
    client(&journal).delete_template(delete()).await.unwrap();
    assert_not_found(&client(&journal).delete_template(delete()).await.unwrap_err(), "template");
}

#[tokio::test]
async fn malformed_templates_and_too_many_are_refused() {
    let journal = Journal::start().await;
    let user = journal.user();

    for wrong in ["", " ", "a\nb", &"x".repeat(101)] {
        assert_field(&create(&journal, &user, wrong, "").await.unwrap_err(), "name");
    }
    assert_field(&create(&journal, &user, "a", "\0").await.unwrap_err(), "body");
    assert_field(&create(&journal, &user, "a", &"x".repeat(20_001)).await.unwrap_err(), "body");
    for n in 0..100 {
        create(&journal, &user, &n.to_string(), "").await.unwrap();
    }
    assert_eq!(reason(&create(&journal, &user, "one more", "").await.unwrap_err()), "too-many-templates");
}
