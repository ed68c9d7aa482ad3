//! The catalogue: what each figure means, in the same words as its docstring.

mod definition;
mod markdown;

pub(crate) use definition::{figures, metric};
pub use markdown::markdown;

/// One figure in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetricDescription {
    /// Its stable name: the field or function that holds it, and what the API calls it.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// `count`, `money`, `quantity`, `share` (0.5 is 50 %), `ratio`, `R`, `seconds`, `sessions`, `days`,
    /// `deviations` or `probability`.
    pub unit: &'static str,
    /// How it is made.
    pub formula: &'static str,
    /// When there is none and why, as codes of [`crate::Undefined`]; and what it is at its edges.
    pub edges: &'static str,
    /// Where the definition comes from.
    pub source: &'static str,
    /// How other programs differ; empty where they agree or have no such figure.
    pub elsewhere: &'static str,
}

/// Figures that belong together.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    /// Their heading.
    pub title: &'static str,
    /// What they have in common.
    pub about: &'static str,
    /// The figures, in the order of the code.
    pub metrics: &'static [MetricDescription],
}

/// Every figure of the crate. A module with figures of its own has one line here.
pub static SECTIONS: &[Section] = &[
    Section { title: "Closed trades", about: crate::summary::ABOUT, metrics: crate::summary::METRICS },
    Section {
        title: "Holding time",
        about: "Of legs instead of trades.",
        metrics: &[crate::time_in_market::WEIGHTED_HOLD],
    },
    Section { title: "Two sets of trades", about: crate::compare::ABOUT, metrics: crate::compare::METRICS },
    Section {
        title: "Distribution",
        about: "Of money or of R-multiples.",
        metrics: &[crate::distribution::DISTRIBUTION, crate::quantile::QUANTILE],
    },
    Section { title: "Daily returns", about: crate::daily::ABOUT, metrics: crate::daily::METRICS },
    Section {
        title: "Equity curve",
        about: "Session by session, as daily returns have them.",
        metrics: &[crate::daily::CURVE, crate::daily::SPELLS],
    },
    Section { title: "Luck", about: crate::luck::ABOUT, metrics: crate::luck::METRICS },
    Section { title: "Monte Carlo", about: crate::monte_carlo::ABOUT, metrics: crate::monte_carlo::METRICS },
    Section { title: "Excursions", about: crate::excursion::ABOUT, metrics: crate::excursion::METRICS },
    Section { title: "What-if exits", about: crate::what_if::ABOUT, metrics: crate::what_if::METRICS },
];

/// Every figure, one after the other.
pub fn metrics() -> impl Iterator<Item = &'static MetricDescription> {
    SECTIONS.iter().flat_map(|section| section.metrics)
}

/// The figures of this id. Those of trades and of days may share one, like `recovery_factor`.
pub fn described(id: &str) -> impl Iterator<Item = &'static MetricDescription> {
    metrics().filter(move |metric| metric.id == id)
}
