//! States the note of a day anew.

use crate::{
    db,
    domain::{day, instant, journal},
    error::Result,
    grpc::App,
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{Day, PutDayRequest};
use runtime::precondition::Precondition;

pub(super) async fn put_day(
    app: &App,
    user: UserId,
    seen: &Precondition,
    request: &PutDayRequest,
) -> Result<Day> {
    let date = day::date("date", &request.date)?;
    let notes = journal::notes(&request.notes)?;
    let mut tx = app.begin(user).await?;
    let stored = db::journal_days::lock(&mut tx, user, date).await?;
    seen.check(stored.version)?;
    if stored.notes == notes {
        return Ok(wire::day(stored));
    }
    let now = instant::stored(app.clock.now());
    let written = db::journal_days::write(&mut *tx, user, date, &notes, now).await?;
    tx.commit().await?;
    Ok(wire::day(written))
}
