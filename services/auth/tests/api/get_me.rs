//! `GetMe`: the caller's own profile, and nobody else's.

use crate::support::{auth, login_of};

#[tokio::test]
async fn each_caller_sees_the_own_profile() {
    let auth = auth().await;
    auth.register("ada@example.com").await;
    auth.register("grace@example.com").await;
    let (ada, ada_user) = auth.login_with(login_of("ada@example.com")).await.unwrap();
    let (grace, grace_user) = auth.login_with(login_of("grace@example.com")).await.unwrap();

    assert_eq!(auth.me(&ada.access_token).await.unwrap(), ada_user);
    assert_eq!(auth.me(&grace.access_token).await.unwrap(), grace_user);
    assert_ne!(ada_user.id, grace_user.id);
    assert_eq!(ada_user.email, "ada@example.com");
    assert!(ada_user.created_at.is_some());
}
