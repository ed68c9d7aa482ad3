//! How a user wants to hear of things.

use crate::support::{Client, Ground, User};
use journal_proto::notifications::v1::{GetPreferencesRequest, Preferences};
use runtime::precondition::Precondition;
use tonic::Code;

async fn get(client: &Client, user: &User) -> Preferences {
    client.clone().get_preferences(user.asks(GetPreferencesRequest {})).await.unwrap().into_inner()
}

#[tokio::test]
async fn mail_is_off_until_it_is_turned_on_and_each_user_decides_alone() {
    let ground = Ground::new("preferences").await;
    let (instance, user, other) = (ground.instance().await, User::new(), User::new());
    let wish = |email_import_finished, email_digest| Preferences {
        email_import_finished,
        email_digest: Some(email_digest),
    };
    let off = wish(false, false);
    assert_eq!(get(&instance.client, &user).await, off);

    for wanted in [wish(true, false), wish(true, true), wish(false, true), off, wish(true, true)] {
        let answer = instance.client.clone().put_preferences(user.asks(wanted)).await.unwrap();

        assert_eq!(answer.into_inner(), wanted);
        assert_eq!(get(&instance.client, &user).await, wanted);
        assert_eq!(get(&instance.client, &other).await, off);
    }
}

#[tokio::test]
async fn whoever_does_not_know_of_the_digest_leaves_it_as_it_is() {
    let ground = Ground::new("preferences_older").await;
    let (instance, user) = (ground.instance().await, User::new());
    for digest in [true, false] {
        let newer = Preferences { email_import_finished: false, email_digest: Some(digest) };
        instance.client.clone().put_preferences(user.asks(newer)).await.unwrap();

        let older = Preferences { email_import_finished: true, email_digest: None };
        let answer = instance.client.clone().put_preferences(user.asks(older)).await.unwrap();

        let both = Preferences { email_import_finished: true, email_digest: Some(digest) };
        assert_eq!(answer.into_inner(), both);
        assert_eq!(get(&instance.client, &user).await, both);
    }
}

#[tokio::test]
async fn of_two_who_saw_the_same_preferences_one_is_refused_also_about_the_digest() {
    let ground = Ground::new("preferences_state").await;
    let (instance, user) = (ground.instance().await, User::new());
    let put = async |seen: &str, email_import_finished, email_digest| {
        let wanted = Preferences { email_import_finished, email_digest: Some(email_digest) };
        let mut request = user.asks(wanted);
        Precondition::one_of(vec![seen.to_owned()]).carry(&mut request);
        instance.client.clone().put_preferences(request).await.map(|_| ()).map_err(|status| status.code())
    };

    assert_eq!(put("0", false, true).await, Ok(()));
    assert_eq!(put("0", true, false).await, Err(Code::FailedPrecondition));
    assert_eq!(put("1", true, false).await, Err(Code::FailedPrecondition));
    assert_eq!(put("2", true, true).await, Ok(()));
    assert_eq!(put("3", true, false).await, Ok(()));
    assert_eq!(put("1", false, false).await, Ok(()));
}
