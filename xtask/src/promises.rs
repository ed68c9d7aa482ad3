//! `docs/promises.md` names tests: each of them exists.

use crate::folder::workspace;
use std::{fs, path::PathBuf};

/// Names of tests in the document: words of at least three parts in backquotes.
fn named(document: &str) -> Vec<&str> {
    let quoted = document.split('`').skip(1).step_by(2);
    quoted.filter(|name| name.matches('_').count() > 1 && !name.contains(char::is_whitespace)).collect()
}

fn sources() -> String {
    let mut folders: Vec<PathBuf> = ["crates", "services"].map(|name| workspace().join(name)).into();
    let mut text = String::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                text += &fs::read_to_string(path).unwrap();
            }
        }
    }
    text
}

#[test]
fn every_promise_names_tests_that_exist() {
    let document = fs::read_to_string(workspace().join("docs/promises.md")).unwrap();
    let (named, sources) = (named(&document), sources());
    assert!(named.len() > 80, "only {} tests are named", named.len());

    let gone: Vec<_> = named.into_iter().filter(|name| !sources.contains(&format!("fn {name}("))).collect();

    assert!(gone.is_empty(), "there are no such tests: {gone:#?}");
}
