//! How many tests passed, failed and were skipped, read from what test runners print.

use std::{fmt, ops::AddAssign};

/// Numbers of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
}

impl Counts {
    /// From a line like `test result: ok. 5 passed; 0 failed; 1 ignored; ...` (cargo test) or
    /// `Summary [ 1.2s] 7 tests run: 5 passed (1 slow), 1 failed, 1 timed out, 2 skipped` (nextest). None for other lines.
    pub fn of_line(line: &str) -> Option<Self> {
        let line = without_colours(line);
        // Indented, a result is what nextest repeats of a test that failed.
        let counts = match (line.strip_prefix("test result: "), line.split_once(" tests run: ")) {
            (Some(counts), _) => counts,
            (_, Some((before, counts))) if before.contains("Summary [") => counts,
            _ => line.split_once(" test run: ").filter(|(before, _)| before.contains("Summary ["))?.1,
        };
        let words: Vec<&str> =
            counts.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let mut sum = Self::default();
        for pair in words.windows(2) {
            let [number, word] = pair else { continue };
            let Ok(number) = number.parse::<u64>() else { continue };
            match *word {
                "passed" => sum.passed += number,
                "failed" | "timed" | "exec" => sum.failed += number,
                "skipped" | "ignored" => sum.skipped += number,
                _ => {}
            }
        }
        Some(sum)
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((text, escape)) = rest.split_once("\x1b[") {
        plain.push_str(text);
        rest = escape.split_once('m').map_or("", |(_, rest)| rest);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(line: &str) -> Option<String> {
        Counts::of_line(line).map(|counts| counts.to_string())
    }

    #[test]
    fn nextests_summary_is_read() {
        let plain = "     Summary [  14.3s] 30 tests run: 27 passed (1 slow, 2 flaky), 1 failed, 2 timed out, 4 skipped";
        assert_eq!(counted(plain).unwrap(), "27 passed, 3 failed, 4 skipped");
        let coloured = "\x1b[32;1m     Summary\x1b[0m [   0.1s] \x1b[1m1\x1b[0m test run: \x1b[1m1\x1b[0m \x1b[32mpassed\x1b[0m, 0 skipped";
        assert_eq!(counted(coloured).unwrap(), "1 passed, 0 failed, 0 skipped");
        let cancelled = "     Summary [   1.0s] 22/30 tests run: 21 passed, 1 failed, 0 skipped";
        assert_eq!(counted(cancelled).unwrap(), "21 passed, 1 failed, 0 skipped");
    }

    #[test]
    fn cargo_tests_result_is_read() {
        let line = "test result: FAILED. 5 passed; 2 failed; 1 ignored; 0 measured; 11 filtered out; finished in 0.33s";
        assert_eq!(counted(line).unwrap(), "5 passed, 2 failed, 1 skipped");
    }

    #[test]
    fn other_lines_count_nothing() {
        assert_eq!(counted("        PASS [   0.005s] (1/30) servers 3 passed"), None);
        assert_eq!(counted("all tests run: 3 passed"), None);
        assert_eq!(counted("    test result: FAILED. 0 passed; 1 failed; 0 ignored"), None);
    }
}
