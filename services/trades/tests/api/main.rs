//! The service as its callers see it: real gRPC, PostgreSQL, RabbitMQ and files; one module for each RPC.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod access;
mod correct_fill;
mod create_account;
mod create_cash;
mod create_fill;
mod create_import;
mod delete_account;
mod deliveries;
mod determinism;
mod duplicates;
mod excursions;
mod export_trades;
mod get_account;
mod get_fill;
mod get_import;
mod get_trade;
mod isolation;
mod killed_worker;
mod list_accounts;
mod list_fills;
mod list_formats;
mod list_imports;
mod list_trades;
mod mappings;
mod plans;
mod preview_import;
mod rebuild;
mod regroupings;
mod run_import;
mod support;
mod tax;
mod undo_import;
mod unreadable_files;
mod update_account;
mod update_trade;
