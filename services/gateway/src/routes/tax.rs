//! `/v1/accounts/{id}/tax`: how tax codes would see what was bought and sold.

use crate::{
    app::App,
    extract::{Id, Params},
    problem::Problem,
    signed_in::SignedIn,
    wire::tax as dto,
};
use axum::extract::State;

/// How a tax code would see the purchases and sales of an account. Information beside the trading profit, and no tax advice:
/// whoever shows it shows `label` and `notice` with it.
#[utoipa::path(get, path = "/v1/accounts/{id}/tax", tag = "accounts", params(("id" = String, Path), dto::TaxQuery),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::TaxView),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`too-many-rows`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn view(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    Params(query): Params<dto::TaxQuery>,
) -> Result<axum::Json<dto::TaxView>, Problem> {
    let request = app.request(query.into_request(id.text()), &caller);
    Ok(axum::Json(app.tax.clone().get_tax_view(request).await?.into_inner().into()))
}
