//! How a user wants to hear of things.

use crate::support::{Client, Ground, User};
use journal_proto::notifications::v1::{GetPreferencesRequest, Preferences};

async fn get(client: &Client, user: &User) -> Preferences {
    client.clone().get_preferences(user.asks(GetPreferencesRequest {})).await.unwrap().into_inner()
}

#[tokio::test]
async fn mail_is_off_until_it_is_turned_on_and_each_user_decides_alone() {
    let ground = Ground::new("preferences").await;
    let (instance, user, other) = (ground.instance().await, User::new(), User::new());
    let (on, off) =
        (Preferences { email_import_finished: true }, Preferences { email_import_finished: false });
    assert_eq!(get(&instance.client, &user).await, off);

    for wanted in [on, on, off, on] {
        let answer = instance.client.clone().put_preferences(user.asks(wanted)).await.unwrap();

        assert_eq!(answer.into_inner(), wanted);
        assert_eq!(get(&instance.client, &user).await, wanted);
        assert_eq!(get(&instance.client, &other).await, off);
    }
}
