//! What a test printed, with the frames of our own code alone: of a panic far down, the standard library's and the runtime's are most.

/// Follows a runner's output line by line.
#[derive(Debug, Default)]
pub(crate) struct Trimmed {
    is_inside: bool,
    /// The name of a frame whose place is still to come.
    frame: Option<String>,
}

impl Trimmed {
    /// The lines to show once this one is there.
    pub fn then(&mut self, line: String) -> Vec<String> {
        let text = line.trim();
        if text == "stack backtrace:" {
            *self = Self { is_inside: true, frame: None };
            return vec![line];
        }
        if !self.is_inside {
            return vec![line];
        }
        if is_frame(text) {
            self.frame = Some(line);
            return Vec::new();
        }
        if let Some(place) = text.strip_prefix("at ") {
            let frame = self.frame.take();
            let is_ours = place.starts_with("./");
            return if is_ours { frame.into_iter().chain([line]).collect() } else { Vec::new() };
        }
        *self = Self::default();
        vec![line]
    }
}

/// `12: name`.
fn is_frame(text: &str) -> bool {
    text.split_once(": ").is_some_and(|(number, _)| number.parse::<u32>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_others_are_left_out_and_nothing_else() {
        let printed = "\
test door::opens ... FAILED
    thread 'door::opens' panicked at tests/api/door.rs:7:9:
    3: not a frame
    stack backtrace:
       0: __rustc::rust_begin_unwind
                 at /rustc/0123/library/std/src/panicking.rs:689:5
       1: core::panicking::assert_failed
       2: api::door::opens
                 at ./tests/api/door.rs:7:9
       3: {closure#0}
                 at /home/me/.cargo/registry/src/index/tokio-1.54.1/src/park.rs:376:71
    note: Some details are omitted

       4: no frame either
";
        let mut trimmed = Trimmed::default();
        let shown: Vec<String> = printed.lines().flat_map(|line| trimmed.then(line.to_owned())).collect();

        assert_eq!(
            shown.join("\n") + "\n",
            "\
test door::opens ... FAILED
    thread 'door::opens' panicked at tests/api/door.rs:7:9:
    3: not a frame
    stack backtrace:
       2: api::door::opens
                 at ./tests/api/door.rs:7:9
    note: Some details are omitted

       4: no frame either
"
        );
    }
}
