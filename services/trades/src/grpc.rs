//! The gRPC services of trades: each has a file, and each call one.

mod amending;
mod app;
mod attachments;
mod bars;
mod correct_fill;
mod create_account;
mod create_cash;
mod create_fill;
mod create_import;
mod create_mapping;
mod delete_account;
mod delete_mapping;
mod export_trades;
mod exports;
mod get_account;
mod get_fill;
mod get_import;
mod get_mapping;
mod get_trade;
mod journal;
mod label_trades;
mod labels;
mod leftover;
mod list_accounts;
mod list_cash;
mod list_fill_records;
mod list_fills;
mod list_formats;
mod list_imports;
mod list_mappings;
mod list_trades;
mod made_of;
mod parse;
mod preview_import;
mod rates;
mod regroupings;
mod replace_mapping;
mod saved_views;
mod strategies;
mod tax;
mod trades;
mod undo_import;
mod update_account;
mod update_trade;
mod void_fill;

pub use app::App;
use identity::Verifier;
use tonic::{Response, Status, service::Routes};

/// A trade of thousands of fills, or a page of imports, is larger than gRPC's usual 4 MiB.
const LARGEST_MESSAGE: usize = 16 * 1024 * 1024;

/// The services behind their door: every call needs an access token.
pub fn routes(app: App, verifier: Verifier) -> Routes {
    Routes::new(trades::service(app.clone(), verifier.clone()))
        .add_service(rates::service(app.clone(), verifier.clone()))
        .add_service(regroupings::service(app.clone(), verifier.clone()))
        .add_service(strategies::service(app.clone(), verifier.clone()))
        .add_service(tax::service(app.clone(), verifier.clone()))
        .add_service(exports::service(app.clone(), verifier.clone()))
        .add_service(labels::service(app.clone(), verifier.clone()))
        .add_service(saved_views::service(app.clone(), verifier.clone()))
        .add_service(attachments::service(app.clone(), verifier.clone()))
        .add_service(journal::service(app.clone(), verifier.clone()))
        .add_service(bars::service(app, verifier))
}

/// The answer of a call.
type Answer<T> = Result<Response<T>, Status>;
