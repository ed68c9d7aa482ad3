//! A `multipart/form-data` body with one file.

use anyhow::Context as _;
use std::{fs, path::Path};

/// A form, ready to be sent.
#[derive(Debug)]
pub(crate) struct Form {
    pub content_type: String,
    pub body: Vec<u8>,
}

/// The form that uploads a file into an account. The file comes last, so that the server can carry it on while it arrives.
pub(crate) fn form(account: &str, file: &Path, fields: &[(&str, &str)]) -> anyhow::Result<Form> {
    let content = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let boundary = format!("journal-{}", servers::secret::generate(16)?);
    let mut body = Vec::with_capacity(content.len() + 1024);
    for (name, value) in [("account_id", account)].iter().chain(fields) {
        let part =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy().replace(['"', '\r', '\n'], "_");
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(&content);
    body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    Ok(Form { content_type: format!("multipart/form-data; boundary={boundary}"), body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_comes_last_and_byte_for_byte() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a\"b.csv");
        fs::write(&file, b"\xff\r\n1,2").unwrap();

        let form = form("an-id", &file, &[("time_zone", "UTC")]).unwrap();

        let boundary = form.content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
        let text = String::from_utf8_lossy(&form.body);
        let parts: Vec<&str> = text.split(&format!("--{boundary}")).collect();
        assert_eq!(parts.len(), 5);
        assert_eq!(parts[1], "\r\nContent-Disposition: form-data; name=\"account_id\"\r\n\r\nan-id\r\n");
        assert_eq!(parts[2], "\r\nContent-Disposition: form-data; name=\"time_zone\"\r\n\r\nUTC\r\n");
        assert!(parts[3].contains("filename=\"a_b.csv\""));
        assert!(form.body.windows(6).any(|bytes| bytes == b"\xff\r\n1,2"));
        assert_eq!(parts[4], "--\r\n");
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let error = form("an-id", Path::new("/no/such.csv"), &[]).unwrap_err();

        assert!(error.to_string().contains("/no/such.csv"));
    }
}
