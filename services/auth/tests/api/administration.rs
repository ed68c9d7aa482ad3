//! Roles: who may administer, what becomes of whom it is done to, and what nobody may do.

use crate::support::{Auth, auth, field_of, id, login_of, reason_of};
use identity::{Issuer, Role, Verifier};
use journal_proto::auth::v1::{
    AcceptInvitationRequest, AccountMailRequested, CreateApiKeyRequest, DeleteMeRequest, DisableUserRequest,
    EnableUserRequest, ExchangeApiKeyRequest, GetUserRequest, InviteMentorRequest, ListUsersRequest,
    ListUsersResponse, ReadAsRequest, SessionRevoked, SetRoleRequest, UserState,
    account_service_client::AccountServiceClient, admin_service_client::AdminServiceClient,
    api_key_service_client::ApiKeyServiceClient, mentor_service_client::MentorServiceClient,
};
use runtime::{Clock, grpc::Link};
use testing::with_bearer;
use tokio::task::JoinSet;
use tonic::{Code, Status};

impl Auth {
    fn admin(&self) -> AdminServiceClient<Link> {
        AdminServiceClient::new(self.channel.clone())
    }

    /// The token and the id of a new user with this role.
    async fn with_role(&self, email: &str, role: Role) -> (String, String) {
        self.register(email).await;
        auth::grant_role(&self.database.settings(), email, role).await.unwrap();
        let token = self.login(email).await.access_token;
        let id = self.me(&token).await.unwrap().id;
        (token, id)
    }

    async fn users_listed(
        &self,
        token: &str,
        request: ListUsersRequest,
    ) -> Result<ListUsersResponse, Status> {
        Ok(self.admin().list_users(with_bearer(request, token)).await?.into_inner())
    }

    async fn state(&self, token: &str, user: &str) -> Result<UserState, Status> {
        let request = with_bearer(GetUserRequest { user_id: user.to_owned() }, token);
        Ok(self.admin().get_user(request).await?.into_inner())
    }

    async fn disable_user(&self, token: &str, user: &str) -> Result<UserState, Status> {
        let request = with_bearer(DisableUserRequest { user_id: user.to_owned() }, token);
        Ok(self.admin().disable_user(request).await?.into_inner())
    }

    async fn enable_user(&self, token: &str, user: &str) -> Result<UserState, Status> {
        let request = with_bearer(EnableUserRequest { user_id: user.to_owned() }, token);
        Ok(self.admin().enable_user(request).await?.into_inner())
    }

    async fn set_role(&self, token: &str, user: &str, role: &str) -> Result<UserState, Status> {
        let request = SetRoleRequest { user_id: user.to_owned(), role: role.to_owned() };
        Ok(self.admin().set_role(with_bearer(request, token)).await?.into_inner())
    }

    /// The secret of a new key.
    pub(crate) async fn key_of(&self, token: &str) -> String {
        let request =
            CreateApiKeyRequest { name: "Sheet".to_owned(), scope: "write".to_owned(), expires_at: None };
        let mut keys = ApiKeyServiceClient::new(self.channel.clone());
        keys.create_api_key(with_bearer(request, token)).await.unwrap().into_inner().secret
    }

    pub(crate) async fn token_of_key(&self, secret: &str) -> Result<String, Status> {
        let request = ExchangeApiKeyRequest { secret: secret.to_owned() };
        let mut keys = ApiKeyServiceClient::new(self.channel.clone());
        Ok(keys.exchange_api_key(request).await?.into_inner().access_token)
    }

    /// Lets the one read the other's journal.
    async fn lets_read(&self, owner: &str, mentor: &str) {
        let mut mentors = MentorServiceClient::new(self.channel.clone());
        let invite = InviteMentorRequest { email: "mentor@example.com".to_owned() };
        mentors.invite_mentor(with_bearer(invite, owner)).await.unwrap();
        let mails: Vec<AccountMailRequested> = self.told().await;
        let token = mails.into_iter().rfind(|mail| mail.kind == "mentor-invitation").unwrap().token;
        mentors.accept_invitation(with_bearer(AcceptInvitationRequest { token }, mentor)).await.unwrap();
    }

    async fn reads_as(&self, mentor: &str, owner: &str) -> Result<(), Status> {
        let request = with_bearer(ReadAsRequest { owner_id: owner.to_owned() }, mentor);
        MentorServiceClient::new(self.channel.clone()).read_as(request).await.map(drop)
    }
}

#[tokio::test]
async fn a_role_is_in_the_token_of_whoever_signs_in_and_in_no_other() {
    let auth = auth().await;
    let issuer = Issuer::from_pem(&auth.pem, Clock::system()).unwrap();
    let verifier = Verifier::of_issuer(&issuer, Clock::system()).unwrap();
    for role in [Role::User, Role::Mentor, Role::Admin] {
        let email = format!("{role}@example.com");
        auth.register(&email).await;
        auth::grant_role(&auth.database.settings(), &email, role).await.unwrap();

        let tokens = auth.login(&email).await;

        assert_eq!(verifier.verify(&tokens.access_token).await.unwrap().role, role);
        assert_eq!(auth.me(&tokens.access_token).await.unwrap().role, role.as_str());
        let refreshed = auth.refresh(&tokens.refresh_token).await.unwrap().access_token;
        assert_eq!(verifier.verify(&refreshed).await.unwrap().role, role);
        let key = auth.key_of(&refreshed).await;
        let derived = verifier.verify(&auth.token_of_key(&key).await.unwrap()).await.unwrap();
        assert_eq!(derived.role, Role::User);
    }
}

#[tokio::test]
async fn for_everybody_but_admins_there_is_no_administration() {
    let auth = auth().await;
    let (admin, admin_id) = auth.with_role("admin@example.com", Role::Admin).await;
    let (user, user_id) = auth.with_role("ada@example.com", Role::User).await;
    let (mentor, _) = auth.with_role("grace@example.com", Role::Mentor).await;
    let key = auth.token_of_key(&auth.key_of(&admin).await).await.unwrap();
    auth.lets_read(&admin, &user).await;
    let request = with_bearer(ReadAsRequest { owner_id: admin_id.clone() }, &user);
    let actor = MentorServiceClient::new(auth.channel.clone()).read_as(request).await.unwrap();
    let actor = actor.into_inner().access_token;

    for token in [&user, &mentor, &key, &actor] {
        let refusals = [
            auth.users_listed(token, ListUsersRequest::default()).await.map(drop),
            auth.state(token, &user_id).await.map(drop),
            auth.disable_user(token, &admin_id).await.map(drop),
            auth.enable_user(token, &user_id).await.map(drop),
            auth.set_role(token, &user_id, "admin").await.map(drop),
        ];
        for refusal in refusals {
            assert_eq!(refusal.unwrap_err().code(), Code::NotFound);
        }
    }
    assert_eq!(auth.state(&admin, &user_id).await.unwrap().role, "user");
    assert_eq!(auth.state(&admin, &admin_id).await.unwrap().disabled_at, None);
}

#[tokio::test]
async fn an_admin_finds_users_by_part_of_an_address_page_by_page() {
    let auth = auth().await;
    let (admin, _) = auth.with_role("admin@journal.example", Role::Admin).await;
    for n in 0..5 {
        auth.register(&format!("user{n}@example.com")).await;
    }
    let ask = |email: &str, limit, cursor: &str| ListUsersRequest {
        email: email.to_owned(),
        limit,
        cursor: cursor.to_owned(),
    };

    let first = auth.users_listed(&admin, ask("@EXAMPLE.com", 3, "")).await.unwrap();
    let second = auth.users_listed(&admin, ask("@EXAMPLE.com", 3, &first.next_cursor)).await.unwrap();

    let emails: Vec<String> =
        first.users.into_iter().chain(second.users).map(|user: UserState| user.email).collect();
    let expected: Vec<String> = (0..5).rev().map(|n| format!("user{n}@example.com")).collect();
    assert_eq!((emails, second.next_cursor.as_str()), (expected, ""));
    assert_eq!(auth.users_listed(&admin, ask("", 0, "")).await.unwrap().users.len(), 6);
    assert_eq!(auth.users_listed(&admin, ask("%", 0, "")).await.unwrap().users.len(), 0);
    for (request, field) in
        [(ask("a\0b", 0, ""), "email"), (ask("", 201, ""), "limit"), (ask("", 0, "garbage"), "cursor")]
    {
        assert_eq!(field_of(&auth.users_listed(&admin, request).await.unwrap_err()), field);
    }
    for missing in ["", "nobody", "01900000-0000-7000-8000-000000000000"] {
        assert_eq!(auth.state(&admin, missing).await.unwrap_err().code(), Code::NotFound);
        assert_eq!(auth.disable_user(&admin, missing).await.unwrap_err().code(), Code::NotFound);
    }
}

#[tokio::test]
async fn of_whom_an_admin_disables_nothing_stays_open_and_nothing_comes_back_by_itself() {
    let auth = auth().await;
    let (admin, _) = auth.with_role("admin@example.com", Role::Admin).await;
    let ada = auth.signed_in("ada@example.com").await;
    let (grace, grace_id) = auth.with_role("grace@example.com", Role::User).await;
    let ada_id = auth.me(&ada.access_token).await.unwrap().id;
    let key = auth.key_of(&ada.access_token).await;
    auth.lets_read(&grace, &ada.access_token).await;
    auth.lets_read(&ada.access_token, &grace).await;
    auth.reads_as(&ada.access_token, &grace_id).await.unwrap();

    let disabled = auth.disable_user(&admin, &ada_id).await.unwrap();
    let again = auth.disable_user(&admin, &ada_id).await.unwrap();

    assert!(disabled.disabled_at.is_some());
    assert_eq!(again, disabled);
    assert_eq!(auth.end_of(&ada.session_id).await.as_deref(), Some("account-disabled"));
    let ended: Vec<SessionRevoked> = auth.told().await;
    // The sign-in, the key, what was given to Grace, and what Grace gave.
    assert_eq!(ended.len(), 4, "{ended:?}");
    auth.refresh(&ada.refresh_token).await.unwrap_err();
    auth.me(&ada.access_token).await.unwrap_err();
    auth.token_of_key(&key).await.unwrap_err();
    auth.reads_as(&ada.access_token, &grace_id).await.unwrap_err();
    auth.reads_as(&grace, &ada_id).await.unwrap_err();
    let right = auth.login_with(login_of("ada@example.com")).await.unwrap_err();
    assert_eq!(reason_of(&right, Code::PermissionDenied), "account-disabled");
    let mut wrong = login_of("ada@example.com");
    wrong.password = "not the password at all".to_owned();
    let wrong = auth.login_with(wrong).await.unwrap_err();
    assert_eq!(reason_of(&wrong, Code::Unauthenticated), "invalid-credentials");

    let enabled = auth.enable_user(&admin, &ada_id).await.unwrap();

    assert_eq!(enabled.disabled_at, None);
    auth.login("ada@example.com").await;
    auth.token_of_key(&key).await.unwrap_err();
    auth.reads_as(&grace, &ada_id).await.unwrap_err();
    let by = "SELECT kind || ' ' || detail FROM audit_log WHERE user_id = $1 AND kind LIKE 'account-%' ORDER BY id";
    let by: Vec<String> = sqlx::query_scalar(by).bind(id(&ada_id)).fetch_all(&auth.owner).await.unwrap();
    assert_eq!(by, ["account-disabled admin@example.com", "account-enabled admin@example.com"]);
}

#[tokio::test]
async fn another_role_ends_the_sessions_of_its_user_but_no_key() {
    let auth = auth().await;
    let (admin, _) = auth.with_role("admin@example.com", Role::Admin).await;
    let ada = auth.signed_in("ada@example.com").await;
    let ada_id = auth.me(&ada.access_token).await.unwrap().id;
    let key = auth.key_of(&ada.access_token).await;
    let none = auth.set_role(&admin, &ada_id, "user").await.unwrap();
    assert_eq!((none.role.as_str(), auth.end_of(&ada.session_id).await), ("user", None));

    let changed = auth.set_role(&admin, &ada_id, "mentor").await.unwrap();

    assert_eq!(changed.role, "mentor");
    assert_eq!(auth.end_of(&ada.session_id).await.as_deref(), Some("role-changed"));
    auth.token_of_key(&key).await.unwrap();
    for garbage in ["", "root", "ADMIN", "admin "] {
        assert_eq!(field_of(&auth.set_role(&admin, &ada_id, garbage).await.unwrap_err()), "role");
    }
    let line = "SELECT detail FROM audit_log WHERE user_id = $1 AND kind = 'role-changed'";
    let lines: Vec<String> = sqlx::query_scalar(line).bind(id(&ada_id)).fetch_all(&auth.owner).await.unwrap();
    assert_eq!(lines, ["mentor by admin@example.com"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_always_an_admin_left_however_many_resign_at_once() {
    let auth = auth().await;
    let mut admins = Vec::new();
    for n in 0..6 {
        admins.push(auth.with_role(&format!("admin{n}@example.com"), Role::Admin).await);
    }
    let mut calls = JoinSet::new();
    for (n, (token, id)) in admins.into_iter().enumerate() {
        let (mut client, mut leaving) = (auth.admin(), AccountServiceClient::new(auth.channel.clone()));
        calls.spawn(async move {
            let resigned = match n % 3 {
                0 => {
                    let request = SetRoleRequest { user_id: id, role: "user".to_owned() };
                    client.set_role(with_bearer(request, &token)).await.map(drop)
                }
                1 => client
                    .disable_user(with_bearer(DisableUserRequest { user_id: id }, &token))
                    .await
                    .map(drop),
                _ => leaving.delete_me(with_bearer(DeleteMeRequest::default(), &token)).await.map(drop),
            };
            resigned.err().map(|refusal| reason_of(&refusal, Code::FailedPrecondition))
        });
    }

    let refusals: Vec<String> = calls.join_all().await.into_iter().flatten().collect();

    assert_eq!(refusals, ["last-admin"]);
    let left =
        "SELECT count(*) FROM users WHERE role = 'admin' AND disabled_at IS NULL AND deletion_due_at IS NULL";
    assert_eq!(sqlx::query_scalar::<_, i64>(left).fetch_one(&auth.owner).await.unwrap(), 1);
}

#[tokio::test]
async fn the_last_admin_does_not_leave_and_one_of_two_does() {
    let auth = auth().await;
    let (first, _) = auth.with_role("first@example.com", Role::Admin).await;
    let mut account = AccountServiceClient::new(auth.channel.clone());
    let refused = account.delete_me(with_bearer(DeleteMeRequest::default(), &first)).await.unwrap_err();
    assert_eq!(reason_of(&refused, Code::FailedPrecondition), "last-admin");
    auth.me(&first).await.unwrap();
    let (second, _) = auth.with_role("second@example.com", Role::Admin).await;

    account.delete_me(with_bearer(DeleteMeRequest::default(), &first)).await.unwrap();

    let refused = account.delete_me(with_bearer(DeleteMeRequest::default(), &second)).await.unwrap_err();
    assert_eq!(reason_of(&refused, Code::FailedPrecondition), "last-admin");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_sign_in_or_new_key_outlives_that_its_user_is_disabled() {
    let auth = auth().await;
    let (admin, _) = auth.with_role("admin@example.com", Role::Admin).await;
    let ada = auth.signed_in("ada@example.com").await;
    let ada_id = auth.me(&ada.access_token).await.unwrap().id;
    for _ in 0..crate::support::rounds(3, 50) {
        let session = auth.login("ada@example.com").await;
        let mut calls = JoinSet::new();
        for n in 0..6 {
            let (mut client, mut keys) =
                (auth.client.clone(), ApiKeyServiceClient::new(auth.channel.clone()));
            let token = session.access_token.clone();
            calls.spawn(async move {
                if n % 2 == 0 {
                    drop(client.login(login_of("ada@example.com")).await);
                } else {
                    let request = CreateApiKeyRequest {
                        name: "Sheet".to_owned(),
                        scope: "read".to_owned(),
                        expires_at: None,
                    };
                    drop(keys.create_api_key(with_bearer(request, &token)).await);
                }
            });
        }
        auth.disable_user(&admin, &ada_id).await.unwrap();
        calls.join_all().await;

        let live = "SELECT count(*) FROM sessions WHERE user_id = $1 AND revoked_at IS NULL";
        let live: i64 = sqlx::query_scalar(live).bind(id(&ada_id)).fetch_one(&auth.owner).await.unwrap();
        assert_eq!(live, 0);
        auth.enable_user(&admin, &ada_id).await.unwrap();
    }
}

#[tokio::test]
async fn who_administers_sees_users_and_nothing_else_of_them() {
    let auth = auth().await;
    auth.signed_in("ada@example.com").await;
    let mut tx = auth.database.pool.begin().await.unwrap();
    sqlx::query("SELECT set_config('app.purpose', 'administer', true)").execute(&mut *tx).await.unwrap();

    let users: i64 = sqlx::query_scalar("SELECT count(*) FROM users").fetch_one(&mut *tx).await.unwrap();
    let others: i64 = sqlx::query_scalar(
        "SELECT (SELECT count(*) FROM sessions) + (SELECT count(*) FROM audit_log) + (SELECT count(*) FROM refresh_tokens)",
    )
    .fetch_one(&mut *tx)
    .await
    .unwrap();
    let changed = sqlx::query("UPDATE users SET role = 'admin'").execute(&mut *tx).await.unwrap();

    assert_eq!((users, others, changed.rows_affected()), (1, 0, 0));
}
