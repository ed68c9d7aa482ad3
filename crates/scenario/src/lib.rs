//! Scenarios in JSON: fills in, exact rows out, to compare the engine with any other.
//!
//! ```text
//! { instruments, config, fx, fills } --read--> Scenario --run(method)--> { trips, legs, open, issues }
//! ```
//!
//! Numbers are exact texts on both sides: a finite decimal, or `n/d` in lowest terms. `cargo dev vector` runs a file, and
//! the tests of `ledger` and `statistics` run the same code over stored and generated ones.

mod error;
mod fields;
mod instant;
mod json;
mod records;
mod remarks;
mod rows;
mod settings;

pub use error::ScenarioError;
pub use json::Json;
pub use remarks::remarks;

use ledger::{Method, Portfolio, Record, Settings, Statement};
use serde_json::Value;

/// A scenario that was read.
#[derive(Debug, Clone)]
pub struct Scenario {
    settings: Settings,
    records: Vec<(String, Record<String>)>,
    marks: Vec<(String, ledger::Decimal)>,
}

impl Scenario {
    /// What can be asked for.
    pub const KINDS: [&'static str; 5] = ["trips", "legs", "open", "issues", "all"];

    /// Reads a whole document; an error names the place and what was expected there.
    pub fn read(document: &Value) -> Result<Self, ScenarioError> {
        Ok(Self {
            settings: settings::read(document)?,
            records: records::read(document)?,
            marks: settings::marks(document)?,
        })
    }

    /// Settles the fills.
    pub fn settle(&self, method: Method) -> Result<Statement, ScenarioError> {
        let settings = Settings { method, ..self.settings.clone() };
        Ok(Portfolio::settle(&settings, self.records.iter().cloned())?)
    }

    /// What is asked for by name: `trips`, `legs`, `open`, `issues`, or `all` of them in one object.
    pub fn rows(&self, statement: &Statement, what: &str) -> Result<Json, ScenarioError> {
        Ok(match what {
            "trips" => rows::trips(statement),
            "legs" => rows::legs(statement),
            "open" => rows::open(statement, &self.settings, &self.marks),
            "issues" => rows::issues(statement),
            "all" => Json::Object(
                Self::KINDS
                    .into_iter()
                    .filter(|what| *what != "all")
                    .map(|what| Ok((what.into(), self.rows(statement, what)?)))
                    .collect::<Result<_, ScenarioError>>()?,
            ),
            other => return Err(ScenarioError::UnknownRows(other.to_owned())),
        })
    }
}
