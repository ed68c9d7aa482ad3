//! The exchange rates that a file tells, to a base currency that it may tell last or not at all.

use crate::domain::{
    import::{Diagnostic, Diagnostics},
    instant,
    rate::{MOST, Rate},
};
use formats::ParsedRate;
use ledger::Decimal;
use std::collections::{BTreeMap, btree_map::Entry};
use time::OffsetDateTime;

/// The rates of a file, by currency and time.
#[derive(Debug, Default)]
pub(super) struct ToldRates(BTreeMap<(String, OffsetDateTime), Told>);

/// What a row tells.
#[derive(Debug)]
struct Told {
    line: u64,
    rate: Decimal,
}

impl ToldRates {
    /// Keeps a rate: of several of one currency and time the first, and no more than a user may have.
    pub(super) fn take(&mut self, parsed: ParsedRate) {
        let has_room = i64::try_from(self.0.len()).is_ok_and(|rates| rates < MOST);
        let key = (parsed.from, instant::from_ledger(parsed.at.at));
        if let (Entry::Vacant(vacant), true) = (self.0.entry(key), has_room) {
            vacant.insert(Told { line: parsed.line, rate: parsed.rate });
        }
    }

    /// The rates to the base currency. Where the file does not tell it, it is that of the account, unless a rate of just that
    /// currency says otherwise.
    pub(super) fn settle(
        self,
        base: Option<&str>,
        account: &str,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Rate> {
        let Some(first) = self.0.values().map(|told| told.line).min() else { return Vec::new() };
        let contradiction = self.0.iter().find(|((from, _), _)| from == account).map(|(_, told)| told.line);
        let to = match (base, contradiction) {
            (Some(base), _) => base,
            (None, None) => {
                diagnostics.add(assumed(first, account));
                account
            }
            (None, Some(line)) => {
                diagnostics.add(unknown(line, account));
                return Vec::new();
            }
        };
        let told = self.0.into_iter();
        told.filter_map(|((from, at), told)| Rate::told(&from, to, at, told.rate)).collect()
    }
}

fn assumed(line: u64, account: &str) -> Diagnostic {
    let message = format!(
        "The file does not tell its base currency: its exchange rates are taken as rates to {account}, the account's currency. With the \
         section Account Information a Flex Query tells it."
    );
    diagnostic(line, "info", "assumed-base-currency", message)
}

fn unknown(line: u64, account: &str) -> Diagnostic {
    let message = format!(
        "The file tells a rate of {account}, the account's currency, and not its base currency: its exchange rates are left out. Add the \
         section Account Information to the Flex Query."
    );
    diagnostic(line, "warning", "unknown-base-currency", message)
}

fn diagnostic(line: u64, severity: &str, code: &str, message: String) -> Diagnostic {
    Diagnostic { line, column: String::new(), severity: severity.to_owned(), code: code.to_owned(), message }
}
