//! Creates a user.

use crate::{
    app::App,
    db::users,
    domain::{
        display_name::DisplayName,
        email::EmailAddress,
        password::{Context, Password},
    },
    error::Error,
    wire::timestamp,
};
use events::outbox;
use journal_proto::auth::v1::{RegisterRequest, RegisterResponse, UserRegistered};

/// A taken address costs and answers the same as a free one: who is registered is nobody's business.
pub(crate) async fn register(app: &App, request: RegisterRequest) -> Result<RegisterResponse, Error> {
    let email = EmailAddress::parse(&request.email)?;
    let display_name = DisplayName::parse(&request.display_name)?;
    let context = Context::of(&email, &display_name);
    let password = Password::chosen("password", request.password, &context)?;
    let hash = app.hasher.admit()?.hash(password).await?;

    let mut tx = app.pool.begin().await?;
    if let Some(user) = users::insert(&mut *tx, &email, &display_name, &hash).await? {
        let event = UserRegistered {
            user_id: user.id.to_string(),
            email: user.email,
            display_name: user.display_name,
            registered_at: Some(timestamp(user.created_at)),
        };
        outbox::append(&mut tx, &event).await?;
    }
    tx.commit().await?;
    Ok(RegisterResponse {})
}
