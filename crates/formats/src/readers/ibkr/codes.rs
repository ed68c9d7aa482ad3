//! The codes of Interactive Brokers: asset categories, notes, open and close.

use crate::{AssetClass, Cause};
use ledger::Effect;

/// The notes of a row, such as `A;P` or `C;L`.
pub(super) struct Codes<'r>(&'r str);

impl<'r> Codes<'r> {
    pub const fn of(notes: &'r str) -> Self {
        Self(notes)
    }

    /// True when one of the codes is this one.
    pub fn has(&self, code: &str) -> bool {
        self.0.split([';', ',', ' ']).any(|note| note == code)
    }

    /// What brought the execution about.
    pub fn cause(&self) -> Cause {
        if self.has("A") {
            Cause::Assignment
        } else if self.has("Ex") {
            Cause::Exercise
        } else if self.has("Ep") {
            Cause::Expiry
        } else if self.has("L") {
            Cause::Liquidation
        } else {
            Cause::Trade
        }
    }

    /// What it does to the position, for statements that say it among the notes.
    pub fn effect(&self) -> Option<Effect> {
        match (self.has("O"), self.has("C")) {
            (true, false) => Some(Effect::Opens),
            (false, true) => Some(Effect::Closes),
            _ => None,
        }
    }
}

/// `O`, `C`, or `C;O` for a flip, which does both.
pub(super) fn effect(indicator: &str) -> Option<Effect> {
    Codes::of(indicator).effect()
}

/// The asset category, by its code (Flex Query) or its name (Activity Statement); `None` when there is none.
pub(super) fn asset_class(category: &str) -> Option<AssetClass> {
    Some(match category {
        "" => return None,
        "STK" | "FUND" | "Stocks" | "Funds" | "Mutual Funds" => AssetClass::Stock,
        "OPT"
        | "FOP"
        | "WAR"
        | "IOPT"
        | "FSFOP"
        | "Equity and Index Options"
        | "Options On Futures"
        | "Warrants" => AssetClass::Option,
        "FUT" | "Futures" => AssetClass::Future,
        "CASH" | "Forex" => AssetClass::Forex,
        "CRYPTO" | "Crypto" | "Cryptocurrencies" => AssetClass::Crypto,
        "CFD" | "CFDs" | "Forex CFDs" => AssetClass::Cfd,
        "BOND" | "BILL" | "Bonds" | "Treasury Bills" => AssetClass::Bond,
        _ => AssetClass::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_what_happened() {
        for (notes, cause, effect) in [
            ("A;C", Cause::Assignment, Some(Effect::Closes)),
            ("Ex;O", Cause::Exercise, Some(Effect::Opens)),
            ("Ep", Cause::Expiry, None),
            ("C;L;P", Cause::Liquidation, Some(Effect::Closes)),
            ("C;O", Cause::Trade, None),
            ("AFx", Cause::Trade, None),
            ("", Cause::Trade, None),
        ] {
            let codes = Codes::of(notes);
            assert_eq!((codes.cause(), codes.effect()), (cause, effect), "{notes}");
        }
    }
}
