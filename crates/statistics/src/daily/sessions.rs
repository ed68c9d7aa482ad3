//! Which days count.

use time::{Date, Weekday};

use super::account::{DailyAccount, Sessions};

/// The first and the last day; `None` without any.
pub(super) fn period(account: &DailyAccount<'_>) -> Option<(Date, Date)> {
    if account.period.is_some() {
        return account.period;
    }
    let (pnl, flows) = (account.pnl, account.flows);
    let first = pnl.keys().next().into_iter().chain(flows.keys().next()).min()?;
    let last = pnl.keys().next_back().into_iter().chain(flows.keys().next_back()).max()?;
    Some((*first, *last))
}

/// The sessions from the first to the last day, in order.
pub(super) fn days(account: &DailyAccount<'_>, (first, last): (Date, Date)) -> Vec<Date> {
    let open = |day: &Date| match account.sessions {
        Sessions::Weekdays => !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
        Sessions::EveryDay => true,
        Sessions::Listed(days) => days.contains(day),
        Sessions::Of(calendars) => calendars.iter().any(|calendar| calendar.is_session(*day)),
    };
    let moved = |day: &Date| {
        account.pnl.contains_key(day) || account.flows.get(day).is_some_and(|flow| !flow.is_zero())
    };
    std::iter::successors(Some(first), |day| day.next_day())
        .take_while(|day| *day <= last)
        .filter(|day| open(day) || moved(day))
        .collect()
}

/// Days from the first to the last, both included.
pub(super) fn span((first, last): (Date, Date)) -> u64 {
    u64::try_from((last - first).whole_days() + 1).unwrap_or(0)
}
