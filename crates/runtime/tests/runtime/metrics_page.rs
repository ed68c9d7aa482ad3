//! The catalogue, the code and `docs/operations/metrics.md` say the same.

use runtime::telemetry::catalog::{Kind, LABELS, METRICS, Metric};
use std::fmt::Write as _;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

const PAGE: &str = "docs/operations/metrics.md";

const HEAD: &str = "\
# Metrics

What each service measures: as Prometheus' text at `/metrics` on its admin port, and by OTLP to `OTEL_EXPORTER_OTLP_ENDPOINT`, where the names have dots
and units of their own ([why](../decisions/0047-metrics-go-two-ways.md)). `crates/runtime/src/telemetry/catalog.rs` is the source: a test of it writes this page
(`UPDATE_PAGES=1 cargo nextest run --workspace -E 'test(metrics_page)'`) and finds what is measured without being in it.

A histogram has `_bucket`, `_sum` and `_count` behind its name. Buckets end at 1, 2.5, 5, 10, 25, 50, 100, 200, 500 ms, 1, 2.5, 5, 10, 30, 60, 300 s.
From the collector each series also has `job` (`trading-journal/<service>`) and `instance`. Durations of spans, with exemplars that name traces, are the
collector's `traces_span_metrics_duration_seconds`.

";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page() -> String {
    let mut page = HEAD.to_owned()
        + "| metric | kind | unit | labels | meaning | in OTLP |\n|---|---|---|---|---|---|\n";
    let mut metrics: Vec<&Metric> = METRICS.iter().collect();
    metrics.sort_by_key(|metric| metric.prometheus_name());
    for metric in metrics {
        let kind = match metric.kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram => "histogram",
        };
        let unit = metric.unit.map_or("1", |unit| unit.as_str());
        let labels: Vec<String> =
            metric.labels.iter().map(|label| format!("`{}`", label.replace('.', "_"))).collect();
        writeln!(
            page,
            "| `{}` | {kind} | {unit} | {} | {} | `{}` |",
            metric.prometheus_name(),
            labels.join(" "),
            metric.meaning,
            metric.name
        )
        .unwrap();
    }
    page += "\n## Labels\n\nEach has a few values that are known beforehand. None is of a user.\n\n| label | values |\n|---|---|\n";
    for (label, values) in LABELS {
        writeln!(page, "| `{}` | {values} |", label.replace('.', "_")).unwrap();
    }
    page
}

/// The labels of each metric that the code measures.
fn measured() -> BTreeMap<(Kind, String), BTreeSet<String>> {
    let mut found: BTreeMap<(Kind, String), BTreeSet<String>> = BTreeMap::new();
    let mut folders = vec![root().join("crates"), root().join("services")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("tests") {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") && !path.ends_with("measured.rs") {
                collect(&fs::read_to_string(&path).unwrap(), &mut found);
            }
        }
    }
    found
}

/// Up to the parenthesis that ends the call.
fn arguments(call: &str) -> &str {
    let mut open = 1;
    let end = call.find(|character| {
        open += match character {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        open == 0
    });
    &call[..end.unwrap()]
}

fn collect(source: &str, found: &mut BTreeMap<(Kind, String), BTreeSet<String>>) {
    for (name, kind) in [("counter", Kind::Counter), ("gauge", Kind::Gauge), ("histogram", Kind::Histogram)] {
        for call in source.split(&format!("metrics::{name}!(")).skip(1) {
            let mut texts = arguments(call).split('"');
            assert_eq!(texts.next().unwrap().trim(), "", "a metric's name is not a literal: {call:.80}");
            let metric = texts.next().unwrap().to_owned();
            let labels: Vec<&str> = texts.collect();
            // Between two quotes, and before an arrow: a label's name.
            let named = labels
                .iter()
                .zip(labels.iter().skip(1))
                .filter(|(_, next)| next.trim_start().starts_with("=>"));
            found.entry((kind, metric)).or_default().extend(named.map(|(label, _)| (*label).to_owned()));
        }
    }
}

#[test]
fn whatever_is_measured_is_in_the_catalogue_with_its_labels_and_the_reverse() {
    let catalogue: BTreeMap<(Kind, String), BTreeSet<String>> = METRICS
        .iter()
        .map(|metric| {
            let labels = metric.labels.iter().map(|label| (*label).to_owned()).collect();
            ((metric.kind, metric.name.to_owned()), labels)
        })
        .collect();

    assert_eq!(measured(), catalogue);
}

#[test]
fn every_label_has_known_values_and_tells_nothing_of_a_user() {
    let known: BTreeSet<&str> = LABELS.iter().map(|(label, _)| *label).collect();
    let used: BTreeSet<&str> = METRICS.iter().flat_map(|metric| metric.labels).copied().collect();

    assert_eq!(used, known);
    for label in used {
        let words: Vec<&str> = label.split(['.', '_']).collect();
        for banned in ["id", "user", "email", "account", "symbol", "path", "url", "address", "token"] {
            assert!(!words.contains(&banned), "{label}");
        }
    }
}

#[test]
fn the_page_for_operators_is_the_catalogue() {
    let path = root().join(PAGE);
    if std::env::var_os("UPDATE_PAGES").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, page()).unwrap();
    }

    assert_eq!(
        fs::read_to_string(path).unwrap_or_default(),
        page(),
        "{PAGE} is stale: UPDATE_PAGES=1 writes it"
    );
}
