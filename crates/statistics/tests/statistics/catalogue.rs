//! The catalogue of figures and the page that is made of it.

use std::collections::HashSet;
use std::path::Path;

use statistics::{SECTIONS, described, markdown, metrics};

#[test]
fn the_checked_in_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/metrics.md");

    assert!(
        std::fs::read_to_string(path).unwrap_or_default() == markdown(),
        "docs/metrics.md is stale: cargo run -p statistics --example metrics > docs/metrics.md"
    );
}

#[test]
fn every_figure_says_all_there_is_to_say() {
    for metric in metrics() {
        let texts = [metric.id, metric.name, metric.unit, metric.formula, metric.edges, metric.source];
        assert!(texts.iter().all(|text| !text.is_empty()), "{metric:?}");
        assert!(metric.edges.ends_with('.'), "{}: {}", metric.id, metric.edges);
        assert!(!metric.source.ends_with('.'), "{}: {}", metric.id, metric.source);
    }
}

#[test]
fn a_section_names_each_figure_once() {
    for section in SECTIONS {
        let ids: HashSet<&str> = section.metrics.iter().map(|metric| metric.id).collect();
        assert_eq!(ids.len(), section.metrics.len(), "{}", section.title);
    }
}

#[test]
fn a_figure_is_found_by_its_id() {
    let names: Vec<&str> = described("win_rate").map(|metric| metric.name).collect();

    assert_eq!(names, ["Win rate"]);
    assert_eq!(described("no_such_figure").count(), 0);
}
