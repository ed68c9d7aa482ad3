//! An error with everything that caused it, for one line of a log.

use std::error::Error;

/// The error and its causes, from the outside in: `cannot store: disk full`. A cause that its effect repeats is not told twice.
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !told.contains(&text) {
            told = format!("{told}: {text}");
        }
        cause = error.source();
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("cannot store the upload")]
    struct Upload(#[source] Disk);

    #[derive(Debug, thiserror::Error)]
    #[error("the disk failed: {0}")]
    struct Disk(#[source] std::io::Error);

    #[test]
    fn every_cause_is_told_once() {
        let error = Upload(Disk(std::io::Error::other("no space left")));

        assert_eq!(chain(&error), "cannot store the upload: the disk failed: no space left");
    }
}
