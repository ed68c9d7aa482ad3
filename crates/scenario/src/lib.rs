//! Scenarios in JSON: fills in, exact rows out, to compare the engine with any other.
//!
//! ```text
//! { instruments, config, fx, fills } --read--> Scenario --run(method)--> { trips, legs, open, issues }
//! ```
//!
//! Numbers are exact texts on both sides: a finite decimal, or `n/d` in lowest terms. `cargo dev vector` runs a file, and
//! the tests of `ledger` and `statistics` run the same code over stored and generated ones.

mod error;
mod excursions;
mod fields;
mod figures;
mod instant;
mod json;
mod records;
mod remarks;
mod rows;
mod settings;

pub use error::ScenarioError;
pub use json::Json;
pub use remarks::remarks;

use std::collections::BTreeMap;

use figures::Figures;
use ledger::{Method, Portfolio, Record, Settings, Statement};
use serde_json::Value;
use statistics::Bars;

/// A scenario that was read.
#[derive(Debug, Clone)]
pub struct Scenario {
    settings: Settings,
    records: Vec<(String, Record<String>)>,
    marks: Vec<(String, ledger::Decimal)>,
    bars: BTreeMap<String, Bars>,
    figures: Figures,
}

impl Scenario {
    /// What can be asked for.
    pub const KINDS: [&'static str; 8] =
        ["trips", "legs", "open", "issues", "metrics", "daily", "excursion", "all"];

    /// Reads a whole document; an error names the place and what was expected there.
    pub fn read(document: &Value) -> Result<Self, ScenarioError> {
        Ok(Self {
            settings: settings::read(document)?,
            records: records::read(document)?,
            marks: settings::marks(document)?,
            bars: excursions::bars(document)?,
            figures: Figures::read(document)?,
        })
    }

    /// Settles the fills.
    pub fn settle(&self, method: Method) -> Result<Statement, ScenarioError> {
        let settings = Settings { method, ..self.settings.clone() };
        Ok(Portfolio::settle(&settings, self.records.iter().cloned())?)
    }

    /// What is asked for by name, one of [`KINDS`](Self::KINDS): `trips`, `legs`, `open`, `issues`, `excursion`, or `all` of them in one
    /// object (excursions where there are bars).
    pub fn rows(&self, statement: &Statement, what: &str) -> Result<Json, ScenarioError> {
        Ok(match what {
            "trips" => rows::trips(statement),
            "legs" => rows::legs(statement),
            "open" => rows::open(statement, &self.settings, &self.marks),
            "issues" => rows::issues(statement),
            "metrics" => self.figures.metrics(statement)?,
            "daily" => self.figures.days(statement)?,
            "excursion" => excursions::rows(statement, &self.settings, &self.bars)?,
            "all" => Json::Object(
                Self::KINDS
                    .into_iter()
                    .filter(|what| self.has(what))
                    .map(|what| Ok((what.into(), self.rows(statement, what)?)))
                    .collect::<Result<_, ScenarioError>>()?,
            ),
            other => return Err(ScenarioError::UnknownRows(other.to_owned())),
        })
    }

    /// Whether the rows belong to all.
    fn has(&self, what: &str) -> bool {
        match what {
            "all" => false,
            "excursion" => !self.bars.is_empty(),
            "daily" => self.figures.has_days(),
            _ => true,
        }
    }
}
