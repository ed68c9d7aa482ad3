//! A notice as a mail: the same words as plain text and as HTML.

mod account;
mod digest;

pub(crate) use account::Content;

use super::notice::Notice;

/// A mail without its addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// A link of a mail: what it is called, and where it leads.
struct Link<'a> {
    label: &'a str,
    url: &'a str,
}

impl Link<'_> {
    fn as_html(&self) -> String {
        format!("<a href=\"{}\">{}</a>", escaped(self.url), escaped(self.label))
    }
}

impl Letter {
    /// The mail about `notice`. `journal_url`: where the user finds the journal.
    pub fn of(notice: &Notice, journal_url: &str) -> Self {
        let why = "You get this mail because you asked to be told when an import ends. \
                   Your notification preferences turn it off.";
        let link = Link { label: "Open your journal", url: journal_url };
        Self::compose(&notice.title, &[&notice.body], &link, why)
    }

    /// `why` the user gets it stands below the rest.
    fn compose(subject: &str, paragraphs: &[&str], link: &Link<'_>, why: &str) -> Self {
        Self::parts(subject, paragraphs, link, (why, &escaped(why)))
    }

    /// A mail that the user may turn off: where, stands below why it comes.
    fn compose_optional(
        subject: &str,
        paragraphs: &[&str],
        link: &Link<'_>,
        why: &str,
        off: &Link<'_>,
    ) -> Self {
        let text = format!("{why}\n{}: {}", off.label, off.url);
        let html = format!("{}<br>{}", escaped(why), off.as_html());
        Self::parts(subject, paragraphs, link, (&text, &html))
    }

    /// `why` as text and as HTML.
    fn parts(subject: &str, paragraphs: &[&str], link: &Link<'_>, why: (&str, &str)) -> Self {
        let (why, why_html) = why;
        let text = format!("{}\n\n{}: {}\n\n-- \n{why}\n", paragraphs.join("\n\n"), link.label, link.url);
        let (title, link) = (escaped(subject), link.as_html());
        let body: Vec<String> = paragraphs.iter().map(|text| format!("<p>{}</p>", escaped(text))).collect();
        let body = body.join("\n");
        let html = format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\n\
             <body style=\"font-family: sans-serif; line-height: 1.5\">\n\
             {body}\n<p>{link}</p>\n\
             <p style=\"color: #666; font-size: small\">{why_html}</p>\n</body></html>\n"
        );
        Self { subject: subject.to_owned(), text, html }
    }
}

/// Text as HTML shows it (also within a quoted attribute).
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn names_in_a_file_are_text_and_never_markup() {
        let notice = Notice {
            kind: "import-finished",
            title: "<b>.csv imported".to_owned(),
            body: "<b>.csv imported into \"A & B's\": 1 new fill.".to_owned(),
            subject_id: Uuid::nil(),
            brought: None,
        };

        let letter = Letter::of(&notice, "https://journal.example/?a=1&b=2");

        assert_eq!(letter.subject, "<b>.csv imported");
        assert!(letter.text.starts_with(&notice.body), "{}", letter.text);
        assert!(
            letter.text.contains("\nOpen your journal: https://journal.example/?a=1&b=2\n"),
            "{}",
            letter.text
        );
        let escaped = "<p>&lt;b&gt;.csv imported into &quot;A &amp; B&#39;s&quot;: 1 new fill.</p>";
        assert!(letter.html.contains(escaped), "{}", letter.html);
        assert!(letter.html.contains("href=\"https://journal.example/?a=1&amp;b=2\""), "{}", letter.html);
        assert!(!letter.html.contains("<b>"), "{}", letter.html);
    }
}
