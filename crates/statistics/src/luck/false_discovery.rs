//! What remains of many small p-values when one counts how many were looked at.

use crate::catalogue::metric;
use crate::undefined::Metric;
use crate::wilson::approximate;

/// A p-value after the correction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Discovery {
    /// The smallest false discovery rate at which the row would survive (probability).
    pub adjusted: f64,
    /// Whether it survives at the chosen rate.
    pub survives: bool,
}

metric! {
    const ADJUSTED = {
        id: "adjusted_p",
        name: "Adjusted p",
        unit: "probability",
        formula: "min over j >= k of p(j) m / j, for the k-th of m p-values sorted ascending",
        edges: "The smallest false discovery rate at which the row survives: of the rows that do, on average at most that share is there by luck. m counts every row that could have been sorted, those filtered away too; one without a p counts as p = 1. Rows by tag or by mistake may have trades in common: they depend on each other positively.",
        source: "Benjamini and Hochberg, Controlling the false discovery rate, JRSS B 57, 1995; for independent and for positively dependent rows",
    };
    /// In the order given. Leaving rows out because a filter hides them makes luck look like skill.
    pub fn benjamini_hochberg(rows: &[Metric<f64>], rate: f64) -> Vec<Discovery> {
        let count = approximate(u64::try_from(rows.len()).unwrap_or(u64::MAX));
        let mut ranked: Vec<(usize, f64)> = rows.iter().map(|row| row.unwrap_or(1.0)).enumerate().collect();
        ranked.sort_by(|(_, left), (_, right)| left.total_cmp(right));
        let mut smallest = 1.0_f64;
        let mut adjusted: Vec<(usize, f64)> = Vec::with_capacity(rows.len());
        for (rank, (row, p)) in (1_u64..).zip(&ranked).collect::<Vec<_>>().into_iter().rev() {
            smallest = smallest.min(p * count / approximate(rank));
            adjusted.push((*row, smallest));
        }
        adjusted.sort_unstable_by_key(|(row, _)| *row);
        adjusted.into_iter().map(|(_, adjusted)| Discovery { adjusted, survives: adjusted <= rate }).collect()
    }
}
