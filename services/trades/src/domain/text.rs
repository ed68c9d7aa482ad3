//! Text that callers write: how long it may be and what it may hold.

use super::invalid::Invalid;

/// One line of at most `longest` characters; surrounding white space is cut off, and the rest may be empty.
pub fn line(field: &'static str, text: &str, longest: usize) -> Result<String, Invalid> {
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Err(Invalid::new(field, "must not hold control characters"));
    }
    at_most(field, text, longest)?;
    Ok(text.to_owned())
}

/// Like [`line()`], but not empty.
pub fn required_line(field: &'static str, text: &str, longest: usize) -> Result<String, Invalid> {
    let line = line(field, text, longest)?;
    if line.is_empty() { Err(Invalid::new(field, "must not be empty")) } else { Ok(line) }
}

/// Text of several lines, of at most `longest` characters.
pub fn lines(field: &'static str, text: &str, longest: usize) -> Result<String, Invalid> {
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Invalid::new(field, "must not hold control characters but tabs and line ends"));
    }
    at_most(field, text, longest)?;
    Ok(text.to_owned())
}

fn at_most(field: &'static str, text: &str, longest: usize) -> Result<(), Invalid> {
    if text.chars().count() > longest {
        return Err(Invalid::new(field, format!("must have at most {longest} characters")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_and_counted_in_characters() {
        assert_eq!(line("name", "  Zürich ", 6), Ok("Zürich".to_owned()));
        assert_eq!(line("name", "Zürich!", 6).unwrap_err().field, "name");
    }

    #[test]
    fn nul_and_other_control_characters_are_refused() {
        assert!(line("name", "a\0b", 10).is_err());
        assert!(line("name", "a\nb", 10).is_err());
        assert!(lines("notes", "a\0b", 10).is_err());
        assert_eq!(lines("notes", "a\r\n\tb", 10), Ok("a\r\n\tb".to_owned()));
    }

    #[test]
    fn a_required_line_is_more_than_white_space() {
        assert!(required_line("name", " \u{a0} ", 10).is_err());
    }
}
