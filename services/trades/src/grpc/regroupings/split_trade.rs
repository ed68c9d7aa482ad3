//! Makes several trades of one.

use super::{
    super::{made_of::made_of, parse},
    App,
    shown::shown,
};
use crate::{
    db,
    domain::{
        account::Account,
        ids::TradeId,
        instant,
        invalid::Invalid,
        regrouping::{Cut, MOST_BOUNDARIES, along_of},
        trade::Trade,
    },
    error::{Error, Result},
    rebuild::Cause,
    regroup,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, SplitTradeRequest};
use ledger::regroup::{Along, Split};
use sqlx::PgConnection;

/// Where parts begin.
enum Wanted {
    Split(Along, Vec<String>),
    EachExit,
    EachDay,
}

pub(super) async fn split_trade(
    app: &App,
    tx: &mut PgConnection,
    user: UserId,
    request: SplitTradeRequest,
) -> Result<proto::Regrouping> {
    let id: TradeId = parse::id("trade_id", &request.trade_id)?;
    let wanted = wanted(request)?;
    let missing = || Error::NotFound("trade");
    let found = db::trades::find(&mut *tx, user, id).await?.ok_or_else(missing)?;
    // First the account, as everybody does who writes trades: then they stand still.
    let account = db::accounts::lock(&mut *tx, user, found.account_id).await?.ok_or_else(missing)?;
    let trade = db::trades::find(&mut *tx, user, id).await?.ok_or_else(missing)?;
    let split = split(&mut *tx, user, &account, &trade, wanted).await?;
    let made = match trade.round_trip.regrouping {
        None => {
            let cause = Cause { user, account: &account, import: None, now: app.clock.now() };
            regroup::make(&mut *tx, cause, Cut::Split(split)).await?
        }
        Some(by) => db::regroupings::find(&mut *tx, user, by)
            .await?
            .filter(|one| one.cut == Cut::Split(split))
            .ok_or(Error::AlreadyRegrouped)?,
    };
    let made = shown(&mut *tx, user, vec![made]).await?.pop().ok_or(Error::NotFound("regrouping"))?;
    Ok(made)
}

fn wanted(request: SplitTradeRequest) -> Result<Wanted, Invalid> {
    let along = match request.along.as_str() {
        "" => Along::Exits,
        name => along_of(name).ok_or_else(|| Invalid::new("along", "must be exits or entries"))?,
    };
    let counts = |wanted| match (along, request.begins.is_empty()) {
        (Along::Entries, _) => Err(Invalid::new("along", "must be exits when each is given")),
        (Along::Exits, false) => Err(Invalid::new("begins", "must be empty when each is given")),
        (Along::Exits, true) => Ok(wanted),
    };
    match request.each.as_str() {
        "exit" => counts(Wanted::EachExit),
        "day" => counts(Wanted::EachDay),
        "" if !(1..=MOST_BOUNDARIES).contains(&request.begins.len()) => {
            Err(Invalid::new("begins", format!("must be 1 to {MOST_BOUNDARIES} execution ids")))
        }
        "" if request.begins.iter().any(|id| id.contains('\0')) => {
            Err(Invalid::new("begins", "must not hold NUL characters"))
        }
        "" => Ok(Wanted::Split(along, request.begins)),
        _ => Err(Invalid::new("each", "must be exit or day")),
    }
}

/// The split, by executions.
async fn split(
    tx: &mut PgConnection,
    user: UserId,
    account: &Account,
    trade: &Trade,
    wanted: Wanted,
) -> Result<Split> {
    let opening = || trade.round_trip.opening.id.clone();
    let each_day = match wanted {
        Wanted::Split(along, begins) => return Ok(Split { trade: opening(), along, begins }),
        Wanted::EachDay => true,
        Wanted::EachExit => false,
    };
    let book = made_of(tx, user, account, trade, None).await?.book;
    let split = if each_day {
        let zone = account.zone();
        Split::at_each_day(&book, 0, |time| instant::day_in(&zone, time))
    } else {
        Split::at_each_exit(&book, 0)
    };
    Ok(split.unwrap_or_else(|| Split { trade: opening(), along: Along::Exits, begins: Vec::new() }))
}
