//! One start tag with its attributes.

use std::ops::Range;

/// One start tag. Its buffers are used again for the next one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Element {
    /// The line on which it begins.
    pub line: u64,
    /// How many elements are around it.
    pub depth: usize,
    /// The element around it; empty for the root.
    pub parent: String,
    text: String,
    name: Range<usize>,
    attributes: Vec<(Range<usize>, Range<usize>)>,
}

impl Element {
    /// Makes room for the next element.
    pub(super) fn start(&mut self, name: &str, line: u64, depth: usize, parent: Option<&String>) {
        self.text.clear();
        self.attributes.clear();
        self.parent.clear();
        self.parent.push_str(parent.map_or("", String::as_str));
        self.line = line;
        self.depth = depth;
        self.name = self.write(name);
    }

    /// Adds an attribute.
    pub(super) fn push(&mut self, name: &str, value: &str) {
        let (name, value) = (self.write(name), self.write(value));
        self.attributes.push((name, value));
    }

    fn write(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    fn read(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// The name of the element.
    pub fn name(&self) -> &str {
        self.read(&self.name)
    }

    /// An attribute, trimmed; empty when absent or one of the broker's nulls.
    pub fn get(&self, attribute: &str) -> &str {
        let found = self.attributes.iter().find(|(name, _)| self.read(name) == attribute);
        match found.map_or("", |(_, value)| self.read(value).trim()) {
            "-" | "--" | "N/A" => "",
            value => value,
        }
    }

    /// The first of these attributes that says something.
    pub fn any(&self, attributes: &[&str]) -> &str {
        attributes
            .iter()
            .map(|attribute| self.get(attribute))
            .find(|value| !value.is_empty())
            .unwrap_or_default()
    }

    /// The values of all attributes.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.attributes.iter().map(|(_, value)| self.read(value))
    }
}
