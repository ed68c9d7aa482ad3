//! Guesses delimiter and decimal sign from the first rows.

use crate::numbers::Point;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Lines that are looked at.
const LINES: usize = 60;

/// The delimiter that most lines have equally many of, outside of quotes. A comma when none stands out.
pub(super) fn delimiter(head: &[u8]) -> u8 {
    let mut best = (b',', 0);
    for delimiter in [b',', b';', b'\t', b'|'] {
        let mut lines_by_count = BTreeMap::new();
        for line in head.split(|byte| *byte == b'\n').take(LINES) {
            *lines_by_count.entry(outside_quotes(line, delimiter)).or_insert(0) += 1;
        }
        let score = lines_by_count.into_iter().map(|(count, lines)| count * lines).max().unwrap_or_default();
        if score > best.1 {
            best = (delimiter, score);
        }
    }
    best.0
}

fn outside_quotes(line: &[u8], delimiter: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in line {
        match byte {
            b'"' => quoted = !quoted,
            byte if *byte == delimiter && !quoted => count += 1,
            _ => {}
        }
    }
    count
}

/// Weighs how cells write decimals.
#[derive(Default)]
pub(super) struct PointVotes {
    dots: usize,
    commas: usize,
}

impl PointVotes {
    /// Takes a cell into account when only one reading of it makes sense.
    pub fn weigh(&mut self, cell: &str) {
        let cell = cell.trim_matches(|c: char| !c.is_ascii_digit());
        if !cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')) {
            return;
        }
        let Some(last) = cell.rfind([',', '.']) else { return };
        let sign = cell.as_bytes().get(last).copied().unwrap_or_default();
        let decimals = cell.len() - last - 1;
        let same = cell.bytes().filter(|byte| *byte == sign).count();
        let other = cell.bytes().any(|byte| byte != sign && matches!(byte, b',' | b'.'));
        let whole = cell.get(..last).unwrap_or_default();
        let cannot_be_a_group = decimals != 3 || whole.len() > 3 || whole == "0";
        if same == 1 && (other || cannot_be_a_group) {
            *(if sign == b'.' { &mut self.dots } else { &mut self.commas }) += 1;
        }
    }

    /// The verdict. Where there is none, a file with commas between its cells has points in its numbers; other files do not tell.
    pub fn point(&self, delimiter: u8) -> Point {
        match self.dots.cmp(&self.commas) {
            Ordering::Less => Point::Comma,
            Ordering::Equal if delimiter != b',' => Point::Unsure,
            Ordering::Equal | Ordering::Greater => Point::Dot,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_what_rows_have_most_of_outside_of_quotes() {
        for (head, expected) in [
            ("a,b,c\n1,2,3\n", b','),
            ("sep=;\na;b;c\n1,5;2,5;3,5\n", b';'),
            ("a\tb\n\"1,2,3\"\t2\n", b'\t'),
            ("a|b|c\n", b'|'),
            ("nothing", b','),
        ] {
            assert_eq!(delimiter(head.as_bytes()), expected, "{head}");
        }
    }

    #[test]
    fn the_decimal_sign_is_decided_by_cells_that_allow_one_reading() {
        for (cells, delimiter, expected) in [
            (vec!["1,234", "7200,75"], b';', Point::Comma),
            (vec!["1,234", "7200.75"], b';', Point::Dot),
            (vec!["1.234,50"], b',', Point::Comma),
            (vec!["1,234"], b';', Point::Unsure),
            (vec!["1,234"], b',', Point::Dot),
            (vec!["1.234", "7"], b'\t', Point::Unsure),
            (vec!["1,234", "2026.01.05"], b',', Point::Dot),
            (vec!["0,62 $"], b',', Point::Comma),
        ] {
            let mut votes = PointVotes::default();
            for cell in &cells {
                votes.weigh(cell);
            }
            assert_eq!(votes.point(delimiter), expected, "{cells:?}");
        }
    }
}
