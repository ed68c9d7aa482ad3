//! All books of all accounts: what no book can settle alone.

mod execution;
mod settings;
mod statement;

use std::collections::BTreeMap;

use crate::book::Trade;
use crate::{
    Book, Cash, Effect, Entry, Event, Execution, Exercise, Expiry, Fault, Fill, Fraction, Issue, IssueKind,
    LedgerError, Record, Split, Terms, Timestamp, resolve,
};
pub use settings::{PremiumPolicy, RatePolicy, Settings, SplitScope};
pub use statement::{BookKey, BookStatement, Statement};

/// All books of all accounts, settled in one go: duplicates, corrections and busts, currencies, splits, and options
/// whose exercise trades another instrument.
///
/// The result does not depend on the order of the records.
pub struct Portfolio<'s> {
    settings: &'s Settings,
    books: BTreeMap<BookKey, Running>,
    /// The book of each leg, in the order of closing.
    legs: Vec<(BookKey, usize)>,
    cash: Vec<(Timestamp, Fraction)>,
    issues: Vec<Issue>,
}

/// A book, and what was traded in it.
struct Running {
    book: Book,
    executions: Vec<Execution>,
}

impl<'s> Portfolio<'s> {
    /// Settles the records, each with the account it belongs to; their book is the symbol.
    pub fn settle(
        settings: &'s Settings,
        records: impl IntoIterator<Item = (String, Record<String>)>,
    ) -> Result<Statement, LedgerError> {
        let mut accounts: BTreeMap<String, Vec<Record<String>>> = BTreeMap::new();
        for (account, record) in records {
            accounts.entry(account).or_default().push(record);
        }
        let mut portfolio =
            Self { settings, books: BTreeMap::new(), legs: Vec::new(), cash: Vec::new(), issues: Vec::new() };
        let mut entries = Vec::new();
        for (account, records) in accounts {
            let resolved = resolve(records);
            portfolio.issues.extend(resolved.issues);
            entries.extend(resolved.entries.into_iter().map(|entry| (account.clone(), entry)));
        }
        entries.sort_by(|(_, left), (_, right)| left.event.key().cmp(&right.event.key()));
        for (account, entry) in entries {
            portfolio.take(account, &entry)?;
        }
        portfolio.finish()
    }

    fn take(&mut self, account: String, entry: &Entry<String>) -> Result<(), LedgerError> {
        let id = entry.event.id().to_owned();
        let key = BookKey { account, symbol: entry.book.clone() };
        let taken = match &entry.event {
            Event::Fill(fill) => self.fill(&key, fill, entry),
            Event::Split(split) => self.split(&key, split),
            Event::Cash(cash) => self.cash(&key, cash),
            Event::Expiry(expiry) => self.expire(&key, expiry),
            Event::Exercise(exercise) => self.exercise(&key, exercise),
        };
        taken.map_err(|fault| LedgerError { execution_id: id, fault })
    }

    fn fill(&mut self, key: &BookKey, fill: &Fill, entry: &Entry<String>) -> Result<(), Fault> {
        let (settings, instrument) = (self.settings, self.settings.instrument(&key.symbol));
        if !execution::is_sound(fill, &instrument) {
            self.issue(IssueKind::Rejected, &fill.execution_id);
            return Ok(());
        }
        let conversion = settings.conversion(&instrument, fill.time)?;
        let Some(trade) = execution::trade(fill, entry, &instrument, conversion, settings)? else {
            self.issue(IssueKind::Rejected, &fill.execution_id);
            return Ok(());
        };
        let closes =
            self.running(key).book.direction().is_some_and(|direction| direction != fill.side.opens());
        if entry.effect == Some(Effect::Closes) && !closes {
            self.issue(IssueKind::ClosesNothing, &fill.execution_id);
        }
        self.trade(key, &trade, fill.execution_id.clone()).map(drop)
    }

    fn split(&mut self, key: &BookKey, split: &Split) -> Result<(), Fault> {
        if !split.ratio.is_positive() {
            self.issue(IssueKind::RejectedSplit, &split.id);
            return Ok(());
        }
        let every = self.settings.split_scope == SplitScope::EveryAccount;
        let mut held = false;
        for (of, running) in &mut self.books {
            if of.symbol == key.symbol && (every || of.account == key.account) && !running.book.is_flat() {
                running.book.split(&split.ratio)?;
                held = true;
            }
        }
        if !held {
            self.issue(IssueKind::SplitWithoutPosition, &split.id);
        }
        Ok(())
    }

    fn cash(&mut self, key: &BookKey, cash: &Cash) -> Result<(), Fault> {
        let instrument = self.settings.instrument(&key.symbol);
        let amount = Fraction::from(cash.amount);
        let running = self.books.get_mut(key).filter(|running| !running.book.is_flat());
        let Some(running) = running else {
            self.issue(IssueKind::CashWithoutPosition, &cash.id);
            return Ok(());
        };
        let in_account = match self.settings.rate_to_account(&instrument, cash.time)? {
            None => amount.clone(),
            Some(rate) => &amount * rate,
        };
        running.book.receive(&amount, &in_account);
        self.cash.push((cash.time, in_account));
        Ok(())
    }

    fn expire(&mut self, key: &BookKey, expiry: &Expiry) -> Result<(), Fault> {
        let Some(direction) = self.running(key).book.direction() else {
            self.issue(IssueKind::ExpiryWithoutPosition, &expiry.id);
            return Ok(());
        };
        let conversion = self.settings.conversion(&self.settings.instrument(&key.symbol), expiry.time)?;
        let all = self.running(key).book.position().abs();
        let trade = Trade { conversion, ..Trade::end(direction, expiry.time, all, expiry.price.into()) };
        self.trade(key, &trade, expiry.id.clone()).map(drop)
    }

    fn exercise(&mut self, key: &BookKey, exercise: &Exercise) -> Result<(), Fault> {
        let Some(direction) = self.running(key).book.direction() else {
            self.issue(IssueKind::ExerciseWithoutPosition, &exercise.id);
            return Ok(());
        };
        if !exercise.quantity.is_positive() {
            self.issue(IssueKind::Rejected, &exercise.id);
            return Ok(());
        }
        let quantity = Fraction::from(exercise.quantity);
        if quantity > self.running(key).book.position().abs() {
            self.issue(IssueKind::ExerciseBeyondPosition, &exercise.id);
        }
        let option = self.settings.instrument(&key.symbol);
        let terms =
            option.option.as_ref().ok_or_else(|| Fault::NotAnOption { symbol: key.symbol.clone() })?;
        let closing = Trade {
            conversion: self.settings.conversion(&option, exercise.time)?,
            rolls: self.settings.premium_policy == PremiumPolicy::Roll,
            ..Trade::end(direction, exercise.time, quantity.clone(), Fraction::ZERO)
        };
        let premium = self.trade(key, &closing, exercise.id.clone())?;
        let underlying = BookKey { account: key.account.clone(), symbol: terms.underlying.clone() };
        let conversion =
            self.settings.conversion(&self.settings.instrument(&underlying.symbol), exercise.time)?;
        let units = quantity * Fraction::from(option.multiplier);
        let delivery = execution::delivery(exercise, terms, (direction, units, premium), conversion)?;
        self.trade(&underlying, &delivery, format!("{}:u", exercise.id)).map(drop)
    }

    /// Trades in a book, and notes the legs that it closed.
    fn trade(&mut self, key: &BookKey, trade: &Trade, id: String) -> Result<Fraction, Fault> {
        let running = self.running(key);
        running.book.check(trade)?;
        running.executions.push(Execution {
            id,
            time: trade.time,
            side: trade.side,
            quantity: trade.quantity.clone(),
            price: trade.price.clone(),
        });
        let before = running.book.leg_count();
        let rolled = running.book.trade(trade)?;
        let closed = before..running.book.leg_count();
        self.legs.extend(closed.map(|leg| (key.clone(), leg)));
        Ok(rolled)
    }

    fn running(&mut self, key: &BookKey) -> &mut Running {
        let settings = self.settings;
        self.books.entry(key.clone()).or_insert_with(|| {
            let instrument = settings.instrument(&key.symbol);
            let terms = Terms {
                multiplier: instrument.multiplier,
                valuation: instrument.valuation,
                method: settings.method,
                fee_rounding: settings.fee_rounding,
            };
            Running { book: Book::new(terms), executions: Vec::new() }
        })
    }

    fn issue(&mut self, kind: IssueKind, id: &str) {
        self.issues.push(Issue { kind, execution_id: id.to_owned() });
    }

    fn finish(mut self) -> Result<Statement, LedgerError> {
        self.issues.sort();
        let mut books = BTreeMap::new();
        for (key, Running { book, executions }) in self.books {
            if !executions.is_empty() {
                books.insert(key, BookStatement { matched: book.finish()?, executions });
            }
        }
        Ok(Statement { books, legs: self.legs, cash: self.cash, issues: self.issues })
    }
}
