//! What a service counted, from its private port.

use super::stage::Stage;
use crate::stack::services::admin_agent;
use anyhow::Context as _;
use std::collections::BTreeMap;

/// The counts of one metric of a service by the value of its only label.
pub(super) fn by_label(stage: &Stage, service: &str, metric: &str) -> anyhow::Result<BTreeMap<String, u64>> {
    let port = stage.admin_port(service)?;
    let mut answer = admin_agent().get(format!("http://127.0.0.1:{port}/metrics")).call()?;
    let text = answer.body_mut().read_to_string().context("the metrics are no text")?;
    Ok(text.lines().filter_map(|line| counted(line.strip_prefix(metric)?)).collect())
}

/// `{outcome="local"} 12`.
fn counted(line: &str) -> Option<(String, u64)> {
    let (label, count) = line.strip_prefix('{')?.split_once("\"} ")?;
    let (_, value) = label.split_once("=\"")?;
    Some((value.to_owned(), count.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_label_and_a_count() {
        assert_eq!(counted("{outcome=\"local\"} 12"), Some(("local".to_owned(), 12)));
        assert_eq!(counted("_bucket 12"), None);
    }
}
