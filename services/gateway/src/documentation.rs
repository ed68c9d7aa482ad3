//! The OpenAPI document, generated from the code, and the page that shows it.

mod everywhere;
mod parts;

use crate::{App, Config, routes};
use axum::{Router, response::Redirect, routing::get};
use http::header;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        OpenApi as Document,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_swagger_ui::SwaggerUi;

/// Title, conventions and security schemes; the paths come from the routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Trading Journal",
        description = "Import what your broker exported, get exact round-trip trades, journal them, and read honest \
                       statistics.\n\nDecimals are strings; times are RFC 3339 in UTC; every error is \
                       `application/problem+json` (RFC 9457)."
    ),
    modifiers(&SecuritySchemes)
)]
pub(crate) struct ApiDocument;

struct SecuritySchemes;

impl Modify for SecuritySchemes {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_default();
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        let cookie = ApiKey::Cookie(ApiKeyValue::new("__Host-access"));
        components.add_security_scheme("cookie", SecurityScheme::ApiKey(cookie));
    }
}

/// The document as it is served and checked in.
pub fn openapi_json() -> String {
    let (_, document) = described(routes::all(&Config::for_documentation()));
    document.to_pretty_json().unwrap_or_default()
}

/// The routes, and what is said of them.
pub(crate) fn described(routes: OpenApiRouter<App>) -> (Router<App>, Document) {
    let (routes, mut document) = routes.split_for_parts();
    everywhere::complete(&mut document);
    parts::open(&mut document);
    (routes, document)
}

/// `/v1/openapi.json`, `/docs`, and `/` for whoever just looks.
pub(crate) fn routes(document: &Document) -> Router {
    let json = document.to_json().unwrap_or_default();
    let ui = SwaggerUi::new("/docs").config(utoipa_swagger_ui::Config::from("/v1/openapi.json"));
    Router::new()
        .route(
            "/v1/openapi.json",
            get(|| async move { ([(header::CONTENT_TYPE, "application/json")], json) }),
        )
        .route("/", get(|| async { Redirect::temporary("/docs/") }))
        .merge(ui)
}
