//! Prints `docs/formats.md`.

#[expect(clippy::print_stdout, reason = "the page is what this example is asked for")]
fn main() {
    print!("{}", formats::markdown());
}
