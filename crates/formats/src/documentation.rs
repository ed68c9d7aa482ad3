//! `docs/formats.md`, made of what the readers say of themselves.

use crate::Format;

const INTRO: &str = include_str!("documentation/intro.md");
const GENERIC: &str = include_str!("documentation/generic.md");

/// The page `docs/formats.md`: what holds for all formats, a table of them, each one, and the generic layout in full.
pub fn markdown() -> String {
    let formats = Format::all();
    let rows: Vec<String> = formats.iter().map(|format| row(*format)).collect();
    let sections: Vec<String> = formats.iter().map(|format| section(*format)).collect();
    format!(
        "{INTRO}\n## All formats\n\n| id | file | a row is |\n|---|---|---|\n{}\n\n{}\n{GENERIC}",
        rows.join("\n"),
        sections.join("\n")
    )
}

fn row(format: Format) -> String {
    format!("| `{}` | {} | one {} |", format.id(), format.name(), format.doc().kind.as_text())
}

fn section(format: Format) -> String {
    let doc = format.doc();
    format!(
        "## {}\n\n`{}`. {}\n\n- **Carries**: {}\n- **Times**: {}\n- **Fees**: {}\n- **Identity**: {}\n- **Limits**: {}\n",
        doc.name, doc.id, doc.how, doc.carries, doc.times, doc.fees, doc.identity, doc.limits
    )
}
