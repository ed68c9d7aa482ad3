//! The programs that deploy: their types, lints, and tests against a fake of AWS.

use super::{Checks, Verdict};
use crate::{folder::Folder, node::Node};

/// Their folder in the checkout.
const FOLDER: &str = "infra/delivery";

/// Makes all three; skipped without Node.js.
pub(crate) fn check(checks: &mut Checks, folder: &Folder) {
    let node = Node::ready(folder).and_then(|node| node.packages(FOLDER).map(|()| node));
    for (name, script) in
        [("delivery: lint", "lint"), ("delivery: types", "typecheck"), ("delivery: tests", "test")]
    {
        match &node {
            Ok(node) => checks.command(name, node.command("npm", FOLDER).args(["run", "--silent", script])),
            Err(error) => checks.make(name, || Ok(Verdict::Skipped(format!("{error:#}")))),
        }
    }
}
