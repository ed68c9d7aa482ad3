//! The calls of `journal.auth.v1.AdminService`.

mod change_user;
mod get_user;
mod list_users;

use crate::{
    app::App,
    db::{administration, users},
    domain::{
        invalid::Invalid,
        user::{User, UserState},
    },
    error::Error,
    wire,
};
use change_user::Change;
use identity::{Caller, Role, UserId, Verified, Verifier, caller};
use journal_proto::auth::v1::{
    DisableUserRequest, EnableUserRequest, GetUserRequest, ListUsersRequest, ListUsersResponse,
    SetRoleRequest, UserState as WireUserState,
    admin_service_server::{AdminService, AdminServiceServer},
};
use runtime::postgres;
use sqlx::{PgConnection, Postgres, Transaction};
use std::sync::Arc;
use tonic::{Request, Response, Status};

/// The service, behind its door.
pub(super) fn service(app: Arc<App>, verifier: Verifier) -> Verified<AdminServiceServer<Admin>> {
    Verified::new(AdminServiceServer::new(Admin { app }), verifier).role_only(Role::Admin)
}

pub(super) struct Admin {
    app: Arc<App>,
}

/// A transaction that sees all users, and the admin it is for: the token may be a second older than what became of him.
async fn begin<'a>(app: &App, caller: &Caller) -> Result<(Transaction<'a, Postgres>, User), Error> {
    let mut tx = postgres::begin_for(&app.pool, caller.user_id.0).await?;
    let admin = users::find_of_live_session(&mut *tx, caller.user_id, caller.session_id).await?;
    let admin = admin.ok_or(Error::SessionEnded)?;
    if admin.role != Role::Admin {
        return Err(Error::NoAdmin);
    }
    administration::show_all(&mut *tx).await?;
    Ok((tx, admin))
}

async fn find(tx: &mut PgConnection, user: &str) -> Result<UserState, Error> {
    let user: UserId = user.parse().map_err(|_| Error::NoSuchUser)?;
    administration::find(tx, user).await?.ok_or(Error::NoSuchUser)
}

impl Admin {
    async fn change(
        &self,
        caller: &Caller,
        user: &str,
        change: Change,
    ) -> Result<Response<WireUserState>, Status> {
        let state = change_user::change_user(&self.app, caller, user, change).await?;
        Ok(Response::new(wire::user_state(state)))
    }
}

#[tonic::async_trait]
impl AdminService for Admin {
    async fn list_users(
        &self,
        request: Request<ListUsersRequest>,
    ) -> Result<Response<ListUsersResponse>, Status> {
        let caller = caller(&request)?;
        Ok(Response::new(list_users::list_users(&self.app, &caller, &request.into_inner()).await?))
    }

    async fn get_user(&self, request: Request<GetUserRequest>) -> Result<Response<WireUserState>, Status> {
        let caller = caller(&request)?;
        Ok(Response::new(get_user::get_user(&self.app, &caller, &request.into_inner()).await?))
    }

    async fn disable_user(
        &self,
        request: Request<DisableUserRequest>,
    ) -> Result<Response<WireUserState>, Status> {
        self.change(&caller(&request)?, &request.get_ref().user_id, Change::Disable).await
    }

    async fn enable_user(
        &self,
        request: Request<EnableUserRequest>,
    ) -> Result<Response<WireUserState>, Status> {
        self.change(&caller(&request)?, &request.get_ref().user_id, Change::Enable).await
    }

    async fn set_role(&self, request: Request<SetRoleRequest>) -> Result<Response<WireUserState>, Status> {
        let caller = caller(&request)?;
        let SetRoleRequest { user_id, role } = request.into_inner();
        let role = role.parse().map_err(|expected| Error::from(Invalid { field: "role", expected }))?;
        self.change(&caller, &user_id, Change::Role(role)).await
    }
}
