//! What a file's sender says about it.

use crate::{
    domain::{
        account,
        ids::{AccountId, MappingId},
        invalid::Invalid,
        text,
    },
    grpc::parse,
};
use formats::Format;
use journal_proto::trades::v1::ImportHeader;

/// What to do with the file that follows.
pub(super) struct Header {
    pub(super) account_id: AccountId,
    pub(super) file_name: String,
    pub(super) format: Option<String>,
    pub(super) time_zone: Option<String>,
    pub(super) source_account: Option<String>,
    pub(super) mapping_id: Option<MappingId>,
}

/// The format of which a mapping is.
const MAPPED: &str = "generic-csv";

impl Header {
    pub(super) fn parse(header: &ImportHeader) -> Result<Self, Invalid> {
        let mapping_id = parse::optional_id("mapping_id", &header.mapping_id)?;
        let format = format(&header.format)?;
        Ok(Self {
            account_id: parse::id("account_id", &header.account_id)?,
            file_name: text::line("file_name", &header.file_name, 255)?,
            format: if mapping_id.is_some() { mapped(format.as_deref())? } else { format },
            mapping_id,
            time_zone: if header.time_zone.is_empty() {
                None
            } else {
                Some(account::time_zone(&header.time_zone)?)
            },
            source_account: Some(text::line("source_account", &header.source_account, 100)?)
                .filter(|account| !account.is_empty()),
        })
    }
}

/// What a mapping lays out cannot be recognised by its columns, and is nothing but a CSV.
fn mapped(format: Option<&str>) -> Result<Option<String>, Invalid> {
    match format {
        None | Some(MAPPED) => Ok(Some(MAPPED.to_owned())),
        Some(_) => Err(Invalid::new("format", format!("must be empty or {MAPPED} beside mapping_id"))),
    }
}

fn format(id: &str) -> Result<Option<String>, Invalid> {
    if id.is_empty() {
        return Ok(None);
    }
    let Ok(format) = id.parse::<Format>() else {
        let ids = Format::all().into_iter().map(Format::id).collect::<Vec<_>>().join(", ");
        return Err(Invalid::new("format", format!("must be empty or one of {ids}")));
    };
    Ok(Some(format.id().to_owned()))
}
