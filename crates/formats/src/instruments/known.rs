//! Remembers what symbols are: a file has few of them and many rows.

use super::{Recognised, day_of, recognise};
use crate::{AssetClass, ParsedFill, tally::Fault};
use ledger::Decimal;
use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// More symbols than this are not remembered.
const MOST: usize = 10_000;

/// FNV-1a: symbols are short, and there are at most as many of them as above.
struct Short(u64);

impl Default for Short {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Short {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        self.0 = bytes.iter().fold(self.0, mix);
    }
}

/// What the symbols of a file are.
#[derive(Default)]
pub(crate) struct Known {
    symbols: HashMap<String, (Option<AssetClass>, Recognised), BuildHasherDefault<Short>>,
}

impl Known {
    /// As [`identify`](super::identify), but thinks once about each symbol.
    pub fn identify(
        &mut self,
        fill: &mut ParsedFill,
        class: Option<AssetClass>,
        multiplier: Option<Decimal>,
    ) -> Result<(), Fault> {
        if let Some((_, recognised)) = self.symbols.get(&fill.symbol).filter(|(known, _)| *known == class) {
            return recognised.apply(fill, multiplier);
        }
        let recognised = recognise(&fill.symbol, class, day_of(fill));
        let result = recognised.apply(fill, multiplier);
        if self.symbols.len() < MOST {
            self.symbols.insert(fill.symbol.clone(), (class, recognised));
        }
        result
    }
}
