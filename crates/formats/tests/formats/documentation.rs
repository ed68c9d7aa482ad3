//! The checked-in page tells of every format.

use crate::read_as;
use formats::{Format, Options, ParsedEvent, markdown};
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

#[test]
fn a_format_asks_for_a_zone_exactly_when_one_would_change_its_times() {
    let times = |format: Format, zone: Option<&str>| {
        let options = Options {
            file_name: Some("trades_2026-01-05.csv".to_owned()),
            time_zone: zone.map(str::to_owned),
            ..crate::options()
        };
        let (_, read) = read_as(format, format.sample().as_bytes(), &options).unwrap();
        let fills = read.fills.iter().map(|fill| fill.executed_at.at.0);
        let cash = read.events.iter().filter_map(|event| match event {
            ParsedEvent::Cash(cash) => Some(cash.booked_at.at.0),
            _ => None,
        });
        fills.chain(cash).collect::<Vec<i64>>()
    };

    for format in Format::all() {
        let elsewhere = times(format, Some("Pacific/Kiritimati"));

        assert_eq!(format.assumed_zone().is_some(), times(format, None) != elsewhere, "{format}");
    }
}
