//! All SQL of this service: free functions, one file per table.

pub mod account_events;
pub mod accounts;
pub mod bar_excursions;
mod exact;
pub mod exchange_rates;
pub mod exports;
pub mod fill_excursions;
pub mod fill_records;
pub mod fill_sightings;
pub mod fills;
pub mod imports;
pub mod journal_days;
pub mod journal_templates;
pub mod mappings;
pub mod plans;
pub mod price_bars;
pub mod regroupings;
pub mod strategy_groups;
pub mod trade_excursions;
pub mod trade_journal;
pub mod trade_plans;
pub mod trades;
mod unreadable;
