use super::*;

fn rows(text: &str, columns: Option<usize>) -> Vec<(u64, Vec<String>, Option<&'static str>)> {
    let mut source = Delimited::new(
        text.as_bytes().to_vec(),
        Box::new(std::io::empty()),
        Encoding::Utf8,
        Limits::default(),
    );
    source.columns = columns;
    let mut rows = Vec::new();
    let mut row = Row::default();
    while source.next(&mut row).unwrap() {
        let cells = row.cells().map(str::to_owned).collect();
        rows.push((row.line, cells, row.broken.as_ref().map(|fault| fault.code)));
    }
    rows
}

fn cells(text: &str) -> Vec<Vec<String>> {
    rows(text, None).into_iter().map(|(_, cells, _)| cells).collect()
}

#[test]
fn quotes_keep_delimiters_and_double_quotes() {
    assert_eq!(cells("a,\"b,c\",\"d\"\"e\"\r\n"), [["a", "b,c", "d\"e"]]);
    assert_eq!(cells("a, \"b,c\" ,5\" pipe,\"\"\n"), [["a", "b,c", "5\" pipe", ""]]);
    assert_eq!(cells("=\"5319963211\",x"), [["=\"5319963211\"", "x"]]);
}

#[test]
fn a_cell_may_span_lines_when_the_row_is_whole_then() {
    let read = rows("a,\"b\nb2\",c\nd,e,f\n", Some(3));

    assert_eq!(read[0], (1, vec!["a".into(), "b\nb2".into(), "c".into()], None));
    assert_eq!(read[1], (3, vec!["d".into(), "e".into(), "f".into()], None));
}

#[test]
fn a_stray_quote_loses_its_own_row_only() {
    for text in ["a,\"b,c\nd,e,f\ng,h,i\n", "a,\"b,c\nd,\"e\",f\ng,h,i\n", "a,b,\"\nd,e,f\ng,h,i"] {
        let read = rows(text, Some(3));

        assert_eq!(read.len(), 3, "{text}");
        assert_eq!((read[0].0, read[0].2), (1, Some("stray-quote")), "{text}");
        assert_eq!((read[1].1.join(" "), read[1].2), ("d e f".into(), None), "{text}");
        assert_eq!((read[2].0, read[2].1.join(" ")), (3, "g h i".into()), "{text}");
    }
}

#[test]
fn a_row_that_is_too_long_is_named_and_the_next_is_read() {
    let text = format!("a,b\n{},x\nc,d\n", "9".repeat(400_000));

    let read = rows(&text, Some(2));

    assert_eq!(read.len(), 3);
    assert_eq!((read[1].0, read[1].2), (2, Some("row-too-long")));
    assert_eq!((read[2].0, read[2].1.join(" ")), (3, "c d".into()));
}

#[test]
fn blank_lines_count_as_lines() {
    let read = rows("a,b\n\n\nc,d", None);

    assert_eq!(read.iter().map(|row| row.0).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!(read[1].1.len(), 0);
}
