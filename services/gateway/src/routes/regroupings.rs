//! `/v1/regroupings`: trades that their owner merged or split.

use crate::{
    app::App,
    extract::{Id, Params},
    once::{IdempotencyKey, JsonOnce, told},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, regroupings as dto},
};
use axum::{extract::State, response::IntoResponse};
use http::StatusCode;
use journal_proto::trades::v1 as proto;

/// Makes one trade of several: consecutive ones in one instrument of one account. The same trades again get the same answer.
#[utoipa::path(post, path = "/v1/trades/merge", tag = "trades", params(IdempotencyKey), request_body = dto::Merge,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = dto::Regrouping),
        (status = 404, description = "one of the trades is none of yours", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`already-regrouped`, `too-many-regroupings`, `beyond-exact-numbers`, `account-busy`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn merge(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    JsonOnce(body, key): JsonOnce<dto::Merge>,
) -> Result<impl IntoResponse, Problem> {
    let request = key.on(app.request(proto::MergeTradesRequest { trade_ids: body.trade_ids }, &caller));
    let (merge, replayed) = told(app.regroupings.clone().merge_trades(request).await?);
    let merge = dto::Regrouping::from(merge);
    Ok((StatusCode::CREATED, replayed, axum::Json(merge)))
}

/// Makes several trades of one, along its legs. The same split again gets the same answer.
#[utoipa::path(post, path = "/v1/trades/{id}/split", tag = "trades", params(("id" = String, Path), IdempotencyKey),
    request_body = dto::Split, security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = dto::Regrouping),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`already-regrouped`, `too-many-regroupings`, `beyond-exact-numbers`, `account-busy`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn split(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    JsonOnce(body, key): JsonOnce<dto::Split>,
) -> Result<impl IntoResponse, Problem> {
    let request = key.on(app.request(body.into_request(id.text()), &caller));
    let (split, replayed) = told(app.regroupings.clone().split_trade(request).await?);
    let split = dto::Regrouping::from(split);
    Ok((StatusCode::CREATED, replayed, axum::Json(split)))
}

/// Merges and splits, newest first: what each makes, or why it is void now.
#[utoipa::path(get, path = "/v1/regroupings", tag = "trades", params(dto::RegroupingFilter),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::Regrouping>), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Params(filter): Params<dto::RegroupingFilter>,
) -> Result<axum::Json<Page<dto::Regrouping>>, Problem> {
    let request = app.request(filter.into_request()?, &caller);
    let page = app.regroupings.clone().list_regroupings(request).await?.into_inner();
    Ok(axum::Json(Page::new(page.regroupings, &page.next_cursor)))
}

/// Takes a merge or a split back: each trade runs from flat to flat again, with its own notes and tags.
#[utoipa::path(delete, path = "/v1/regroupings/{id}", tag = "trades", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`beyond-exact-numbers`: a result has more digits than exact numbers hold; `account-busy`", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn undo(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<StatusCode, Problem> {
    let request = app.request(proto::UndoRegroupingRequest { regrouping_id: id.text() }, &caller);
    app.regroupings.clone().undo_regrouping(request).await?;
    Ok(StatusCode::NO_CONTENT)
}
