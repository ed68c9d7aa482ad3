//! The gRPC service `journal.trades.v1.TradesService`: each call is one file.

use super::{
    Answer, App, LARGEST_MESSAGE, correct_fill, create_account, create_cash, create_fill, create_import,
    create_mapping, delete_account, delete_mapping, export_trades, get_account, get_fill, get_import,
    get_mapping, get_trade, label_trades, list_accounts, list_cash, list_fill_records, list_fills,
    list_formats, list_imports, list_mappings, list_trades, preview_import, replace_mapping, undo_import,
    update_account, update_trade, void_fill,
};
use futures_util::stream::BoxStream;
use identity::{Verified, Verifier, caller};
use journal_proto::trades::v1::{
    self as proto,
    trades_service_server::{TradesService, TradesServiceServer},
};
use runtime::{
    idempotency::{Key, Once},
    precondition::Precondition,
};
use tonic::{Request, Response, Status, Streaming};

/// The service behind its door: every call needs an access token.
pub(super) fn service(app: App, verifier: Verifier) -> Verified<TradesServiceServer<App>> {
    let server = TradesServiceServer::new(app)
        .max_decoding_message_size(LARGEST_MESSAGE)
        .max_encoding_message_size(LARGEST_MESSAGE);
    Verified::new(server, verifier).reads(&["ExportTrades", "PreviewImport"])
}

#[tonic::async_trait]
impl TradesService for App {
    async fn create_account(&self, request: Request<proto::CreateAccountRequest>) -> Answer<proto::Account> {
        let user = caller(&request)?.user_id;
        let mut once = Once::begin(&self.pool, user.0, "CreateAccount", &request).await?;
        if let Some(done) = once.replay()? {
            return Ok(done);
        }
        let answer = create_account::create_account(self, &mut once.tx, user, request.into_inner()).await?;
        once.finish(answer).await
    }

    async fn list_accounts(
        &self,
        request: Request<proto::ListAccountsRequest>,
    ) -> Answer<proto::ListAccountsResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_accounts::list_accounts(self, user).await?))
    }

    async fn get_account(&self, request: Request<proto::GetAccountRequest>) -> Answer<proto::Account> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(get_account::get_account(self, user, request.into_inner()).await?))
    }

    async fn update_account(&self, request: Request<proto::UpdateAccountRequest>) -> Answer<proto::Account> {
        let (user, seen) = (caller(&request)?.user_id, Precondition::of(&request));
        Ok(Response::new(update_account::update_account(self, user, &seen, request.into_inner()).await?))
    }

    async fn delete_account(
        &self,
        request: Request<proto::DeleteAccountRequest>,
    ) -> Answer<proto::DeleteAccountResponse> {
        let (user, seen) = (caller(&request)?.user_id, Precondition::of(&request));
        Ok(Response::new(delete_account::delete_account(self, user, &seen, request.into_inner()).await?))
    }

    async fn create_import(
        &self,
        request: Request<Streaming<proto::CreateImportRequest>>,
    ) -> Answer<proto::Import> {
        let user = caller(&request)?.user_id;
        let key = Key::of(&request);
        create_import::create_import(self, user, key, request.into_inner()).await
    }

    async fn preview_import(
        &self,
        request: Request<Streaming<proto::CreateImportRequest>>,
    ) -> Answer<proto::Import> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(preview_import::preview_import(self, user, request.into_inner()).await?))
    }

    async fn list_imports(
        &self,
        request: Request<proto::ListImportsRequest>,
    ) -> Answer<proto::ListImportsResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_imports::list_imports(self, user, request.into_inner()).await?))
    }

    async fn get_import(&self, request: Request<proto::GetImportRequest>) -> Answer<proto::Import> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(get_import::get_import(self, user, request.into_inner()).await?))
    }

    async fn undo_import(
        &self,
        request: Request<proto::UndoImportRequest>,
    ) -> Answer<proto::UndoImportResponse> {
        let (user, seen) = (caller(&request)?.user_id, Precondition::of(&request));
        Ok(Response::new(undo_import::undo_import(self, user, &seen, request.into_inner()).await?))
    }

    async fn list_formats(
        &self,
        request: Request<proto::ListFormatsRequest>,
    ) -> Answer<proto::ListFormatsResponse> {
        caller(&request)?;
        Ok(Response::new(list_formats::list_formats()))
    }

    async fn create_mapping(&self, request: Request<proto::CreateMappingRequest>) -> Answer<proto::Mapping> {
        let user = caller(&request)?.user_id;
        let mut once = Once::begin(&self.pool, user.0, "CreateMapping", &request).await?;
        if let Some(done) = once.replay()? {
            return Ok(done);
        }
        let answer = create_mapping::create_mapping(self, &mut once.tx, user, request.into_inner()).await?;
        once.finish(answer).await
    }

    async fn list_mappings(
        &self,
        request: Request<proto::ListMappingsRequest>,
    ) -> Answer<proto::ListMappingsResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_mappings::list_mappings(self, user).await?))
    }

    async fn get_mapping(&self, request: Request<proto::GetMappingRequest>) -> Answer<proto::Mapping> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(get_mapping::get_mapping(self, user, request.into_inner()).await?))
    }

    async fn replace_mapping(
        &self,
        request: Request<proto::ReplaceMappingRequest>,
    ) -> Answer<proto::Mapping> {
        let (user, seen) = (caller(&request)?.user_id, Precondition::of(&request));
        Ok(Response::new(replace_mapping::replace_mapping(self, user, &seen, request.into_inner()).await?))
    }

    async fn delete_mapping(
        &self,
        request: Request<proto::DeleteMappingRequest>,
    ) -> Answer<proto::DeleteMappingResponse> {
        let (user, seen) = (caller(&request)?.user_id, Precondition::of(&request));
        Ok(Response::new(delete_mapping::delete_mapping(self, user, &seen, request.into_inner()).await?))
    }

    async fn list_fills(
        &self,
        request: Request<proto::ListFillsRequest>,
    ) -> Answer<proto::ListFillsResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_fills::list_fills(self, user, request.into_inner()).await?))
    }

    async fn get_fill(&self, request: Request<proto::GetFillRequest>) -> Answer<proto::Fill> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(get_fill::get_fill(self, user, request.into_inner()).await?))
    }

    async fn create_fill(&self, request: Request<proto::CreateFillRequest>) -> Answer<proto::Fill> {
        let user = caller(&request)?.user_id;
        let mut once = Once::begin(&self.pool, user.0, "CreateFill", &request).await?;
        if let Some(done) = once.replay()? {
            return Ok(done);
        }
        let answer = create_fill::create_fill(self, &mut once.tx, user, request.into_inner()).await?;
        once.finish(answer).await
    }

    async fn correct_fill(&self, request: Request<proto::CorrectFillRequest>) -> Answer<proto::Fill> {
        let user = caller(&request)?.user_id;
        let mut once = Once::begin(&self.pool, user.0, "CorrectFill", &request).await?;
        if let Some(done) = once.replay()? {
            return Ok(done);
        }
        let answer = correct_fill::correct_fill(self, &mut once.tx, user, request.into_inner()).await?;
        once.finish(answer).await
    }

    async fn void_fill(&self, request: Request<proto::VoidFillRequest>) -> Answer<proto::Fill> {
        let user = caller(&request)?.user_id;
        let mut once = Once::begin(&self.pool, user.0, "VoidFill", &request).await?;
        if let Some(done) = once.replay()? {
            return Ok(done);
        }
        let answer = void_fill::void_fill(self, &mut once.tx, user, request.into_inner()).await?;
        once.finish(answer).await
    }

    async fn list_fill_records(
        &self,
        request: Request<proto::ListFillRecordsRequest>,
    ) -> Answer<proto::ListFillRecordsResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_fill_records::list_fill_records(self, user, request.into_inner()).await?))
    }

    async fn list_cash(&self, request: Request<proto::ListCashRequest>) -> Answer<proto::ListCashResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_cash::list_cash(self, user, request.into_inner()).await?))
    }

    async fn create_cash(&self, request: Request<proto::CreateCashRequest>) -> Answer<proto::CashEntry> {
        let user = caller(&request)?.user_id;
        let mut once = Once::begin(&self.pool, user.0, "CreateCash", &request).await?;
        if let Some(done) = once.replay()? {
            return Ok(done);
        }
        let answer = create_cash::create_cash(self, &mut once.tx, user, request.into_inner()).await?;
        once.finish(answer).await
    }

    async fn list_trades(
        &self,
        request: Request<proto::ListTradesRequest>,
    ) -> Answer<proto::ListTradesResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_trades::list_trades(self, user, request.into_inner()).await?))
    }

    async fn get_trade(&self, request: Request<proto::GetTradeRequest>) -> Answer<proto::TradeDetail> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(get_trade::get_trade(self, user, request.into_inner()).await?))
    }

    async fn label_trades(
        &self,
        request: Request<proto::LabelTradesRequest>,
    ) -> Answer<proto::LabelTradesResponse> {
        let user = caller(&request)?.user_id;
        let mut once = Once::begin(&self.pool, user.0, "LabelTrades", &request).await?;
        if let Some(done) = once.replay()? {
            return Ok(done);
        }
        let request = request.into_inner();
        let answer = label_trades::label_trades(self, &mut once.tx, user, &request).await?;
        once.finish(answer).await
    }

    async fn update_trade(&self, request: Request<proto::UpdateTradeRequest>) -> Answer<proto::Trade> {
        let (user, seen) = (caller(&request)?.user_id, Precondition::of(&request));
        Ok(Response::new(update_trade::update_trade(self, user, &seen, request.into_inner()).await?))
    }

    type ExportTradesStream = BoxStream<'static, Result<proto::ExportTradesResponse, Status>>;

    async fn export_trades(
        &self,
        request: Request<proto::ExportTradesRequest>,
    ) -> Answer<Self::ExportTradesStream> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(export_trades::export_trades(self, user).await?))
    }
}
