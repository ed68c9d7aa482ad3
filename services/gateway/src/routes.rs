//! Every path of the public API on one screen.

mod accounts;
mod admin;
mod analytics;
mod api_keys;
mod attachments;
mod auth;
mod bars;
mod cash;
mod credentials;
mod custom_fields;
mod exports;
mod fills;
mod forms;
mod imports;
mod journal;
mod mappings;
mod me;
mod mentors;
mod mfa;
mod notifications;
mod oidc;
mod operations;
mod passkeys;
mod playbooks;
mod rates;
mod regroupings;
mod saved_views;
mod strategies;
mod stream;
mod tags;
mod tax;
mod templates;
mod trades;

use crate::{App, Config, documentation::ApiDocument, layers};
use axum::{Router, extract::DefaultBodyLimit};
use utoipa::{OpenApi as _, openapi::OpenApi as Document};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The areas of the API, each with what is told of it.
const AREAS: [fn(&Config) -> OpenApiRouter<App>; 7] =
    [signing_in, oneself_and_others, books, trading, written, statistics, slow_and_endless];

/// All routes. One area after the other: what is told of all of them together takes eight megabytes, which nobody would give back.
pub(crate) fn all(config: &Config) -> Router<App> {
    AREAS.iter().fold(Router::new(), |routes, area| routes.merge(area(config).split_for_parts().0))
}

/// What is told of them.
pub(crate) fn told(config: &Config) -> Document {
    let whole = OpenApiRouter::with_openapi(ApiDocument::openapi());
    AREAS.iter().fold(whole, |whole, area| whole.merge(area(config))).into_openapi()
}

/// Users, by themselves and by those whom they let in or who run this.
fn oneself_and_others(config: &Config) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(auth::me, me::update, me::delete))
        .routes(routes!(me::audit))
        .routes(routes!(exports::start))
        .routes(routes!(exports::list))
        .routes(routes!(exports::get))
        .routes(routes!(mentors::list, mentors::invite))
        .routes(routes!(mentors::end))
        .routes(routes!(mentors::list_mentored, mentors::accept))
        .routes(routes!(mentors::leave))
        .routes(routes!(admin::list))
        .routes(routes!(admin::get))
        .routes(routes!(admin::disable))
        .routes(routes!(admin::enable))
        .routes(routes!(admin::set_role))
        .routes(routes!(auth::list_sessions))
        .routes(routes!(auth::revoke_session))
        .routes(routes!(auth::jwks))
        .routes(routes!(api_keys::list, api_keys::create))
        .routes(routes!(api_keys::revoke))
        .routes(routes!(notifications::list))
        .routes(routes!(notifications::mark_read))
        .routes(routes!(notifications::mark_all_read))
        .routes(routes!(notifications::preferences, notifications::put_preferences))
        .routes(routes!(operations::health))
        .routes(routes!(operations::ready))
        .layer(layers::within(config.budgets.request_time))
}

/// Accounts, and what comes into them.
fn books(config: &Config) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(accounts::list, accounts::create))
        .routes(routes!(accounts::get, accounts::update))
        .routes(routes!(cash::list, cash::create))
        .routes(routes!(tax::view))
        .routes(routes!(rates::list, rates::put, rates::delete))
        .routes(routes!(bars::prices))
        .routes(routes!(imports::list))
        .routes(routes!(imports::formats))
        .routes(routes!(imports::get))
        .routes(routes!(mappings::list, mappings::create))
        .routes(routes!(mappings::get, mappings::replace, mappings::delete))
        .routes(routes!(fills::list, fills::create))
        .routes(routes!(fills::get))
        .routes(routes!(fills::records, fills::correct))
        .routes(routes!(fills::void))
        .layer(layers::within(config.budgets.request_time))
}

/// Trades, and how they belong together.
fn trading(config: &Config) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(trades::list))
        .routes(routes!(trades::get, trades::update))
        .routes(routes!(regroupings::merge))
        .routes(routes!(regroupings::split))
        .routes(routes!(regroupings::list))
        .routes(routes!(regroupings::undo))
        .routes(routes!(strategies::list, strategies::group))
        .routes(routes!(strategies::ungroup))
        .routes(routes!(analytics::calendars))
        .routes(routes!(analytics::metrics))
        .layer(layers::within(config.budgets.request_time))
}

fn statistics(config: &Config) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(analytics::summary))
        .routes(routes!(analytics::equity))
        .routes(routes!(analytics::calendar))
        .routes(routes!(analytics::breakdown))
        .routes(routes!(analytics::distribution))
        .routes(routes!(analytics::risk))
        .routes(routes!(analytics::excursions))
        .routes(routes!(analytics::compare))
        .layer(layers::within(config.budgets.statistics_time))
}

/// Files and whatever takes all of one back, and streams, which go on for as long as somebody listens.
fn slow_and_endless(config: &Config) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(imports::upload))
        .routes(routes!(imports::preview))
        .routes(routes!(imports::undo))
        .routes(routes!(accounts::delete))
        .routes(routes!(attachments::list, attachments::add))
        .routes(routes!(attachments::download, attachments::delete))
        .routes(routes!(exports::download))
        .routes(routes!(bars::put, bars::list, bars::delete))
        .routes(routes!(analytics::rebuild))
        .layer(layers::within(config.budgets.file_time))
        .routes(routes!(stream::connect))
        .routes(routes!(stream::events))
}

/// How sessions begin and end, and by what means.
fn signing_in(config: &Config) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(auth::register))
        .routes(routes!(auth::login))
        .routes(routes!(auth::refresh))
        .routes(routes!(auth::logout))
        .routes(routes!(credentials::verify_email))
        .routes(routes!(credentials::resend_verification))
        .routes(routes!(credentials::forgot_password))
        .routes(routes!(credentials::reset_password))
        .routes(routes!(credentials::change_password))
        .routes(routes!(passkeys::start_registration))
        .routes(routes!(passkeys::finish_registration))
        .routes(routes!(passkeys::start_login))
        .routes(routes!(passkeys::finish_login))
        .routes(routes!(passkeys::list))
        .routes(routes!(passkeys::delete))
        .routes(routes!(oidc::list_providers))
        .routes(routes!(oidc::list_identities))
        .routes(routes!(oidc::unlink))
        .routes(routes!(oidc::start))
        .routes(routes!(oidc::callback))
        .routes(routes!(mfa::get))
        .routes(routes!(mfa::enroll_totp))
        .routes(routes!(mfa::confirm_totp))
        .routes(routes!(mfa::disable_totp))
        .routes(routes!(mfa::renew_recovery_codes))
        .routes(routes!(me::undo_deletion))
        .layer(DefaultBodyLimit::max(layers::MAX_STRANGERS_BYTES))
        .layer(layers::within(config.budgets.request_time))
}

/// What a trader writes beside his trades, and sorts them by.
fn written(config: &Config) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(journal::list))
        .routes(routes!(journal::get, journal::put))
        .routes(routes!(templates::list, templates::create))
        .routes(routes!(templates::get, templates::update, templates::delete))
        .routes(routes!(trades::bulk))
        .routes(routes!(saved_views::list, saved_views::create))
        .routes(routes!(saved_views::get, saved_views::update, saved_views::delete))
        .routes(routes!(tags::list, tags::create))
        .routes(routes!(tags::get, tags::update, tags::delete))
        .routes(routes!(playbooks::list, playbooks::create))
        .routes(routes!(playbooks::get, playbooks::update, playbooks::delete))
        .routes(routes!(custom_fields::list, custom_fields::create))
        .routes(routes!(custom_fields::get, custom_fields::update, custom_fields::delete))
        .layer(layers::within(config.budgets.request_time))
}
