//! Tax views: which there are, what they say of themselves, and what they take.

mod left_out;
mod totals;
mod year;

pub use left_out::{LeftOut, Reason};
pub use totals::Totals;
pub use year::Year;

use super::invalid::Invalid;

/// What has to be said wherever a view is shown (`docs/decisions/0011-tax-views-are-information.md`).
pub const LABEL: &str = "Information, not tax advice";

/// Whose rules are applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// United States: first in, first out, with wash sales.
    UsWashSales,
    /// United Kingdom: same day, 30 days, section 104 pool.
    UkShareMatching,
}

impl View {
    /// The view of a name.
    pub fn parse(name: &str) -> Result<Self, Invalid> {
        match name {
            "us-wash-sales" => Ok(Self::UsWashSales),
            "uk-share-matching" => Ok(Self::UkShareMatching),
            _ => Err(Invalid::new("view", "must be us-wash-sales or uk-share-matching")),
        }
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::UsWashSales => "us-wash-sales",
            Self::UkShareMatching => "uk-share-matching",
        }
    }

    /// What it is and what it does not know.
    pub const fn notice(self) -> &'static str {
        match self {
            Self::UsWashSales => {
                "How US rules on wash sales would see the purchases and sales of this account. It is no tax advice and \
                 changes no profit of this journal. It knows no short sales, no substantially identical securities or \
                 options, no other account, spouse or retirement account, no mergers and no stock splits. Long term is \
                 more than 365 days. Amounts are exact and not converted; days are those of the account's clock."
            }
            Self::UkShareMatching => {
                "How UK rules on matching shares would see the purchases and sales of this account. It is no tax advice \
                 and changes no profit of this journal. It knows no short sales, no other account or spouse, no \
                 mergers, no stock splits, and neither allowances nor losses brought forward. Amounts are exact and not \
                 converted into sterling; days are those of the account's clock."
            }
        }
    }

    /// The provisions that it follows.
    pub const fn sources(self) -> &'static [&'static str] {
        match self {
            Self::UsWashSales => &["IRC section 1091", "26 CFR 1.1091-1 and 1.1091-2", "IRS Publication 550"],
            Self::UkShareMatching => {
                &["TCGA 1992 sections 104, 105 and 106A", "HMRC manual CG51560", "HMRC manual CRYPTO22252"]
            }
        }
    }

    /// Whether its rules are about such instruments.
    pub fn takes(self, asset_class: &str) -> bool {
        match self {
            Self::UsWashSales => asset_class == "stock",
            Self::UkShareMatching => ["stock", "crypto"].contains(&asset_class),
        }
    }
}
