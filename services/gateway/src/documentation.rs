//! The OpenAPI document, generated from the code, and the page that shows it.

mod everywhere;
mod kept;
mod parts;

use crate::{Config, routes};
use axum::{Router, body::Bytes, response::Redirect, routing::get};
use http::header;
use std::sync::LazyLock;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        OpenApi as Document,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
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

/// The document as it is checked in.
pub fn openapi_json() -> String {
    document().to_pretty_json().unwrap_or_default()
}

fn document() -> Document {
    let mut document = routes::told(&Config::for_documentation());
    everywhere::complete(&mut document);
    parts::open(&mut document);
    document
}

/// As it is served, from the first time that somebody asks.
static SERVED: LazyLock<Bytes> = LazyLock::new(|| Bytes::from(document().to_json().unwrap_or_default()));

/// `/v1/openapi.json`, `/docs`, and `/` for whoever just looks.
pub(crate) fn routes() -> Router {
    kept::for_good(bare())
}

fn bare() -> Router {
    let ui = SwaggerUi::new("/docs").config(utoipa_swagger_ui::Config::from("/v1/openapi.json"));
    Router::new()
        .route(
            "/v1/openapi.json",
            get(|| async { ([(header::CONTENT_TYPE, "application/json")], SERVED.clone()) }),
        )
        .route("/", get(|| async { Redirect::temporary("/docs/") }))
        .merge(ui)
}
