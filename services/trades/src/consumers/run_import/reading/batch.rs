//! What a file told, as the journal keeps it.

use super::delivery::Delivery;
use crate::domain::{
    event::{AccountEvent, EventKey, EventKind},
    excursion::{Excursion, ToldExcursion},
    fill::{Book, Fill},
    fill_record::{FillContent, FillRecord, RecordKind},
    ids::{AccountId, EventId, FillId, ImportId},
    instant,
};
use formats::{
    AssetClass, ChargeKind, Moment, OptionEventKind, ParsedBust, ParsedCash, ParsedFill, ParsedOptionEvent,
    ParsedSplit,
};
use ledger::{Decimal, Effect, Fraction, Side};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a part of a file told.
#[derive(Debug, Default)]
pub struct Batch {
    /// Executions.
    pub fills: Vec<Fill>,
    /// What happened beside them.
    pub events: Vec<AccountEvent>,
    /// Executions that never were, or were replaced.
    pub busts: Vec<FillRecord>,
    /// The executions that close something, as the broker says.
    pub closing: Vec<String>,
    /// Of each book the first sale of which the file does not say whether it opens or closes, in what people buy first.
    pub selling: BTreeMap<Book, EventKey>,
    /// How far the trades went that executions close.
    pub excursions: Vec<ToldExcursion>,
    /// What the use of options moved in their underlyings.
    pub deliveries: Vec<Delivery>,
}

impl Batch {
    /// How much is in it.
    pub const fn rows(&self) -> usize {
        self.fills.len() + self.events.len() + self.busts.len()
    }

    /// Notes a sale that nothing says more about.
    pub fn sold(&mut self, book: Book, sale: EventKey) {
        let first = self.selling.entry(book).or_insert_with(|| sale.clone());
        if sale < *first {
            *first = sale;
        }
    }
}

/// Where what is read goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    pub(super) account: AccountId,
    pub(super) import: ImportId,
}

impl Target {
    /// Takes an execution, and what it says about others: that it replaces one, that it was charged in another currency.
    pub(super) fn fill(self, parsed: ParsedFill, batch: &mut Batch) {
        if parsed.effect == Some(Effect::Closes) {
            batch.closing.push(parsed.execution_id.clone());
        }
        let replaced = parsed.corrects.as_ref().filter(|replaced| {
            **replaced != parsed.execution_id && parsed.reference.as_ref() != Some(*replaced)
        });
        if let Some(replaced) = replaced {
            let id = format!("{}:replaces", parsed.execution_id);
            batch.busts.push(self.bust(id, replaced.clone(), parsed.line, &parsed.executed_at));
        }
        batch.excursions.extend(excursion(&parsed));
        for (n, charge) in parsed.foreign_charges.iter().enumerate() {
            let what = match charge.kind {
                ChargeKind::Commission => "commission",
                ChargeKind::Fee => "fee",
                ChargeKind::Tax => "tax",
            };
            let id = format!("{}:charge{n}", parsed.execution_id);
            batch.events.push(AccountEvent {
                kind: EventKind::Cash { amount: -charge.amount },
                what: what.to_owned(),
                symbol: Some(parsed.symbol.clone()),
                currency: Some(charge.currency.clone()),
                ..self.event(id, parsed.line, &parsed.executed_at)
            });
        }
        let may_be_short =
            parsed.side == Side::Sell && parsed.effect.is_none() && bought_first(parsed.asset_class);
        let fill = Fill {
            id: FillId(Uuid::now_v7()),
            account_id: self.account,
            import_id: Some(self.import),
            line: line(parsed.line),
            book: Book { symbol: parsed.symbol, currency: parsed.currency, multiplier: parsed.multiplier },
            asset_class: parsed.asset_class.as_text().to_owned(),
            execution_id: parsed.execution_id,
            reference: parsed.reference,
            voided: false,
            executed_at: instant::from_ledger(parsed.executed_at.at),
            sequence: parsed.sequence,
            side: parsed.side,
            quantity: parsed.quantity,
            price: parsed.price,
            commission: parsed.commission,
            fees: parsed.fees.checked_add(parsed.taxes).unwrap_or(parsed.fees),
            time_text: parsed.executed_at.text,
            time_source: parsed.executed_at.source.as_text(),
        };
        if may_be_short {
            batch.sold(fill.book.clone(), fill.key());
        }
        batch.fills.push(fill);
    }

    /// Money; with a symbol it belongs to a position.
    pub(super) fn cash(self, parsed: ParsedCash) -> AccountEvent {
        AccountEvent {
            kind: EventKind::Cash { amount: parsed.amount },
            what: parsed.kind.as_text().to_owned(),
            symbol: parsed.symbol,
            currency: Some(parsed.currency),
            note: storable(&parsed.description),
            ..self.event(parsed.id, parsed.line, &parsed.booked_at)
        }
    }

    /// A split; `None` when its ratio is beyond exact decimals.
    pub(super) fn split(self, parsed: ParsedSplit) -> Option<AccountEvent> {
        let (to, from) = terms(&parsed.ratio)?;
        Some(AccountEvent {
            kind: EventKind::Split { to, from },
            what: "split".to_owned(),
            symbol: Some(parsed.symbol),
            note: storable(&parsed.description),
            ..self.event(parsed.id, parsed.line, &parsed.effective_at)
        })
    }

    /// The end of an option.
    pub(super) fn option(self, parsed: ParsedOptionEvent) -> AccountEvent {
        let used = EventKind::Exercise { quantity: parsed.quantity, fee: Decimal::ZERO };
        let (kind, what) = match parsed.kind {
            OptionEventKind::Expiry => (EventKind::Expiry { price: Decimal::ZERO }, "expiry"),
            OptionEventKind::Assignment => (used, "assignment"),
            OptionEventKind::Exercise => (used, "exercise"),
        };
        AccountEvent {
            kind,
            what: what.to_owned(),
            symbol: Some(parsed.symbol),
            ..self.event(parsed.id, parsed.line, &parsed.happened_at)
        }
    }

    /// An execution that never was.
    pub(super) fn busted(self, parsed: ParsedBust) -> FillRecord {
        self.bust(parsed.id, parsed.refers_to, parsed.line, &parsed.busted_at)
    }

    fn bust(self, record_id: String, refers_to: String, of_line: u64, at: &Moment) -> FillRecord {
        FillRecord {
            account_id: self.account,
            kind: RecordKind::Bust,
            record_id,
            refers_to,
            import_id: Some(self.import),
            line: line(of_line),
            made_at: instant::from_ledger(at.at),
            sequence: 0,
            content: FillContent::default(),
            reason: String::new(),
        }
    }

    /// An event of which only the place is known.
    fn event(self, event_id: String, of_line: u64, at: &Moment) -> AccountEvent {
        AccountEvent {
            id: EventId(Uuid::now_v7()),
            account_id: self.account,
            event_id,
            import_id: Some(self.import),
            line: line(of_line),
            kind: EventKind::Cash { amount: Decimal::ZERO },
            what: String::new(),
            symbol: None,
            currency: None,
            note: String::new(),
            occurred_at: instant::from_ledger(at.at),
            sequence: 0,
            time_text: at.text.clone(),
            time_source: at.source.as_text(),
        }
    }
}

/// How far the trade went that an execution closes, when the file tells it in the execution's own currency.
fn excursion(parsed: &ParsedFill) -> Option<ToldExcursion> {
    let claims = parsed.claims.as_ref()?;
    if claims.pnl_currency.as_ref().is_some_and(|currency| *currency != parsed.currency) {
        return None;
    }
    let mae = claims.mae.filter(|mae| !mae.is_positive());
    let mfe = claims.mfe.filter(|mfe| !mfe.is_negative());
    let told = mae.is_some() || mfe.is_some();
    told.then(|| ToldExcursion {
        execution_id: parsed.execution_id.clone(),
        excursion: Excursion { mae, mfe, ..Excursion::default() },
    })
}

/// New and old units of a ratio, as whole as they are told.
fn terms(ratio: &Fraction) -> Option<(Decimal, Decimal)> {
    if let Some(finite) = ratio.to_decimal() {
        return Some((finite, Decimal::ONE));
    }
    let told = ratio.to_string();
    let (to, from) = told.split_once('/')?;
    Some((to.parse().ok()?, from.parse().ok()?))
}

/// Whether a sale before any purchase is remarkable.
const fn bought_first(class: AssetClass) -> bool {
    match class {
        AssetClass::Stock | AssetClass::Crypto | AssetClass::Bond | AssetClass::Unknown => true,
        AssetClass::Option | AssetClass::Future | AssetClass::Forex | AssetClass::Cfd => false,
    }
}

fn line(line: u64) -> i64 {
    i64::try_from(line).unwrap_or(i64::MAX)
}

/// PostgreSQL's text holds every character but this one.
fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_without_a_finite_decimal_keeps_its_two_numbers() {
        let thirds = Fraction::new(Decimal::ONE, Decimal::from(3)).unwrap();

        assert_eq!(terms(&thirds), Some((Decimal::ONE, Decimal::from(3))));
        assert_eq!(terms(&Fraction::from(4)), Some((Decimal::from(4), Decimal::ONE)));
    }
}
