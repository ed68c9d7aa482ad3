//! Named figures beside those of the reference: exact text where it has text, 12 digits where it has a float.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use statistics::{Named, Value};

/// Checks that the figures are the same and have the same names.
pub fn assert_agrees(mine: &Named, reference: &Json, case: &str) {
    let expected = reference.as_object().unwrap();
    let names = |names: &mut dyn Iterator<Item = String>| names.collect::<BTreeSet<_>>();
    let mine_names = names(&mut mine.iter().map(|(name, _)| (*name).to_owned()));
    assert_eq!(mine_names, names(&mut expected.keys().cloned()), "{case}");
    for (name, value) in mine {
        let (value, expected) = (as_json(value), &expected[*name]);
        // The reference takes this one from 1 + erf(x), which keeps 16 digits of 1 and not of a small probability.
        let lost = *name == "psr0" && (value.as_f64().unwrap() - expected.as_f64().unwrap()).abs() < 1e-15;
        assert!(lost || agrees(&value, expected), "{case}.{name}: {value} instead of {expected}");
    }
}

fn as_json(value: &Value) -> Json {
    match value {
        Value::Count(count) => json!(count),
        Value::Exact(number) => json!(number.to_string()),
        Value::Float(number) => json!(number),
        Value::Interval(ends) => json!(ends.each_ref().map(ToString::to_string)),
        Value::Infinite => json!("inf"),
        Value::Null => Json::Null,
    }
}

/// Equal, or both floats that are the same to 12 digits.
fn agrees(mine: &Json, expected: &Json) -> bool {
    match (mine.as_f64(), expected.as_f64()) {
        (Some(one), Some(other)) if mine.is_f64() && expected.is_f64() => {
            (one - other).abs() <= 1e-12 * other.abs()
        }
        _ => mine == expected,
    }
}
