//! `cargo dev dashboards`: Grafana's dashboards, written from a table of panels.

mod events;
mod gateway;
mod overview;
mod panel;
mod services;
mod shared;

use crate::{
    checks::{Verdict, alerts::promtool, verdict_of},
    folder::{Folder, workspace},
};
use clap::Args;
use panel::Dashboard;
use serde_json::{Value, json};
use std::{
    fs,
    path::PathBuf,
    process::{Command, ExitCode, Stdio},
};

/// Write Grafana's dashboards: one for each service, and one of all.
#[derive(Args, Debug)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments) -> anyhow::Result<ExitCode> {
    for dashboard in all() {
        fs::write(path(&dashboard), dashboard.to_json()?)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The check of `cargo dev lint`: what is checked in is what the table makes, and promtool can read every query.
pub(crate) fn check(folder: &Folder) -> anyhow::Result<Verdict> {
    let stale = stale()?;
    if stale != Verdict::Passed {
        return Ok(stale);
    }
    let promtool = match promtool(folder) {
        Ok(promtool) => promtool,
        Err(error) => return Ok(Verdict::Skipped(format!("there is no promtool: {error:#}"))),
    };
    let queries = folder.tools().join("prometheus").join("queries.json");
    fs::create_dir_all(queries.parent().unwrap_or(&queries))?;
    // Every JSON is YAML.
    fs::write(&queries, serde_json::to_string(&as_rules())?)?;
    verdict_of(Command::new(promtool).args(["check", "rules"]).arg(queries).stdout(Stdio::null()))
}

/// All queries, as rules.
fn as_rules() -> Value {
    let queries = all().into_iter().flat_map(|dashboard| dashboard.queries());
    let rules = queries.enumerate().map(|(index, query)| {
        json!({"record": format!("query_{index}"), "expr": query.replace("$__rate_interval", "5m")})
    });
    json!({"groups": [{"name": "dashboards", "rules": rules.collect::<Vec<_>>()}]})
}

fn stale() -> anyhow::Result<Verdict> {
    for dashboard in all() {
        let path = path(&dashboard);
        if fs::read_to_string(&path).unwrap_or_default() != dashboard.to_json()? {
            return Ok(Verdict::Failed(format!("{} is stale: cargo dev dashboards", path.display())));
        }
    }
    Ok(Verdict::Passed)
}

/// All dashboards, the overview first.
fn all() -> Vec<Dashboard> {
    let mut dashboards = vec![overview::dashboard()];
    dashboards.extend(services::dashboards());
    dashboards
}

fn path(dashboard: &Dashboard) -> PathBuf {
    workspace().join("docker/observability/grafana/dashboards").join(format!("{}.json", dashboard.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::promql::{Known, unknown_in};

    #[test]
    fn every_panel_asks_for_metrics_that_there_are_and_says_what_it_shows() {
        let known = Known::of_page().unwrap();
        for dashboard in all() {
            let name = dashboard.name;
            let json: Value = serde_json::from_str(&fs::read_to_string(path(&dashboard)).unwrap()).unwrap();
            let panels = json["panels"].as_array().unwrap();
            assert!(panels.len() >= 8, "{name} has {} panels", panels.len());
            for panel in panels.iter().filter(|panel| panel["type"] != "row") {
                let title = panel["title"].as_str().unwrap();
                assert!(panel["description"].as_str().is_some_and(|text| text.len() > 10), "{name}: {title}");
                assert!(panel["fieldConfig"]["defaults"]["unit"].is_string(), "{name}: {title}");
                assert_eq!(panel["datasource"]["uid"], "${datasource}", "{name}: {title}");
                for target in panel["targets"].as_array().unwrap() {
                    let expression = target["expr"].as_str().unwrap();
                    assert_eq!(unknown_in(expression, &known), <[String; 0]>::default(), "{name}: {title}");
                }
            }
        }
    }

    #[test]
    fn there_is_one_for_each_service_and_one_of_all() {
        let names: Vec<&str> = all().iter().map(|dashboard| dashboard.name).collect();

        assert_eq!(names, ["overview", "gateway", "auth", "trades", "analytics", "notifications"]);
    }

    #[test]
    fn what_is_checked_in_is_what_the_table_makes() {
        assert_eq!(stale().unwrap(), Verdict::Passed);
    }
}
