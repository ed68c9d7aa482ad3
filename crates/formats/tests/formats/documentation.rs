//! The checked-in page tells of every format.

use formats::{Format, markdown};
use std::path::Path;

#[test]
fn the_checked_in_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/formats.md");

    assert!(
        std::fs::read_to_string(path).unwrap_or_default() == markdown(),
        "docs/formats.md is stale: cargo run -p formats --example documentation > docs/formats.md"
    );
}

#[test]
fn every_format_says_all_there_is_to_say() {
    for format in Format::all() {
        let doc = format.doc();
        let texts = [doc.id, doc.name, doc.how, doc.carries, doc.times, doc.fees, doc.identity, doc.limits];
        assert!(texts.iter().all(|text| !text.is_empty()), "{doc:?}");
    }
}
