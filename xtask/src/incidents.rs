//! `docs/operations/incidents.md` has a heading for everything that may ring.

use crate::folder::workspace;
use std::{collections::BTreeSet, fs};

fn read(path: &str) -> String {
    fs::read_to_string(workspace().join(path)).unwrap()
}

/// What stands between `before` and `after` in each line that begins so.
fn told<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    let rests = text.lines().filter_map(|line| line.trim().strip_prefix(before));
    rests.map(|rest| rest.split_once(after).map_or(rest, |(name, _)| name)).collect()
}

fn headings(guide: &str) -> BTreeSet<&str> {
    guide
        .lines()
        .filter(|line| line.starts_with("##"))
        .map(|line| line.trim_start_matches(['#', ' ']))
        .collect()
}

#[test]
fn every_alert_of_prometheus_has_its_heading_in_the_incident_guide() {
    let (rules, guide) = (read("docker/observability/alerts.yml"), read("docs/operations/incidents.md"));
    let alerts = told(&rules, "- alert: ", "\n");
    assert!(alerts.len() > 10, "only {} alerts are found", alerts.len());

    let missing: Vec<_> = alerts.into_iter().filter(|alert| !headings(&guide).contains(alert)).collect();

    assert!(missing.is_empty(), "docs/operations/incidents.md says nothing about {missing:?}");
}

#[test]
fn every_alarm_of_cloudwatch_has_its_heading_in_the_incident_guide() {
    let (alarms, names) = (read("infra/lib/monitoring/alarms.ts"), read("infra/lib/monitoring/names.ts"));
    let guide = read("docs/operations/incidents.md");
    let mut found = told(&alarms, "heading: \"", "\"");
    found.extend(told(&names, "export const DEPLOYMENT_ALARM = \"", "\""));
    assert!(found.len() > 8, "only {} alarms are found", found.len());

    let missing: Vec<_> = found.into_iter().filter(|alarm| !headings(&guide).contains(alarm)).collect();

    assert!(missing.is_empty(), "docs/operations/incidents.md says nothing about {missing:?}");
}
