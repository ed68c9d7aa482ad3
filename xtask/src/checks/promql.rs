//! Which metrics and labels a query of Prometheus' language asks for, and which of them nobody measures.

use crate::folder::workspace;
use anyhow::Context as _;
use std::{collections::BTreeSet, fs};

/// The table of all metrics.
const PAGE: &str = "docs/operations/metrics.md";
/// What Prometheus and the collector add.
const OTHERS: [&str; 2] = ["up", "traces_span_metrics_duration_seconds_bucket"];
const OTHER_LABELS: [&str; 4] = ["job", "instance", "le", "span_name"];
/// Words of the language that stand where a metric might.
const WORDS: [&str; 16] = [
    "by",
    "on",
    "and",
    "or",
    "unless",
    "without",
    "ignoring",
    "group_left",
    "group_right",
    "bool",
    "offset",
    "sum",
    "min",
    "max",
    "avg",
    "count",
];

/// What there is to ask for.
#[derive(Debug, Default)]
pub(crate) struct Known {
    metrics: BTreeSet<String>,
    labels: BTreeSet<String>,
}

impl Known {
    /// All that the table of metrics names.
    pub fn of_page() -> anyhow::Result<Self> {
        let page =
            fs::read_to_string(workspace().join(PAGE)).with_context(|| format!("cannot read {PAGE}"))?;
        let known = Self::of(&page);
        anyhow::ensure!(known.metrics.len() > 40, "{PAGE} has no table of metrics");
        Ok(known)
    }

    fn of(page: &str) -> Self {
        let mut known = Self::default();
        known.metrics.extend(OTHERS.map(str::to_owned));
        known.labels.extend(OTHER_LABELS.map(str::to_owned));
        for line in page.lines().filter(|line| line.starts_with("| `")) {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let [_, name, kind, _, labels, ..] = cells.as_slice() else { continue };
            let name = name.trim_matches('`');
            if *kind == "histogram" {
                known.metrics.extend(["bucket", "sum", "count"].map(|part| format!("{name}_{part}")));
            } else {
                known.metrics.insert(name.to_owned());
            }
            known.labels.extend(labels.split(' ').map(|label| label.trim_matches('`').to_owned()));
        }
        known
    }
}

/// Metrics and labels of `query` that there are not.
pub(crate) fn unknown_in(query: &str, known: &Known) -> Vec<String> {
    let mut unknown = Vec::new();
    // Labels stand in braces, and in the parentheses behind `by` and its like.
    let mut places = vec![Place::Metrics];
    let mut last = String::new();
    let mut rest = query;
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_alphabetic() || first == '_' {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            let (word, behind) = rest.split_at(end);
            let known_here = match places.last() {
                Some(Place::Labels) => known.labels.contains(word),
                Some(Place::Metrics) | None => {
                    let is_called = behind.trim_start().starts_with('(');
                    is_called || WORDS.contains(&word) || known.metrics.contains(word)
                }
            };
            if !known_here {
                unknown.push(word.to_owned());
            }
            word.clone_into(&mut last);
            rest = behind;
            continue;
        }
        rest = &rest[first.len_utf8()..];
        match first {
            '{' => places.push(Place::Labels),
            '(' if ["by", "on", "without", "ignoring", "group_left"].contains(&last.as_str()) => {
                places.push(Place::Labels);
            }
            '(' => places.push(Place::Metrics),
            ')' | '}' => drop(places.pop()),
            '"' => rest = skipped(rest, '"'),
            '[' => rest = skipped(rest, ']'),
            '$' | '0'..='9' => {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
                rest = &rest[end..];
            }
            _ => {}
        }
        if !first.is_whitespace() {
            last.clear();
        }
    }
    unknown
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Metrics,
    Labels,
}

fn skipped(text: &str, end: char) -> &str {
    text.find(end).map_or("", |at| &text[at + end.len_utf8()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        Known::of(
            "| `imports_total` | counter | 1 | `outcome` | x | `imports` |\n| `event_lag_seconds` | histogram | seconds | `queue` | x | `event.lag` |",
        )
    }

    #[test]
    fn what_there_is_may_be_asked_for() {
        for query in [
            "sum by (outcome) (rate(imports_total{job=\"a\"}[5m])) / 2 > 0.5",
            "histogram_quantile(0.95, sum by (queue, le) (rate(event_lag_seconds_bucket[$__rate_interval]))) and up == 1",
            "sum(rate(event_lag_seconds_sum[5m])) unless on (queue) up",
        ] {
            assert_eq!(unknown_in(query, &known()), <[String; 0]>::default(), "{query}");
        }
    }

    #[test]
    fn what_nobody_measures_is_found() {
        assert_eq!(unknown_in("rate(import_total[5m])", &known()), ["import_total"]);
        assert_eq!(unknown_in("sum(event_lag_seconds)", &known()), ["event_lag_seconds"]);
        assert_eq!(unknown_in("imports_total{result=\"up\"}", &known()), ["result"]);
        assert_eq!(unknown_in("sum by (symbol) (imports_total)", &known()), ["symbol"]);
    }
}
