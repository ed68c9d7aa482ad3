//! Joins the fees of the cash sections to the executions of the Account Trade History.

use crate::{Moment, ParseError, ParsedFill, Run, Severity, TimeSource};
use ledger::{Decimal, Side};
use std::collections::{BTreeMap, HashMap};

/// The two sections write one execution at most so many nanoseconds apart.
const TOLERANCE: i64 = 2_000_000_000;

/// Everything that waits for the end of the statement.
#[derive(Default)]
pub(super) struct Statement {
    /// The time that legs below a leading row share.
    pub moment: Option<Moment>,
    groups: Vec<Group>,
    booked: Vec<Booked>,
    references: HashMap<String, u32>,
}

/// The legs of one execution.
#[derive(Default)]
struct Group {
    underlying: String,
    fills: Vec<ParsedFill>,
    is_paid: bool,
}

/// A trade of a cash section.
struct Booked {
    underlying: String,
    reference: String,
    is_spread: bool,
    fill: ParsedFill,
    is_joined: bool,
}

impl Statement {
    /// The next leg is the first of another execution.
    pub fn start_group(&mut self) {
        self.groups.push(Group::default());
    }

    /// A leg of the execution that was started last.
    pub fn leg(&mut self, underlying: &str, fill: ParsedFill) {
        let Some(group) = self.groups.last_mut() else { return };
        underlying.clone_into(&mut group.underlying);
        group.fills.push(fill);
    }

    /// A trade of a cash section.
    pub fn booked(&mut self, underlying: String, reference: &str, is_spread: bool, fill: ParsedFill) {
        let reference = reference.to_owned();
        self.booked.push(Booked { underlying, reference, is_spread, fill, is_joined: false });
    }

    /// Hands out all executions.
    pub fn finish(mut self, run: &mut Run<'_>) -> Result<(), ParseError> {
        self.groups.retain(|group| !group.fills.is_empty());
        self.tell_zone(run);
        if self.groups.is_empty() {
            return self.finish_without_trades(run);
        }
        for same_quantity in [true, false] {
            self.join(same_quantity);
        }
        for booked in self.booked.iter().filter(|booked| !booked.is_joined) {
            let message = format!(
                "a commission of {} and fees of {} find no execution of {} in the Account Trade History within two seconds: they are \
                 left out",
                booked.fill.commission, booked.fill.fees, booked.underlying
            );
            run.remark(booked.fill.line, Severity::Warning, "unmatched-fees", message);
        }
        for group in self.groups {
            for mut fill in group.fills {
                give_id(&mut fill, run);
                run.emit(fill)?;
            }
        }
        Ok(())
    }

    fn finish_without_trades(mut self, run: &mut Run<'_>) -> Result<(), ParseError> {
        if let Some(spread) = self.booked.iter().find(|booked| booked.is_spread) {
            let message = "without the Account Trade History the prices of legs are not known: a spread is read as one instrument";
            run.remark(spread.fill.line, Severity::Info, "spread-as-one", message);
        }
        for mut booked in std::mem::take(&mut self.booked) {
            booked.fill.execution_id = self.unique(&booked.reference);
            give_id(&mut booked.fill, run);
            run.emit(booked.fill)?;
        }
        Ok(())
    }

    fn tell_zone(&self, run: &mut Run<'_>) {
        let fills = self
            .groups
            .iter()
            .flat_map(|group| &group.fills)
            .chain(self.booked.iter().map(|booked| &booked.fill));
        let Some(first) = fills.into_iter().next() else { return };
        if let TimeSource::BrokerDefault(zone) = &first.executed_at.source {
            let message =
                format!("times carry no zone: read as {zone}; import with time_zone to change that");
            run.remark(first.line, Severity::Info, "assumed-time-zone", message);
        }
    }

    /// Pays for the nearest execution of the same underlying that nothing pays for yet.
    fn join(&mut self, same_quantity: bool) {
        let mut by_time: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (index, group) in self.groups.iter().enumerate() {
            if let Some(first) = group.fills.first() {
                by_time.entry(first.executed_at.at.0).or_default().push(index);
            }
        }
        for at in 0..self.booked.len() {
            let Some(booked) = self.booked.get(at).filter(|booked| !booked.is_joined) else { continue };
            let time = booked.fill.executed_at.at.0;
            let near = by_time.range(time.saturating_sub(TOLERANCE)..=time.saturating_add(TOLERANCE));
            let fits = |group: &Group| {
                let first = group.fills.first();
                !group.is_paid
                    && group.underlying == booked.underlying
                    && (!same_quantity
                        || first.is_some_and(|first| {
                            first.quantity == booked.fill.quantity && first.side == booked.fill.side
                        }))
            };
            let candidates = near
                .flat_map(|(when, indices)| indices.iter().map(move |index| (when.abs_diff(time), *index)));
            let found = candidates.filter(|(_, index)| self.groups.get(*index).is_some_and(fits)).min();
            if let Some((_, index)) = found {
                self.pay(at, index);
            }
        }
    }

    fn pay(&mut self, booked: usize, group: usize) {
        let Some(booked) = self.booked.get_mut(booked) else { return };
        booked.is_joined = true;
        let (reference, paid) = (booked.reference.clone(), booked.fill.clone());
        let reference = self.unique(&reference);
        let Some(group) = self.groups.get_mut(group) else { return };
        group.is_paid = true;
        let quantities: Vec<Decimal> = group.fills.iter().map(|fill| fill.quantity).collect();
        let commissions = shares(paid.commission, &quantities);
        let fees = shares(paid.fees, &quantities);
        let several = quantities.len() > 1;
        for (index, (fill, (commission, fees))) in
            group.fills.iter_mut().zip(commissions.into_iter().zip(fees)).enumerate()
        {
            (fill.commission, fill.fees) = (commission, fees);
            if !reference.is_empty() {
                fill.execution_id =
                    if several { format!("{reference}:{}", index + 1) } else { reference.clone() };
            }
        }
        if let Some(first) = group.fills.first_mut() {
            first.foreign_charges = paid.foreign_charges;
        }
        group.fills.iter_mut().for_each(|fill| fill.currency.clone_from(&paid.currency));
    }

    /// A reference that comes again gets its turn behind it.
    fn unique(&mut self, reference: &str) -> String {
        if reference.is_empty() {
            return String::new();
        }
        let turn = self.references.entry(reference.to_owned()).or_default();
        *turn += 1;
        if *turn == 1 { reference.to_owned() } else { format!("{reference}#{turn}") }
    }
}

fn give_id(fill: &mut ParsedFill, run: &mut Run<'_>) {
    if fill.execution_id.is_empty() {
        fill.execution_id = run.out.ids.id_of(&[
            &fill.executed_at.text,
            &fill.symbol,
            if fill.side == Side::Buy { "buy" } else { "sell" },
            &fill.quantity.to_string(),
            &fill.price.to_string(),
        ]);
    }
}

/// An amount shared by quantity, in cents; the last share takes what remains, so that the sum is exact.
fn shares(amount: Decimal, quantities: &[Decimal]) -> Vec<Decimal> {
    let total = quantities
        .iter()
        .try_fold(Decimal::ZERO, |sum, quantity| sum.checked_add(*quantity))
        .unwrap_or(Decimal::ONE);
    let mut rest = amount;
    let last = quantities.len().saturating_sub(1);
    let share = |quantity: &Decimal| amount.checked_mul(*quantity)?.checked_div_rounded(total, 2);
    quantities
        .iter()
        .enumerate()
        .map(|(index, quantity)| {
            let part = if index == last { rest } else { share(quantity).unwrap_or(Decimal::ZERO) };
            rest = rest.checked_sub(part).unwrap_or(Decimal::ZERO);
            part
        })
        .collect()
}
