//! A file that was opened: what kind it is by its first bytes, and its rows.

use crate::{
    Limits, ParseError, decode,
    source::{Delimited, Encoding, Page, Source, Workbook},
};
use std::io::{BufRead, Cursor, Read as _};

/// Bytes that a file's kind, delimiter and decimal sign are guessed from.
pub(crate) const HEAD: u64 = 64 * 1024;

/// What a file is, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Lines of text.
    Text,
    /// Elements; not a web page.
    Xml,
    /// A web page.
    Page,
    /// An Excel workbook, or another archive.
    Workbook,
}

/// A file of which the head was read.
pub(crate) struct File<'a> {
    head: Vec<u8>,
    rest: Box<dyn BufRead + 'a>,
    limits: Limits,
    kind: Kind,
}

impl<'a> File<'a> {
    /// Reads the head, as UTF-8 unless the file is a workbook.
    pub fn open(input: &'a mut dyn BufRead, limits: Limits) -> Result<Self, ParseError> {
        if input.fill_buf()?.starts_with(b"PK") {
            let rest: Box<dyn BufRead + 'a> = Box::new(input);
            return Ok(Self { head: Vec::new(), rest, limits, kind: Kind::Workbook });
        }
        let mut rest = decode::utf8(input)?;
        let mut head = Vec::new();
        rest.by_ref().take(HEAD).read_to_end(&mut head)?;
        let kind = text_kind(&head);
        Ok(Self { head, rest, limits, kind })
    }

    /// The same file, with what looks like XML taken for lines of text: names of columns may stand in angle brackets.
    pub fn without_xml(mut self) -> Self {
        if self.kind == Kind::Xml {
            self.kind = Kind::Text;
        }
        self
    }

    /// What it is.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// What was read of it so far.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Its rows.
    pub fn rows(self, encoding: Encoding) -> Result<Box<dyn Source + 'a>, ParseError> {
        let limits = self.limits;
        Ok(match self.kind {
            Kind::Text => Box::new(Delimited::new(self.head, self.rest, encoding, limits)),
            Kind::Xml | Kind::Page => {
                Box::new(Page::new(Box::new(Cursor::new(self.head).chain(self.rest)), encoding, limits))
            }
            Kind::Workbook => Box::new(Workbook::open(self.whole()?, limits)?),
        })
    }

    /// Its text, from the beginning.
    pub fn text(self) -> Box<dyn BufRead + 'a> {
        Box::new(Cursor::new(self.head).chain(self.rest))
    }

    fn whole(self) -> Result<Vec<u8>, ParseError> {
        let most = self.limits.workbook_bytes;
        let mut bytes = self.head;
        self.rest.take(most + 1).read_to_end(&mut bytes)?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > most {
            return Err(ParseError::Bomb(format!("it has more than {most} bytes")));
        }
        Ok(bytes)
    }
}

fn text_kind(head: &[u8]) -> Kind {
    let start = head.trim_ascii_start();
    if start.first() != Some(&b'<') {
        return Kind::Text;
    }
    let start = start.get(..start.len().min(4096)).unwrap_or_default().to_ascii_lowercase();
    let has = |text: &[u8]| start.windows(text.len()).any(|window| window == text);
    if has(b"<html") || has(b"<!doctype html") || has(b"<table") { Kind::Page } else { Kind::Xml }
}
