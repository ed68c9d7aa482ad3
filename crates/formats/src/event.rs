//! What files tell beside executions: cash, splits, ends of options, executions taken back, and exchange rates.

use crate::{Moment, OptionTerms};
use ledger::{Decimal, Fraction};

/// Something other than an execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParsedEvent {
    /// Money moved.
    Cash(ParsedCash),
    /// New units for old ones.
    Split(ParsedSplit),
    /// An option ended or was used, told without a price.
    Option(ParsedOptionEvent),
    /// An execution never was.
    Bust(ParsedBust),
    /// What a currency was worth.
    Rate(ParsedRate),
}

/// What money moved for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CashKind {
    /// Paid in.
    Deposit,
    /// Paid out.
    Withdrawal,
    /// A dividend or a payment in lieu of one.
    Dividend,
    /// Interest, received or paid.
    Interest,
    /// A fee that belongs to no execution: data, platform, custody.
    Fee,
    /// A commission that the file does not tie to an execution.
    Commission,
    /// Funding of a perpetual contract.
    Funding,
    /// Financing of a position held overnight.
    Swap,
    /// What borrowing shares cost.
    Borrow,
    /// A tax, withheld or given back.
    Tax,
    /// Moved between accounts or wallets of one owner.
    Transfer,
    /// A gift of the broker: a bonus, a staking reward, an airdrop.
    Reward,
    /// P&L of a contract settled in cash each day.
    Settlement,
    /// What the broker calls an adjustment, and anything else.
    Other,
}

impl CashKind {
    /// The word for it: `deposit`, `withdrawal`, `dividend`, `interest`, `fee`, `commission`, `funding`, `swap`, `borrow`, `tax`,
    /// `transfer`, `reward`, `settlement`, `other`.
    pub const fn as_text(self) -> &'static str {
        match self {
            Self::Deposit => "deposit",
            Self::Withdrawal => "withdrawal",
            Self::Dividend => "dividend",
            Self::Interest => "interest",
            Self::Fee => "fee",
            Self::Commission => "commission",
            Self::Funding => "funding",
            Self::Swap => "swap",
            Self::Borrow => "borrow",
            Self::Tax => "tax",
            Self::Transfer => "transfer",
            Self::Reward => "reward",
            Self::Settlement => "settlement",
            Self::Other => "other",
        }
    }
}

/// Money moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedCash {
    /// The file's line, from 1.
    pub line: u64,
    /// What tells this row from all others of the account.
    pub id: String,
    /// The broker's account, where the file names it.
    pub account: Option<String>,
    /// What it moved for.
    pub kind: CashKind,
    /// Above 0: received.
    pub amount: Decimal,
    /// An ISO code or a coin.
    pub currency: String,
    /// The instrument that it belongs to.
    pub symbol: Option<String>,
    /// The execution that it belongs to.
    pub execution_id: Option<String>,
    /// When it was booked.
    pub booked_at: Moment,
    /// The broker's own words.
    pub description: String,
}

/// A split or reverse split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedSplit {
    /// The file's line, from 1.
    pub line: u64,
    /// What tells this row from all others of the account.
    pub id: String,
    /// The broker's account, where the file names it.
    pub account: Option<String>,
    /// As the broker writes it.
    pub symbol: String,
    /// New units for one old unit; above 0.
    pub ratio: Fraction,
    /// When it took effect.
    pub effective_at: Moment,
    /// The broker's own words.
    pub description: String,
}

/// How an option ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OptionEventKind {
    /// Worth nothing, or settled in cash.
    Expiry,
    /// Its writer had to deliver.
    Assignment,
    /// Its holder used it.
    Exercise,
}

/// An option ended or was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedOptionEvent {
    /// The file's line, from 1.
    pub line: u64,
    /// What tells this row from all others of the account.
    pub id: String,
    /// The broker's account, where the file names it.
    pub account: Option<String>,
    /// How it ended.
    pub kind: OptionEventKind,
    /// As the broker writes it.
    pub symbol: String,
    /// Its terms, where they are known.
    pub option: Option<OptionTerms>,
    /// Contracts; positive.
    pub quantity: Decimal,
    /// Whether the file brings the trade in the underlying as a row of its own.
    pub underlying_is_separate: bool,
    /// When it happened.
    pub happened_at: Moment,
}

/// An execution that never was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedBust {
    /// The file's line, from 1.
    pub line: u64,
    /// The bust's own id.
    pub id: String,
    /// The broker's account, where the file names it.
    pub account: Option<String>,
    /// The execution id or the reference of what is taken back.
    pub refers_to: String,
    /// When it was taken back.
    pub busted_at: Moment,
}

/// What one unit of a currency was worth in the account's base currency
/// ([`Stated::base_currency`](crate::Stated::base_currency), which may be told later in the file).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedRate {
    /// The file's line, from 1.
    pub line: u64,
    /// An ISO code; another currency than the base.
    pub from: String,
    /// Above 0, and not 1.
    pub rate: Decimal,
    /// When it was valid.
    pub at: Moment,
}
