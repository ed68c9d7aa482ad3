//! The catalogue as a page of documentation.

use std::fmt::{self, Write};

use super::{MetricDescription, SECTIONS, Section};

const OPENING: &str = "\
# Metrics

Every figure of the statistics: what it is, how it is made, when there is none, and how other programs differ. This
page is made of the same texts as the docstrings of `crates/statistics`:

```sh
cargo run -p statistics --example metrics > docs/metrics.md
```

A figure that does not exist is null with the code of its reason, such as `no-losses`; never 0. Money, and what is made
of money by adding, multiplying and dividing, is exact; only roots, powers and logarithms are floating point.
";

/// The page `docs/metrics.md`.
pub fn markdown() -> String {
    let mut page = String::from(OPENING);
    // Writing to a text cannot fail.
    let _ = SECTIONS.iter().try_for_each(|section| write_section(&mut page, section));
    page
}

fn write_section(page: &mut String, section: &Section) -> fmt::Result {
    write!(page, "\n## {}\n\n{}\n", section.title, section.about)?;
    section.metrics.iter().try_for_each(|metric| write_metric(page, metric))
}

fn write_metric(page: &mut String, metric: &MetricDescription) -> fmt::Result {
    let MetricDescription { id, name, unit, formula, edges, source, elsewhere } = metric;
    write!(
        page,
        "\n### {name}\n\n`{id}`, {unit}\n\n```text\n{formula}\n```\n\n{edges}\n\nSource: {source}.\n"
    )?;
    if elsewhere.is_empty() {
        return Ok(());
    }
    write!(page, "\nElsewhere: {elsewhere}\n")
}
