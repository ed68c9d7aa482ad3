//! Elements of an XML file with their line and parent, as a stream.

mod counting;
mod element;

use crate::ParseError;
use counting::Counting;
pub(crate) use element::Element;
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use std::{
    cell::Cell,
    io::{self, BufRead},
    rc::Rc,
};

/// A row longer than this is hostile.
const MAX_ELEMENT_BYTES: usize = 64 * 1024;
/// Flex files are four deep.
const MAX_DEPTH: usize = 32;

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
        let reader = Reader::from_reader(Counting::new(input, Rc::clone(&lines)));
        Self { reader, lines, open: Vec::new(), seen_root: None, buffer: Vec::new() }
    }

    /// True when the root element has this name.
    pub fn saw(&self, root: &str) -> bool {
        self.seen_root.as_deref() == Some(root)
    }

    /// Reads the next start tag; `false` at the end of a whole file, which ends with `end`.
    pub fn next(&mut self, element: &mut Element, end: &'static str) -> Result<bool, ParseError> {
        loop {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer);
            let line = self.lines.get();
            match event.map_err(|error| broken(error, line, end))? {
                Event::Start(tag) => {
                    fill(element, &tag, &self.open, line)?;
                    if self.open.len() >= MAX_DEPTH {
                        return Err(ParseError::Forbidden { line, what: "nesting this deep" });
                    }
                    self.seen_root.get_or_insert_with(|| element.name().to_owned());
                    self.open.push(element.name().to_owned());
                    return Ok(true);
                }
                Event::Empty(tag) => {
                    fill(element, &tag, &self.open, line)?;
                    self.seen_root.get_or_insert_with(|| element.name().to_owned());
                    return Ok(true);
                }
                Event::End(_) => {
                    self.open.pop();
                }
                Event::DocType(_) => return Err(ParseError::Forbidden { line, what: "a DOCTYPE" }),
                Event::Eof if self.open.is_empty() => return Ok(false),
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

fn fill(
    element: &mut Element,
    tag: &BytesStart<'_>,
    open: &[String],
    last_line: u64,
) -> Result<(), ParseError> {
    let raw: &str = tag.as_ref();
    let breaks = raw.bytes().filter(|byte| *byte == b'\n').count();
    let line = last_line.saturating_sub(u64::try_from(breaks).unwrap_or_default());
    if raw.len() > MAX_ELEMENT_BYTES {
        return Err(ParseError::Forbidden { line, what: "an element of more than 64 KiB" });
    }
    let malformed =
        |problem: String| ParseError::Malformed { line, problem: format!("not well-formed XML: {problem}") };
    element.start(tag.name().as_ref(), line, open.len(), open.last());
    let mut attributes = tag.attributes();
    // Of two attributes with one name the first counts.
    for attribute in attributes.with_checks(false) {
        let attribute = attribute.map_err(|error| malformed(error.to_string()))?;
        let plain = !attribute.value.bytes().any(|byte| matches!(byte, b'&' | b'\n' | b'\r' | b'\t'));
        if plain {
            element.push(attribute.key.as_ref(), &attribute.value);
        } else {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            element.push(attribute.key.as_ref(), &value.map_err(|error| malformed(error.to_string()))?);
        }
    }
    Ok(())
}
