use super::*;

#[test]
fn the_ways_of_brokers_are_read_exactly() {
    for (cell, point, expected) in [
        ("1234.50", Point::Dot, "1234.5"),
        ("1,234,567.89", Point::Dot, "1234567.89"),
        ("$1,200.00", Point::Dot, "1200"),
        ("($3,811.80)", Point::Dot, "-3811.8"),
        ("$(400.00)", Point::Dot, "-400"),
        ("(62.90)", Point::Dot, "-62.9"),
        ("90.00 $", Point::Dot, "90"),
        ("0,62 $", Point::Comma, "0.62"),
        ("€1,234.5", Point::Dot, "1234.5"),
        ("-€597.49846", Point::Dot, "-597.49846"),
        ("-$301.55", Point::Dot, "-301.55"),
        ("$-301.55", Point::Dot, "-301.55"),
        ("- 0.08", Point::Dot, "-0.08"),
        ("\u{2212}7", Point::Dot, "-7"),
        ("@187.50", Point::Dot, "187.5"),
        (".50", Point::Dot, "0.5"),
        ("-.50", Point::Dot, "-0.5"),
        ("5.", Point::Dot, "5"),
        ("+7", Point::Dot, "7"),
        ("1 234 567.5", Point::Dot, "1234567.5"),
        ("1\u{a0}234,5", Point::Comma, "1234.5"),
        ("1'234.5", Point::Dot, "1234.5"),
        ("12,34,567.50", Point::Indian, "1234567.5"),
        ("1,234,567.50", Point::Indian, "1234567.5"),
        ("1.234,50", Point::Comma, "1234.5"),
        ("7200,75", Point::Comma, "7200.75"),
        ("0.000000000000000001", Point::Dot, "0.000000000000000001"),
    ] {
        assert_eq!(parse(cell, point).map(|n| n.to_string()).as_deref(), Some(expected), "{cell}");
    }
}

#[test]
fn what_is_ambiguous_or_no_number_is_refused() {
    for cell in [
        "",
        ".",
        "-",
        "1,23",
        "12,3456",
        "1e5",
        "NaN",
        "1 2",
        "0x10",
        "--5",
        "=1+1",
        "1.2.3",
        "٣",
        "1,234 567",
        "$$5",
        "(-5)",
        "12,34,567",
        "0,005",
        "-0,250",
        "00,250",
    ] {
        assert_eq!(parse(cell, Point::Dot), None, "{cell}");
    }
    let fault = decimal("price", &"9".repeat(400), Point::Dot).unwrap_err();
    assert!(fault.message.contains("more than 100"), "{}", fault.message);
}

#[test]
fn what_may_be_two_numbers_is_refused_where_the_file_does_not_tell() {
    for (cell, expected) in [
        ("1.250", None),
        ("-1,250", None),
        ("1.250,5", Some("1250.5")),
        ("1,250.5", Some("1250.5")),
        ("12.5", Some("12.5")),
        ("12,5", Some("12.5")),
        ("1.000.000", Some("1000000")),
        ("1250", Some("1250")),
        ("0", Some("0")),
    ] {
        assert_eq!(parse(cell, Point::Unsure).map(|n| n.to_string()).as_deref(), expected, "{cell}");
    }
    assert_eq!(decimal("price", "1.250", Point::Unsure).unwrap_err().code, "ambiguous-number");
    assert_eq!(decimal("price", "ten", Point::Unsure).unwrap_err().code, "bad-number");
}

#[test]
fn nothing_is_none_and_zero_only_where_that_is_asked_for() {
    for cell in ["", "-", "--", "N/A", " "] {
        assert_eq!(optional("fee", cell, Point::Dot).unwrap(), None, "{cell}");
        assert_eq!(decimal_or_zero("fee", cell, Point::Dot).unwrap(), Decimal::ZERO, "{cell}");
    }
}

#[test]
fn units_come_off() {
    for (cell, known, number, unit) in [
        ("0.5BTC", None, "0.5", "BTC"),
        ("30,000.5USDT", None, "30000.5", "USDT"),
        ("0.10 Lots", None, "0.1", "Lots"),
        ("51INCH", Some("1INCH"), "5", "1INCH"),
        ("51INCH", None, "51", "INCH"),
        ("7", None, "7", ""),
    ] {
        let split = split_unit(cell, known, Point::Dot).map(|(number, unit)| (number.to_string(), unit));
        assert_eq!(split, Some((number.to_owned(), unit)), "{cell}");
    }
    assert_eq!(split_unit("BTC", None, Point::Dot), None);
}

#[test]
fn thirty_seconds_are_exact() {
    for (cell, expected) in
        [("112'16", "112.5"), ("112'165", "112.515625"), ("112'007", "112.0234375"), ("110.25", "110.25")]
    {
        let price = thirty_seconds(cell, Point::Dot).map(|price| price.to_string());
        assert_eq!(price.as_deref(), Some(expected), "{cell}");
    }
    for cell in ["112'32", "112'1", "112'163", "112'-1", "'16"] {
        assert_eq!(thirty_seconds(cell, Point::Dot), None, "{cell}");
    }
}
