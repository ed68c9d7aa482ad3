//! Tables of a web page (MetaTrader reports), streamed: rows are `<tr>`, cells are `<td>` and `<th>`.

mod positions;

use super::{Each, Encoding, Source};
use crate::{Limits, ParseError, numbers::Point, row::Row, tally::Fault};
use encoding_rs::WINDOWS_1252;
use html5gum::{DefaultEmitter, HtmlString, IoReader, StartTag, Token, Tokenizer};
use positions::{Counting, Positions};
use std::{borrow::Cow, io::Read};

/// A page's tables as one sequence of rows. Cells of the class `hidden` only pad the page and are left out; a cell that spans columns is
/// followed by empty ones.
pub(crate) struct Page<'a> {
    tokens: Tokenizer<IoReader<Counting<Box<dyn Read + 'a>>>, DefaultEmitter<usize>>,
    positions: Positions,
    encoding: Encoding,
    limits: Limits,
    point: Point,
}

/// The row and cell that are open.
#[derive(Default)]
struct Open {
    row: Row,
    in_row: bool,
    cell: Option<Cell>,
}

#[derive(Default)]
struct Cell {
    text: String,
    hidden: bool,
    span: usize,
}

impl<'a> Page<'a> {
    pub fn new(input: Box<dyn Read + 'a>, encoding: Encoding, limits: Limits) -> Self {
        let positions = Positions::default();
        let mut emitter = DefaultEmitter::new_with_span();
        emitter.naively_switch_states(true);
        let input = Counting::new(input, positions.clone());
        let tokens = Tokenizer::new_with_emitter(IoReader::new(input), emitter);
        Self { tokens, positions, encoding, limits, point: Point::Dot }
    }

    fn text(&self, text: &[u8], offset: usize) -> Result<String, ParseError> {
        match (std::str::from_utf8(text), self.encoding) {
            (Ok(text), _) => Ok(text.to_owned()),
            (Err(_), Encoding::OrWindows1252) => {
                Ok(WINDOWS_1252.decode_without_bom_handling(text).0.into_owned())
            }
            (Err(_), Encoding::Utf8) => {
                Err(ParseError::NotText { offset: u64::try_from(offset).unwrap_or_default() })
            }
        }
    }

    fn start(&self, tag: &StartTag<usize>, open: &mut Open, each: &mut Each<'_>) -> Result<(), ParseError> {
        match tag.name.as_slice() {
            b"tr" => {
                open.end_row(&self.limits, each)?;
                open.row.start(self.positions.line_at(tag.span.start));
                open.in_row = true;
            }
            b"td" | b"th" if open.in_row => {
                open.end_cell(&self.limits);
                let attribute = |name: &str| {
                    let name = HtmlString::from(name.as_bytes().to_vec());
                    tag.attributes.get(&name).map(|value| String::from_utf8_lossy(value).into_owned())
                };
                let hidden = attribute("class").is_some_and(|c| c.split_whitespace().any(|c| c == "hidden"));
                let span = attribute("colspan").and_then(|span| span.trim().parse().ok()).unwrap_or(1);
                if let Some(title) = attribute("title") {
                    open.row.title = title;
                }
                open.cell = Some(Cell { text: String::new(), hidden, span });
            }
            b"br" => open.write(" ", &self.limits),
            _ => {}
        }
        Ok(())
    }
}

impl Open {
    fn write(&mut self, text: &str, limits: &Limits) {
        if let Some(cell) = &mut self.cell {
            if self.row.bytes() + cell.text.len() + text.len() > limits.row_bytes {
                let message = format!("a row has at most {} bytes", limits.row_bytes);
                self.row.broken = Some(Fault::new("row", "row-too-long", message));
            } else {
                cell.text.push_str(text);
            }
        }
    }

    fn end_cell(&mut self, limits: &Limits) {
        let Some(cell) = self.cell.take().filter(|cell| !cell.hidden) else { return };
        let words: Vec<&str> = cell.text.split_whitespace().collect();
        self.row.push(&words.join(" "));
        for _ in 1..cell.span.min(limits.cells) {
            self.row.push("");
        }
        if self.row.len() > limits.cells {
            let message = format!("a row has at most {} cells", limits.cells);
            self.row.broken = Some(Fault::new("row", "too-many-cells", message));
        }
    }

    fn end_row(&mut self, limits: &Limits, each: &mut Each<'_>) -> Result<(), ParseError> {
        self.end_cell(limits);
        if std::mem::take(&mut self.in_row) {
            each(&self.row)?;
        }
        Ok(())
    }
}

impl Source for Page<'_> {
    fn each(&mut self, each: &mut Each<'_>) -> Result<(), ParseError> {
        let mut open = Open::default();
        while let Some(token) = self.tokens.next() {
            match token.map_err(ParseError::Io)? {
                Token::StartTag(tag) => self.start(&tag, &mut open, each)?,
                Token::EndTag(tag) => match tag.name.as_slice() {
                    b"td" | b"th" => open.end_cell(&self.limits),
                    b"tr" | b"table" => open.end_row(&self.limits, each)?,
                    _ => {}
                },
                Token::String(text) if open.cell.is_some() => {
                    let text: Cow<'_, str> = self.text(&text.value, text.span.start)?.into();
                    open.write(&text, &self.limits);
                }
                Token::String(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        open.end_row(&self.limits, each)
    }

    fn point(&self) -> Point {
        self.point
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(html: &str) -> Vec<(u64, Vec<String>)> {
        let mut page = Page::new(Box::new(html.as_bytes()), Encoding::Utf8, Limits::default());
        let mut rows = Vec::new();
        page.each(&mut |row| {
            rows.push((row.line, row.cells().map(str::to_owned).collect()));
            Ok(0)
        })
        .unwrap();
        rows
    }

    #[test]
    fn rows_have_their_lines_and_hidden_cells_are_left_out() {
        let read = rows(
            "<!DOCTYPE html><html><head><style>td { }</style></head>\n<table>\n<tr><th colspan=\"2\">Deals</th></tr>\n\
             <tr bgcolor=#FFF><td>1&nbsp;000.5</td><td class=\"hidden\" colspan=\"8\">x</td><td><b>a</b><br>b</td>\n</tr></table>",
        );

        assert_eq!(read[0], (3, vec!["Deals".to_owned(), String::new()]));
        assert_eq!(read[1], (4, vec!["1 000.5".to_owned(), "a b".to_owned()]));
        assert_eq!(read.len(), 2);
    }

    #[test]
    fn cells_and_rows_that_nobody_closes_end_with_the_next() {
        let read = rows("<table><tr><td>a<td>b<tr><td>c");

        assert_eq!(read.into_iter().map(|row| row.1.join("|")).collect::<Vec<_>>(), ["a|b", "c"]);
    }
}
