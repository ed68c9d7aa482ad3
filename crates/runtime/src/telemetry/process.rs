//! What a process tells of itself: its version and its memory.

use super::measured;
use std::{fs, time::Duration};
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_secs(10);

/// Measures the process every few seconds, and tidies up behind all that is measured, until `stopping`.
pub(crate) async fn watch(service: &'static str, stopping: CancellationToken) -> anyhow::Result<()> {
    loop {
        metrics::gauge!("build.info", "service" => service, "version" => env!("CARGO_PKG_VERSION")).set(1.0);
        if let Some(bytes) = resident() {
            metrics::gauge!("process.memory.usage").set(bytes);
        }
        measured::tidy_up();
        tokio::select! {
            () = stopping.cancelled() => return Ok(()),
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Bytes of this process in memory, where Linux tells.
fn resident() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes * 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_knows_its_memory() {
        let bytes = resident().unwrap();

        assert!((1e6..1e10).contains(&bytes), "{bytes}");
    }
}
