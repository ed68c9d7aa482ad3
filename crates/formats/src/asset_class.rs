//! What kind of instrument was traded.

/// What kind of instrument was traded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AssetClass {
    /// A share or fund.
    Stock,
    /// An option.
    Option,
    /// A futures contract.
    Future,
    /// A currency pair.
    Forex,
    /// A coin.
    Crypto,
    /// A contract for difference.
    Cfd,
    /// A bond.
    Bond,
    /// The file does not say.
    Unknown,
}

impl AssetClass {
    /// The word for it: `stock`, `option`, `future`, `forex`, `crypto`, `cfd`, `bond`, `unknown`.
    pub const fn as_text(self) -> &'static str {
        match self {
            Self::Stock => "stock",
            Self::Option => "option",
            Self::Future => "future",
            Self::Forex => "forex",
            Self::Crypto => "crypto",
            Self::Cfd => "cfd",
            Self::Bond => "bond",
            Self::Unknown => "unknown",
        }
    }
}
