//! Forgets the bars of a symbol.

use super::changing;
use crate::{
    db,
    domain::amounts,
    error::{Error, Result},
    grpc::App,
};
use identity::UserId;
use journal_proto::trades::v1::{DeleteBarsRequest, DeleteBarsResponse};

pub(super) async fn delete_bars(
    app: &App,
    user: UserId,
    request: DeleteBarsRequest,
) -> Result<DeleteBarsResponse> {
    let symbol = amounts::symbol(&request.symbol)?;
    let mut tx = app.begin(user).await?;
    let accounts = changing::lock(&mut tx, user).await?;
    let deleted_bars = db::price_bars::delete(&mut *tx, user, &symbol).await?;
    if deleted_bars == 0 {
        return Err(Error::NotFound("price bars"));
    }
    let changed_trades = changing::measure(app, &mut tx, user, &accounts, &symbol).await?;
    tx.commit().await?;
    Ok(DeleteBarsResponse { deleted_bars, changed_trades })
}
