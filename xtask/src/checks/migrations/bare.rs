//! SQL without comments and without what stands in its literals: what is left are the words that do something.

use std::borrow::Cow;

/// The text in small letters, brackets and commas apart from words, a space where a comment was. Lines stay where they are.
pub(super) fn bare(text: &str) -> String {
    let mut bare = String::new();
    let mut rest = text;
    // A name may go on with a quote or a dollar, which then begins nothing.
    let mut before = ' ';
    while let Some(next) = rest.chars().next() {
        let (kept, len) = token(rest, next, is_of_name(before));
        let (taken, left) = rest.split_at(len.clamp(next.len_utf8(), rest.len()));
        bare.push_str(&kept);
        if taken.chars().nth(1).is_some() {
            bare.extend(taken.chars().filter(|c| *c == '\n'));
        }
        before = taken.chars().next_back().unwrap_or(' ');
        rest = left;
    }
    bare
}

/// What is kept of what the text begins with, and how long that is.
fn token(rest: &str, next: char, in_name: bool) -> (Cow<'static, str>, usize) {
    match next {
        '-' if rest.starts_with("--") => (" ".into(), rest.find('\n').unwrap_or(rest.len())),
        '/' if rest.starts_with("/*") => (" ".into(), end_of_comment(rest)),
        'e' | 'E' if !in_name && rest.chars().nth(1) == Some('\'') => ("''".into(), end_of_escaped(rest)),
        '\'' => ("''".into(), end_of(rest, "'", "'")),
        '"' => {
            let len = end_of(rest, "\"", "\"");
            (plain(rest.get(..len).unwrap_or_default()).into(), len)
        }
        '$' if !in_name => match dollar_quote(rest) {
            Some(quote) => ("''".into(), end_of(rest, quote, quote)),
            None => ("$".into(), 1),
        },
        '(' | ')' | ',' => (format!(" {next} ").into(), 1),
        _ => (next.to_lowercase().to_string().into(), next.len_utf8()),
    }
}

/// Whether a name may go on with this.
pub(super) const fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$') || !c.is_ascii()
}

/// A quoted name, in which nothing looks like a word or ends a statement.
fn plain(name: &str) -> String {
    let plain = |c: char| if is_of_name(c) { c } else { '_' };
    format!("\"{}\"", name.trim_matches('"').chars().map(plain).collect::<String>())
}

/// How long what begins with `open` is.
fn end_of(text: &str, open: &str, close: &str) -> usize {
    let inner = text.get(open.len()..).unwrap_or_default();
    inner.find(close).map_or(text.len(), |end| open.len() + end + close.len())
}

/// Comments of this kind stand in each other.
fn end_of_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// `E'...'`: a backslash takes the next character's meaning, and the literal may go on in the next line.
fn end_of_escaped(text: &str) -> usize {
    let mut at = 2;
    while let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) {
        at += next.len_utf8();
        match next {
            '\\' => at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8),
            '\'' => {
                let rest = text.get(at..).unwrap_or_default();
                if rest.starts_with('\'') {
                    at += 1;
                } else if let Some(next) = goes_on(rest) {
                    at += next;
                } else {
                    return at;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// Where a literal goes on after its quote: behind the end of a line, white space and comments to the ends of their lines.
fn goes_on(rest: &str) -> Option<usize> {
    let mut left = rest.trim_start();
    if !rest.get(..rest.len() - left.len())?.contains(['\n', '\r']) {
        return None;
    }
    while left.starts_with("--") {
        left = left.find('\n').and_then(|end| left.get(end..))?.trim_start();
    }
    Some(rest.len() - left.strip_prefix('\'')?.len())
}

/// `$$` or `$name$`.
fn dollar_quote(text: &str) -> Option<&str> {
    let name = text.strip_prefix('$')?.find('$')?;
    let quote = text.get(..name + 2)?;
    let inner = quote.trim_matches('$');
    let is_name = inner.chars().all(is_of_name) && !inner.starts_with(|c: char| c.is_ascii_digit());
    is_name.then_some(quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        bare(text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_follows_a_literal_a_name_or_a_comment_is_seen() {
        for (text, expected) in [
            (r"SELECT E'a\'b'; LOCK t; --'", "select ''; lock t;"),
            (r"SELECT e'\\'; LOCK t; --'", "select ''; lock t;"),
            (r"SELECT E'a''b\'c'; LOCK t", "select ''; lock t"),
            ("SELECT E'a' -- no\n'b'; LOCK t", "select '' ''; lock t"),
            ("SELECT E'a'\n-- yes\n'b\\'c'; LOCK t", "select '' ; lock t"),
            // Without E a backslash is one, and so it is where the E belongs to a name.
            (r"SELECT 'a\'; LOCK t; --'", "select ''; lock t;"),
            (r"SELECT date'a\'; LOCK t; --'", "select date''; lock t;"),
            (r#"SELECT 1 AS "it's"; LOCK t; --'"#, r#"select 1 as "it_s"; lock t;"#),
            (r#"SELECT 1 AS "a;""b" ; LOCK t"#, r#"select 1 as "a_""b" ; lock t"#),
            ("/* a /* b */ ' */ LOCK t /* ' */", "lock t"),
            ("LOCK/**/TABLE t", "lock table t"),
            ("SELECT a$b$ FROM t; LOCK t; SELECT $b$", "select a$b$ from t; lock t; select ''"),
            ("SELECT $1, $2; LOCK t", "select $1 , $2; lock t"),
            ("CHECK(a>0)", "check ( a>0 )"),
            ("/* never ended", ""),
            ("E'never ended", "''"),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn lines_stay_where_they_are() {
        let text = "a\n/* \n */b\n'\n'\n$x$\n$x$\n-- c\nE'\n'\nz";

        assert_eq!(bare(text).matches('\n').count(), text.matches('\n').count());
    }
}
