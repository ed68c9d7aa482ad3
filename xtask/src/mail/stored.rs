//! Mails as files `<number>.eml`, which any mail program opens.

use anyhow::Context as _;
use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, ErrorKind, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::Path,
};

/// A mail that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stored {
    /// 1, 2, 3 .. in the order of their coming.
    pub number: u32,
    /// Headers, an empty line, and the body, with `\n` at the ends of lines.
    pub source: String,
}

/// Keeps a mail under the next number. It may hold secrets: nobody else on this machine reads it.
pub(super) fn keep(folder: &Path, source: &str) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut number = numbers(folder)?.last().copied().unwrap_or_default();
    loop {
        number += 1;
        let path = folder.join(format!("{number}.eml"));
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
            // Somebody else's mail came in between.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            opened => return opened?.write_all(source.as_bytes()),
        }
    }
}

/// All mails, the oldest first.
pub(super) fn all(folder: &Path) -> anyhow::Result<Vec<Stored>> {
    let cannot = || format!("cannot read {}", folder.display());
    let read = |number: u32| {
        let source = fs::read_to_string(folder.join(format!("{number}.eml"))).with_context(cannot)?;
        Ok(Stored { number, source })
    };
    numbers(folder).with_context(cannot)?.into_iter().map(read).collect()
}

fn numbers(folder: &Path) -> io::Result<Vec<u32>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut numbers = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        numbers.extend(name.to_str().and_then(|name| name.strip_suffix(".eml")?.parse::<u32>().ok()));
    }
    numbers.sort_unstable();
    Ok(numbers)
}

impl Stored {
    /// The value of a header; empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        let headers = self.source.lines().take_while(|line| !line.is_empty());
        let mut pairs = headers.filter_map(|line| line.split_once(": "));
        pairs.find(|(found, _)| found.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }

    /// The part of plain text, as a mail program shows it; the whole source when no part is one.
    pub fn plain_text(&self) -> String {
        let Some((_, part)) = self.source.split_once("Content-Type: text/plain") else {
            return self.source.clone();
        };
        let (headers, rest) = part.split_once("\n\n").unwrap_or((part, ""));
        let boundary = self.source.split_once("boundary=\"").and_then(|(_, rest)| rest.split('"').next());
        let end = boundary.and_then(|boundary| rest.find(&format!("\n--{boundary}"))).unwrap_or(rest.len());
        let body = rest.get(..end).unwrap_or(rest);
        if headers.contains("quoted-printable") { decoded(body) } else { body.to_owned() }
    }
}

/// Text without quoted-printable (RFC 2045, 6.7).
fn decoded(text: &str) -> String {
    let text = text.replace("=\n", "");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).filter(|_| *first == b'=').and_then(|code| std::str::from_utf8(code).ok());
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = byte.and_then(|_| after.get(2..)).unwrap_or(after);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "From: a@example.com\nTo: \"Ada\" <ada@example.net>\nSubject: Reset your password\n\
        Content-Type: multipart/alternative; boundary=\"xy\"\n\n--xy\nContent-Type: text/plain; charset=utf-8\n\
        Content-Transfer-Encoding: quoted-printable\n\nhttp://127.0.0.1/reset#token=3Da-very-long-\n\n--=20\ngr=C3=BCn =\nto\n\
        --xy\nContent-Type: text/html\n\n<p>no</p>\n--xy--\n";

    #[test]
    fn the_plain_text_is_shown_as_a_mail_program_shows_it() {
        let mail = Stored { number: 1, source: SOURCE.to_owned() };

        assert_eq!(mail.plain_text(), "http://127.0.0.1/reset#token=a-very-long-\n\n-- \ngrün to");
        assert_eq!(mail.header("subject"), "Reset your password");
        assert_eq!(mail.header("Bcc"), "");
    }

    #[test]
    fn what_has_no_plain_text_is_shown_whole() {
        let mail = Stored { number: 1, source: "Subject: x\n\nbody\n".to_owned() };

        assert_eq!(mail.plain_text(), mail.source);
    }

    #[test]
    fn numbers_go_on_after_the_newest() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["9.eml", "10.eml", "notes.txt", "x.eml"] {
            fs::write(folder.path().join(name), name).unwrap();
        }

        keep(folder.path(), "new").unwrap();

        let numbers: Vec<u32> = all(folder.path()).unwrap().iter().map(|mail| mail.number).collect();
        assert_eq!(numbers, [9, 10, 11]);
    }
}
