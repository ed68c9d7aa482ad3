//! The checked-in demo files are what their generator writes, and every row of them is read.

use crate::read;
use std::path::{Path, PathBuf};

#[path = "../../examples/generate_demo/files.rs"]
mod files;
#[path = "../../examples/generate_demo/market.rs"]
mod market;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../xtask/demo")
}

#[test]
fn the_demo_files_are_what_their_generator_writes() {
    for (name, content) in files::all() {
        let checked_in = std::fs::read_to_string(folder().join(name)).unwrap();
        assert!(
            checked_in == content,
            "{name} is stale: cargo run -p formats --example generate_demo -- xtask/demo"
        );
    }
}

#[test]
fn every_row_of_the_demo_files_is_read() {
    for (name, content) in files::all() {
        let (report, collected) = read(&content);

        assert_eq!(
            (report.rows.skipped, report.rows.rejected),
            (0, 0),
            "{name}: {:?}",
            collected.diagnostics
        );
        assert!(collected.fills.len() > 100, "{name}: {} fills", collected.fills.len());
        assert!(!collected.codes().iter().any(|(_, code)| *code == "pnl-mismatch"), "{name}");
    }
}
