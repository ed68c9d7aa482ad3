//! Splits lines with quotes into cells.

use crate::row::Row;

/// How far a row with quotes is.
#[derive(Default)]
pub(super) struct Quoted {
    cell: String,
    inside: bool,
    /// The row goes on from the line before.
    continued: bool,
}

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// No quoted cell is left open.
    Closed,
    /// A quoted cell goes on on the next line.
    Open,
    /// The quote that closes a cell of an earlier line has text behind it: it opens another, and the first was astray.
    Astray,
}

/// Adds the cells of a line.
///
/// A quote opens a cell only at its beginning; within a quoted cell two of them are one. Text behind a closing quote belongs to the cell.
pub(super) fn split_quoted(text: &str, delimiter: u8, row: &mut Row, state: &mut Quoted) -> End {
    if state.continued {
        state.cell.push('\n');
    }
    let delimiter = char::from(delimiter);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if state.inside => {
                if letters.next_if_eq(&'"').is_some() {
                    state.cell.push('"');
                } else {
                    state.inside = false;
                    let next = letters.peek();
                    if std::mem::take(&mut state.continued) && next.is_some_and(|next| *next != delimiter) {
                        return End::Astray;
                    }
                }
            }
            '"' if state.cell.trim_start().is_empty() => {
                state.cell.clear();
                state.inside = true;
            }
            letter if letter == delimiter && !state.inside => {
                row.push(&state.cell);
                state.cell.clear();
            }
            letter => state.cell.push(letter),
        }
    }
    if state.inside {
        state.continued = true;
        return End::Open;
    }
    row.push(&state.cell);
    state.cell.clear();
    End::Closed
}
