//! Generated passwords and the private files that keep them.

use crate::Error;
use std::{
    fs::{File, OpenOptions},
    io::{Read as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

/// `bytes` random bytes from the kernel, as lower-case hexadecimal digits.
pub fn generate(bytes: usize) -> Result<String, Error> {
    let mut random = vec![0; bytes];
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut random))
        .map_err(Error::io("read /dev/urandom"))?;
    let digits = random.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    Ok(digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect())
}

/// The secret in `file`; when there is none yet, `make` makes it and it is kept, readable by its owner only.
pub fn kept(file: &Path, make: impl FnOnce() -> Result<String, Error>) -> Result<String, Error> {
    if let Ok(found) = std::fs::read_to_string(file)
        && !found.trim().is_empty()
    {
        return Ok(found.trim().to_owned());
    }
    let secret = make()?.trim().to_owned();
    write_private(file, &secret)?;
    Ok(secret)
}

/// Replaces `file` by one that only its owner may read.
pub fn write_private(file: &Path, content: &str) -> Result<(), Error> {
    let action = format!("write {}", file.display());
    // A new file, so that the mode holds: `mode` does not change an existing one.
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(Error::io(action)(error)),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    options.open(file).and_then(|mut opened| opened.write_all(content.as_bytes())).map_err(Error::io(action))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_kept_secret_is_made_once_and_private() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("password");

        let first = kept(&file, || generate(16)).unwrap();
        let second = kept(&file, || generate(16)).unwrap();

        assert_eq!(first.len(), 32);
        assert_eq!(first, second);
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
