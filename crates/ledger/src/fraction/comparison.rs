//! Equality, order and hash of quotients, whatever they were written as.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::{Fraction, Number};
use crate::Decimal;

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Number::Bounded(left), Number::Bounded(right)) => left == right,
            (Number::Large(left), Number::Large(right)) => left == right,
            (Number::Bounded(_), Number::Large(_)) | (Number::Large(_), Number::Bounded(_)) => false,
        }
    }
}

impl Eq for Fraction {}

impl PartialEq<Decimal> for Fraction {
    fn eq(&self, other: &Decimal) -> bool {
        self.cmp(&(*other).into()) == Ordering::Equal
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Number::Bounded(left), Number::Bounded(right)) = (&self.0, &other.0)
            && let Some(order) = left.checked_cmp(right)
        {
            return order;
        }
        self.to_large().cmp(&other.to_large())
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Fraction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.0 {
            Number::Bounded(bounded) => bounded.hash(state),
            Number::Large(large) => large.hash(state),
        }
    }
}
