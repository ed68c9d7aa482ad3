//! Elements of an XML file with their line and parent, as a stream.

use crate::ParseError;
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use std::{
    cell::Cell,
    collections::HashMap,
    io::{self, BufRead, Read},
    rc::Rc,
};

/// A row longer than this is hostile.
const MAX_ELEMENT_BYTES: usize = 64 * 1024;
/// Flex files are four deep.
const MAX_DEPTH: usize = 32;

/// One start tag.
pub(crate) struct Element {
    pub name: String,
    pub parent: String,
    /// The line on which it begins.
    pub line: u64,
    attributes: HashMap<String, String>,
}

impl Element {
    /// An attribute, trimmed; empty when absent or one of IBKR's nulls.
    pub fn get(&self, attribute: &str) -> &str {
        match self.attributes.get(attribute).map_or("", |value| value.trim()) {
            "-" | "--" | "N/A" => "",
            value => value,
        }
    }
}

/// Reads elements one after the other.
pub(crate) struct Elements<'a> {
    reader: Reader<Counting<Box<dyn BufRead + 'a>>>,
    lines: Rc<Cell<u64>>,
    open: Vec<String>,
    seen_root: Option<String>,
    buffer: Vec<u8>,
}

impl<'a> Elements<'a> {
    pub fn new(input: Box<dyn BufRead + 'a>) -> Self {
        let lines = Rc::new(Cell::new(1));
        let reader = Reader::from_reader(Counting { inner: input, lines: Rc::clone(&lines) });
        Self { reader, lines, open: Vec::new(), seen_root: None, buffer: Vec::new() }
    }

    /// True when the root element has this name.
    pub fn saw(&self, root: &str) -> bool {
        self.seen_root.as_deref() == Some(root)
    }

    /// The next start tag; `None` at the end of a whole file, which ends with `end`.
    pub fn next(&mut self, end: &'static str) -> Result<Option<Element>, ParseError> {
        loop {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer);
            let line = self.lines.get();
            match event.map_err(|error| broken(error, line, end))? {
                Event::Start(tag) => {
                    let element = element(&tag, self.open.last(), line)?;
                    if self.open.len() >= MAX_DEPTH {
                        return Err(ParseError::Forbidden { line, what: "nesting this deep" });
                    }
                    self.seen_root.get_or_insert_with(|| element.name.clone());
                    self.open.push(element.name.clone());
                    return Ok(Some(element));
                }
                Event::Empty(tag) => {
                    let element = element(&tag, self.open.last(), line)?;
                    self.seen_root.get_or_insert_with(|| element.name.clone());
                    return Ok(Some(element));
                }
                Event::End(_) => {
                    self.open.pop();
                }
                Event::DocType(_) => return Err(ParseError::Forbidden { line, what: "a DOCTYPE" }),
                Event::Eof if self.open.is_empty() => return Ok(None),
                Event::Eof => return Err(ParseError::Truncated { line, expected: end }),
                Event::Text(_)
                | Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::GeneralRef(_) => {}
            }
        }
    }
}

fn broken(error: quick_xml::Error, line: u64, end: &'static str) -> ParseError {
    if let quick_xml::Error::Io(error) = error {
        return ParseError::Io(io::Error::new(error.kind(), error.to_string()));
    }
    // A tag, quote or comment that never ends.
    if let quick_xml::Error::Syntax(_) = error {
        return ParseError::Truncated { line, expected: end };
    }
    if let quick_xml::Error::Encoding(_) = error {
        return ParseError::NotText { offset: 0 };
    }
    ParseError::Malformed { line, problem: format!("not well-formed XML: {error}") }
}

fn element(tag: &BytesStart<'_>, parent: Option<&String>, last_line: u64) -> Result<Element, ParseError> {
    let raw: &str = tag.as_ref();
    let breaks = raw.bytes().filter(|byte| *byte == b'\n').count();
    let line = last_line.saturating_sub(u64::try_from(breaks).unwrap_or_default());
    if raw.len() > MAX_ELEMENT_BYTES {
        return Err(ParseError::Forbidden { line, what: "an element of more than 64 KiB" });
    }
    let malformed = |problem: String| ParseError::Malformed { line, problem };
    let name = tag.name().as_ref().to_owned();
    let mut attributes = HashMap::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| malformed(format!("not well-formed XML: {error}")))?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| malformed(format!("not well-formed XML: {error}")))?;
        attributes.insert(attribute.key.as_ref().to_owned(), value.into_owned());
    }
    Ok(Element { name, parent: parent.cloned().unwrap_or_default(), line, attributes })
}

/// Counts the lines that were consumed.
struct Counting<R> {
    inner: R,
    lines: Rc<Cell<u64>>,
}

impl<R: BufRead> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..length), available.get(..length)) {
            to.copy_from_slice(from);
        }
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Counting<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        if let Ok(buffer) = self.inner.fill_buf() {
            let consumed = buffer.get(..amount).unwrap_or_default();
            let breaks = consumed.split(|byte| *byte == b'\n').count() - 1;
            self.lines.set(self.lines.get() + u64::try_from(breaks).unwrap_or_default());
        }
        self.inner.consume(amount);
    }
}
