//! Any cell is a time or refused; a time keeps its text, and two orders of day and month agree when the year or the month tells.
#![no_main]

use formats::fuzzing;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (header, cell) = text.split_once('\n').unwrap_or(("", text));
    let [month_first, day_first, year_first] = fuzzing::times(header, cell);
    for moment in [&month_first, &day_first, &year_first].into_iter().flatten() {
        assert_eq!(moment.text, cell);
    }
    if let Some(sure) = year_first {
        assert_eq!(month_first.map(|moment| moment.at), Some(sure.at));
        assert_eq!(day_first.map(|moment| moment.at), Some(sure.at));
    }
});
