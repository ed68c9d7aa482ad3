//! Commands while nothing runs.

use crate::support::{dev, folder};
use std::fs;

#[test]
fn status_says_so_and_fails() {
    let said = dev(&folder(), &["status"]);

    assert_eq!((said.code, said.output.as_str()), (Some(1), "Nothing runs: start it with cargo dev up"));
}

#[test]
fn down_has_nothing_to_do() {
    let said = dev(&folder(), &["down"]);

    assert_eq!((said.code, said.output.as_str()), (Some(0), "Nothing runs."));
}

#[test]
fn mails_are_shown_whether_anything_runs_or_not() {
    let folder = folder();
    assert_eq!(dev(&folder, &["mail"]).output, "No mail was sent yet.");
    fs::create_dir(folder.path().join("mail")).unwrap();
    fs::write(folder.path().join("mail/1.eml"), "To: ada@example.com\nSubject: Hello\n\nbody\n").unwrap();

    let (list, source) = (dev(&folder, &["mail"]), dev(&folder, &["mail", "last", "--source"]));
    let missing = dev(&folder, &["mail", "2"]);

    assert!(list.output.ends_with("1   ada@example.com   Hello"), "{}", list.output);
    assert!(source.output.ends_with("body"), "{}", source.output);
    assert_eq!(
        (missing.code, missing.errors.as_str()),
        (Some(1), "error: there is no mail 2: cargo dev mail lists them")
    );
}

#[test]
fn commands_that_need_a_stack_tell_how_to_start_one() {
    let folder = folder();
    let file = folder.path().join("fills.csv");
    fs::write(&file, "").unwrap();

    for arguments in [vec!["psql", "trades"], vec!["import", file.to_str().unwrap()]] {
        let said = dev(&folder, &arguments);
        assert_eq!(
            (said.code, said.errors.as_str()),
            (Some(1), "error: nothing runs: start it with cargo dev up")
        );
    }
}

#[test]
fn a_file_that_is_not_there_is_named_before_anything_starts() {
    let folder = folder();

    for command in ["up", "import"] {
        let said = dev(&folder, &[command, "/no/such/file.xml"]);
        assert_eq!((said.code, said.errors.as_str()), (Some(1), "error: there is no file /no/such/file.xml"));
    }
    assert!(!folder.path().join("servers").exists());
}

#[test]
fn a_log_that_does_not_exist_is_told_from_one_that_is_empty_so_far() {
    let folder = folder();

    let unknown = dev(&folder, &["logs", "billing"]);
    let silent = dev(&folder, &["logs", "trades"]);

    assert!(unknown.errors.contains("`billing` has no log: choose one of auth, trades"), "{unknown:?}");
    assert!(silent.errors.contains("trades has not logged anything yet"), "{silent:?}");
    assert_eq!((unknown.code, silent.code), (Some(1), Some(1)));
}

#[test]
fn the_last_lines_of_a_log_are_shown() {
    let folder = folder();
    dev(&folder, &["status"]);
    fs::write(folder.path().join("logs/trades.log"), "one\ntwo\nthree\n").unwrap();

    let said = dev(&folder, &["logs", "trades", "-n", "2"]);

    assert_eq!((said.code, said.output.as_str()), (Some(0), "two\nthree"));
}

#[test]
fn reset_asks_somebody_before_it_deletes() {
    let folder = folder();
    dev(&folder, &["status"]);
    let secret = folder.path().join("secrets/demo-password");
    let data = folder.path().join("servers/postgres/data/PG_VERSION");
    fs::create_dir_all(data.parent().unwrap()).unwrap();
    fs::write(&secret, "s3cret").unwrap();
    fs::write(&data, "15").unwrap();

    let refused = dev(&folder, &["reset"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.errors.contains("confirm with --yes"), "{refused:?}");
    assert!(secret.exists() && data.exists());

    assert_eq!(dev(&folder, &["reset", "--yes"]).code, Some(0));
    assert!(!secret.exists() && !data.exists());
}

#[test]
fn every_command_explains_itself() {
    let folder = folder();

    for command in ["up", "down", "status", "logs", "reset", "psql", "import", "test", "lint"] {
        let said = dev(&folder, &[command, "--help"]);
        assert_eq!(said.code, Some(0), "{said:?}");
        assert!(said.output.contains(&format!("Usage: cargo dev {command}")), "{said:?}");
    }
}
