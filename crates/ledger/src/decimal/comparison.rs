//! Order, equality and hashing by value.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::Decimal;

impl Ord for Decimal {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        match self.narrow_pair(*other) {
            Some((left, right, _)) => left.cmp(&right),
            None => self.compare_wide(*other),
        }
    }
}

impl Decimal {
    #[cold]
    fn compare_wide(self, other: Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        match (self.mantissa_at(scale), other.mantissa_at(scale)) {
            (Some(left), Some(right)) => left.cmp(&right),
            // Only one of them is multiplied, and it then has more digits than any number: its sign decides.
            (None, _) => self.signum().cmp(&0),
            (_, None) => 0.cmp(&other.signum()),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let canonical = self.trimmed();
        canonical.mantissa.hash(state);
        canonical.scale.hash(state);
    }
}
