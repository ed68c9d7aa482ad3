//! Plain tables for a terminal: columns as wide as their widest cell.

/// Which side of its column a cell stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// Lines of a table with a heading, indented by two.
pub(crate) fn lines<const N: usize>(heading: [(&str, Align); N], rows: &[[String; N]]) -> Vec<String> {
    let titles = heading.map(|(title, _)| title.to_owned());
    let all: Vec<&[String; N]> = std::iter::once(&titles).chain(rows).collect();
    let mut widths = [0; N];
    for row in &all {
        for (width, cell) in widths.iter_mut().zip(row.iter()) {
            *width = (*width).max(cell.chars().count());
        }
    }
    all.into_iter()
        .map(|row| {
            let cells = row.iter().zip(heading).zip(widths).map(|((cell, (_, align)), width)| match align {
                Align::Left => format!("{cell:<width$}"),
                Align::Right => format!("{cell:>width$}"),
            });
            format!("  {}", cells.collect::<Vec<_>>().join("   ")).trim_end().to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [["a.csv".to_owned(), "1".to_owned()], ["bé".to_owned(), "1,000".to_owned()]];

        let lines = lines([("file", Align::Left), ("rows", Align::Right)], &rows);

        assert_eq!(lines, ["  file     rows", "  a.csv       1", "  bé      1,000"]);
    }
}
