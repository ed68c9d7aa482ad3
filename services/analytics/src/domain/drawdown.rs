//! Every stretch that the curve spent below a peak.

use super::equity::Point;
use ledger::Decimal;
use time::Date;

/// From a peak to the recovery, by days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spell {
    /// The deepest fall below the peak.
    pub amount: Decimal,
    /// The equity at the peak, where an opening balance is known.
    pub peak_equity: Option<Decimal>,
    /// The day of the peak; the first day when the curve fell from its start.
    pub from: Date,
    pub to: Date,
    pub recovered_on: Option<Date>,
}

/// In the order in which they began.
pub(crate) fn spells(points: &[Point], opening: Option<Decimal>) -> Vec<Spell> {
    let mut spells: Vec<Spell> = Vec::new();
    let mut peak = (points.first().map(|point| point.day), opening);
    let mut current: Option<Spell> = None;
    for point in points {
        if point.drawdown.is_zero() {
            if let Some(over) = current.take() {
                spells.push(Spell { recovered_on: Some(point.day), ..over });
            }
            peak = (Some(point.day), point.equity);
            continue;
        }
        let begun = || Spell {
            amount: Decimal::ZERO,
            peak_equity: peak.1,
            from: peak.0.unwrap_or(point.day),
            to: point.day,
            recovered_on: None,
        };
        let spell = current.get_or_insert_with(begun);
        if point.drawdown > spell.amount {
            (spell.amount, spell.to) = (point.drawdown, point.day);
        }
    }
    spells.extend(current);
    spells
}

#[cfg(test)]
mod tests {
    use super::{super::equity::curve, *};
    use std::collections::BTreeMap;

    #[test]
    fn a_fall_lasts_until_the_peak_is_reached_again() {
        let day = |n| Date::from_calendar_date(2026, time::Month::January, n).unwrap();
        let days: BTreeMap<Date, (Decimal, u64)> = [-5, 10, -3, -4, 7, -1]
            .into_iter()
            .zip(1..)
            .map(|(amount, n)| (day(n), (Decimal::from_scaled(amount, 0).unwrap(), 1)))
            .collect();

        let spells = spells(&curve(days, None).unwrap(), None);

        let told: Vec<_> = spells
            .iter()
            .map(|s| (s.amount.to_string(), s.from.day(), s.to.day(), s.recovered_on.map(Date::day)))
            .collect();
        assert_eq!(
            told,
            [("5".to_owned(), 1, 1, Some(2)), ("7".to_owned(), 2, 4, Some(5)), ("1".to_owned(), 5, 6, None)]
        );
    }
}
