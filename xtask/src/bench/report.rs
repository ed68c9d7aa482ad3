//! Figures beside their goals.

use crate::{
    progress::coloured,
    table::{self, Align},
};
use std::time::Duration;

/// One line of the report.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub measure: String,
    pub goal: String,
    pub value: String,
    /// Absent where no goal is set.
    pub met: Option<bool>,
    /// Spread and parts.
    pub detail: String,
}

impl Figure {
    /// A measure that could not be taken.
    pub fn failed(measure: String, error: &anyhow::Error) -> Self {
        let detail = format!("{error:#}");
        Self { measure, goal: String::new(), value: "failed".to_owned(), met: None, detail }
    }

    /// A figure without a goal.
    pub fn plain(measure: impl Into<String>, value: String, detail: String) -> Self {
        Self { measure: measure.into(), goal: "-".to_owned(), value, met: None, detail }
    }
}

/// The table.
pub(super) fn print(figures: &[Figure]) {
    let heading = [
        ("measure", Align::Left),
        ("goal", Align::Right),
        ("figure", Align::Right),
        ("", Align::Left),
        ("spread, parts", Align::Left),
    ];
    let rows: Vec<[String; 5]> = figures.iter().map(row).collect();
    for line in table::lines(heading, &rows) {
        println!("{line}");
    }
    let missed = figures.iter().filter(|figure| figure.met == Some(false)).count();
    if missed > 0 {
        println!("\n  {}", coloured(&format!("{missed} of the goals are missed"), "33"));
    }
    println!();
}

fn row(figure: &Figure) -> [String; 5] {
    let met = figure.met.map_or("", |met| if met { "met" } else { "MISSED" });
    [&figure.measure, &figure.goal, &figure.value, met, &figure.detail].map(str::to_owned)
}

/// `2.41 s`.
pub(super) fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

/// `12.3 ms`.
pub(super) fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

/// Each one of several times: `2.41, 2.38, 2.60 s`.
pub(super) fn each(times: &[Duration], unit: fn(Duration) -> String) -> String {
    let told: Vec<String> = times.iter().map(|time| unit(*time)).collect();
    told.join(", ")
}

/// The middle one; the lower of two.
pub(super) fn median(times: &[Duration]) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len().saturating_sub(1) / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_of_the_sorted_times() {
        let times = [3, 1, 2].map(Duration::from_secs);

        assert_eq!(median(&times), Duration::from_secs(2));
        assert_eq!(each(&times, seconds), "3.00 s, 1.00 s, 2.00 s");
        assert_eq!(milliseconds(Duration::from_micros(12_345)), "12.3 ms");
    }
}
