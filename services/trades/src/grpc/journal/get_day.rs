//! Shows the note of a day.

use crate::{db, domain::day, error::Result, grpc::App, wire};
use identity::UserId;
use journal_proto::trades::v1::{Day, GetDayRequest};

pub(super) async fn get_day(app: &App, user: UserId, request: &GetDayRequest) -> Result<Day> {
    let date = day::date("date", &request.date)?;
    Ok(wire::day(db::journal_days::find(&mut *app.snapshot(user).await?, user, date).await?))
}
