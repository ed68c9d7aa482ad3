//! What a program says when it does not start.

use std::{
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

const PATIENCE: Duration = Duration::from_secs(30);

/// Runs `<program> serve` with these settings alone, of which the last one of a name counts. It must end by itself and not well; what
/// it said meanwhile.
pub fn refusal(program: &str, settings: &[(&str, &str)]) -> String {
    let mut command = Command::new(program);
    // A port of its own, unless that is what the test is about: the default may be somebody's.
    command.env_clear().env("ADMIN_ADDRESS", "127.0.0.1:0").env("LOG_FORMAT", "text");
    command.envs(settings.iter().copied()).arg("serve");
    let mut process =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let give_up = Instant::now() + PATIENCE;
    while process.try_wait().unwrap().is_none() {
        if Instant::now() > give_up {
            // It serves: what it said so far is not what anybody expects of a refusal.
            process.kill().unwrap();
        }
        thread::sleep(Duration::from_millis(10));
    }
    let output = process.wait_with_output().unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(!output.status.success(), "{said}");
    said
}

/// Each of these settings, malformed like this among others that are good, ends the start; what is said names it and what is expected, and
/// does not repeat a secret (a value with `canary` in it).
pub fn assert_refused(program: &str, good: &[(&str, &str)], malformed: &[(&str, &str, &str)]) {
    for (name, value, expected) in malformed {
        let said = refusal(program, &[good, &[(name, value)]].concat());
        let flag = format!("--{}", name.to_lowercase().replace('_', "-"));
        assert!(said.contains(name) || said.contains(&flag), "{name} is not named: {said}");
        assert!(said.contains(expected), "{name}: {expected:?} is not in {said}");
        assert!(!value.contains("canary") || !said.contains("canary"), "{name} is shown: {said}");
    }
}
