//! Long output, which a reader may stop reading.

use std::io::{ErrorKind, Write as _, stdout};

/// Prints a text; a reader that has seen enough (`| head`) ends it without an error.
pub(crate) fn show(text: &str) -> anyhow::Result<()> {
    let mut output = stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}
