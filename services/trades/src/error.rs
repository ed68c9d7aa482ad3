//! What can go wrong for a caller, and the status that says so.

use crate::{
    db,
    domain::{
        attachment,
        invalid::{Invalid, InvalidItems},
        named::Named,
        rate,
        regrouping::Void,
    },
};
use ledger::{LedgerError, strategy::StrategyError};
use runtime::{precondition::Stale, status};
use tonic::{Code, Status};

/// Why a call fails.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A field of the request.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// Items of a list in the request.
    #[error(transparent)]
    InvalidItems(#[from] InvalidItems),
    /// The resource changed since the caller has seen it.
    #[error(transparent)]
    Stale(#[from] Stale),
    /// What the caller names does not exist, or is somebody else's.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The caller has another account of this name.
    #[error("another account has this name")]
    AccountNameTaken,
    /// Somebody works on the account, and is not done soon.
    #[error("the account is busy, as while a file is imported into it: try again when that is done")]
    AccountBusy,
    /// The caller has another mapping of this name.
    #[error("another mapping has this name")]
    MappingNameTaken,
    /// The caller has another one of this name.
    #[error("another {} has this name", .0.noun())]
    NameTaken(Named),
    /// The caller has as many as anybody may have.
    #[error("there are {} {}s already: delete one that is not needed any more", .0.most(), .0.noun())]
    TooMany(Named),
    /// A trade, or its owner, has as many attachments as may be.
    #[error(
        "there are {} attachments on the trade already, or {} altogether",
        attachment::MOST_ON_A_TRADE,
        attachment::MOST
    )]
    TooManyAttachments,
    /// The caller has an export that is being made.
    #[error("an export is being made already: your inbox tells when it is there")]
    ExportRunning,
    /// The caller keeps as many exports as anybody may.
    #[error("there are {} exports already: the oldest goes after seven days", db::exports::MOST)]
    TooManyExports,
    /// The caller has as many mappings as anybody may have.
    #[error("there are {} mappings already: delete one that is not needed any more", db::mappings::MOST)]
    TooManyMappings,
    /// More exchange rates than a user may have.
    #[error(
        "there would be more than {} exchange rates: delete some that are not needed any more",
        rate::MOST
    )]
    TooManyRates,
    /// More bytes than are taken.
    #[error("the file is larger than {limit} bytes")]
    FileTooLarge {
        /// The most that is taken.
        limit: u64,
    },
    /// The upload stopped before its end.
    #[error("the upload was cut off")]
    UploadCutOff,
    /// An import that a worker still has before it.
    #[error("the import is not finished")]
    ImportNotFinished,
    /// An execution id that the account has already.
    #[error("the account has a fill with this execution_id already: correct that one, or leave the id out")]
    ExecutionKnown,
    /// A fill that was taken back.
    #[error("the fill was voided and cannot be changed any more: enter it anew")]
    FillVoided,
    /// A merge or a split that does not hold.
    #[error("execution {}: {}", void.execution_id, void.fault)]
    CannotRegroup {
        /// `merge` or `split`.
        cut: &'static str,
        /// What is in the way.
        void: Void,
    },
    /// A trade that is merged or split already.
    #[error("the trade is merged or split already: undo that first")]
    AlreadyRegrouped,
    /// More merges and splits than a rebuild can take.
    #[error("the account has too many merges and splits")]
    TooManyRegroupings,
    /// More price bars than anybody may have.
    #[error(
        "there would be more than {} price bars: delete those of a symbol that is not needed any more, or bring longer bars",
        db::price_bars::MOST
    )]
    TooManyBars,
    /// More rows than one answer holds.
    #[error("more than {most} rows: ask for one year or one symbol")]
    TooManyRows {
        /// The most that an answer holds.
        most: usize,
    },
    /// More fills than one answer matches.
    #[error("more than {most} fills in options and their underlyings")]
    TooManyFills {
        /// The most that an answer matches.
        most: i64,
    },
    /// More groups of trades than strategies are recognised with.
    #[error("the account has too many groups of trades")]
    TooManyGroups,
    /// A trade that no strategy can have as a leg.
    #[error("strategies cannot be recognised: {0}")]
    Strategy(#[from] StrategyError),
    /// A result that exact numbers of this size cannot hold.
    #[error("a trade cannot be computed: {0}")]
    Ledger(#[from] LedgerError),
    /// The database.
    #[error(transparent)]
    Database(sqlx::Error),
    /// The object storage.
    #[error(transparent)]
    Files(#[from] object_store::Error),
    /// Reading from the object storage.
    #[error(transparent)]
    Storage(std::io::Error),
    /// A task that panicked.
    #[error(transparent)]
    Panicked(#[from] tokio::task::JoinError),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let told = error.as_database_error();
        // lock_not_available: only who locks an account gives up waiting.
        if told.and_then(sqlx::error::DatabaseError::code).as_deref() == Some("55P03") {
            return Self::AccountBusy;
        }
        match told.and_then(sqlx::error::DatabaseError::constraint) {
            Some("exports_running") => Self::ExportRunning,
            Some("accounts_name_taken") => Self::AccountNameTaken,
            Some("import_mappings_name_taken") => Self::MappingNameTaken,
            Some(taken) if let Some(named) = Named::by_constraint(taken) => Self::NameTaken(named),
            // The account was deleted while it was referred to.
            Some(
                "imports_user_id_account_id_fkey"
                | "regroupings_user_id_account_id_fkey"
                | "trade_journal_user_id_account_id_fkey",
            ) => Self::NotFound("account"),
            _ => Self::Database(error),
        }
    }
}

impl From<Error> for Status {
    fn from(error: Error) -> Self {
        match &error {
            Error::Invalid(invalid) => status::invalid_field(invalid.field, invalid.expected.as_str()),
            Error::InvalidItems(InvalidItems { list, items }) => {
                let named = |(at, item): &(usize, Invalid)| {
                    (format!("{list}[{at}].{}", item.field), item.expected.clone())
                };
                status::invalid_fields(items.iter().map(named))
            }
            Error::Stale(stale) => (*stale).into(),
            Error::NotFound(noun) => status::not_found(noun),
            Error::ExportRunning => {
                status::with_reason(Code::FailedPrecondition, "export-running", error.to_string())
            }
            Error::TooManyAttachments => {
                status::with_reason(Code::FailedPrecondition, "too-many-attachments", error.to_string())
            }
            Error::TooManyExports => {
                status::with_reason(Code::FailedPrecondition, "too-many-exports", error.to_string())
            }
            Error::AccountNameTaken => {
                status::with_reason(Code::AlreadyExists, "account-name-taken", error.to_string())
            }
            Error::AccountBusy => status::with_reason(Code::Aborted, "account-busy", error.to_string()),
            Error::MappingNameTaken => {
                status::with_reason(Code::AlreadyExists, "mapping-name-taken", error.to_string())
            }
            Error::TooManyMappings => {
                status::with_reason(Code::FailedPrecondition, "too-many-mappings", error.to_string())
            }
            Error::NameTaken(named) => {
                status::with_reason(Code::AlreadyExists, named.name_taken(), error.to_string())
            }
            Error::TooMany(named) => {
                status::with_reason(Code::FailedPrecondition, named.too_many(), error.to_string())
            }
            Error::TooManyRates => {
                status::with_reason(Code::FailedPrecondition, "too-many-rates", error.to_string())
            }
            Error::FileTooLarge { .. } => {
                status::with_reason(Code::ResourceExhausted, "file-too-large", error.to_string())
            }
            Error::UploadCutOff => status::with_reason(Code::Cancelled, "upload-cut-off", error.to_string()),
            Error::ImportNotFinished => {
                status::with_reason(Code::FailedPrecondition, "import-not-finished", error.to_string())
            }
            Error::ExecutionKnown => {
                status::with_reason(Code::AlreadyExists, "execution-known", error.to_string())
            }
            Error::FillVoided => {
                status::with_reason(Code::FailedPrecondition, "fill-voided", error.to_string())
            }
            Error::CannotRegroup { cut, .. } => {
                let field = if *cut == "merge" { "trade_ids" } else { "begins" };
                status::invalid_field(field, error.to_string())
            }
            Error::AlreadyRegrouped => {
                status::with_reason(Code::FailedPrecondition, "already-regrouped", error.to_string())
            }
            Error::TooManyRegroupings => {
                status::with_reason(Code::FailedPrecondition, "too-many-regroupings", error.to_string())
            }
            Error::TooManyFills { .. } => {
                status::with_reason(Code::FailedPrecondition, "too-many-fills", error.to_string())
            }
            Error::TooManyGroups => {
                status::with_reason(Code::FailedPrecondition, "too-many-groups", error.to_string())
            }
            Error::TooManyBars => {
                status::with_reason(Code::FailedPrecondition, "too-many-bars", error.to_string())
            }
            Error::Strategy(_) => {
                status::with_reason(Code::FailedPrecondition, "strategies-not-recognised", error.to_string())
            }
            Error::TooManyRows { .. } => {
                status::with_reason(Code::FailedPrecondition, "too-many-rows", error.to_string())
            }
            Error::Database(cause) => status::from_sqlx(cause),
            Error::Files(cause) => status::unavailable(cause),
            Error::Storage(cause) => status::unavailable(cause),
            // Only numbers that somebody entered can do this: imports tell it in words of their own.
            Error::Ledger(_) => {
                status::with_reason(Code::FailedPrecondition, "beyond-exact-numbers", error.to_string())
            }
            Error::Panicked(_) => status::internal(&error),
        }
    }
}

/// What handlers answer.
pub type Result<T, E = Error> = std::result::Result<T, E>;
