//! Lists the file formats that can be imported.

use formats::Format;
use journal_proto::trades::v1::{FormatDescription, ListFormatsResponse};

pub(super) fn list_formats() -> ListFormatsResponse {
    ListFormatsResponse { formats: Format::all().into_iter().map(described).collect() }
}

fn described(format: Format) -> FormatDescription {
    let (doc, assumed) = (format.doc(), format.assumed_zone());
    FormatDescription {
        id: doc.id.to_owned(),
        name: doc.name.to_owned(),
        description: doc.how.to_owned(),
        row: doc.kind.as_text().to_owned(),
        carries: doc.carries.to_owned(),
        times: doc.times.to_owned(),
        fees: doc.fees.to_owned(),
        identity: doc.identity.to_owned(),
        limits: doc.limits.to_owned(),
        asks_time_zone: assumed.is_some(),
        assumed_time_zone: assumed.unwrap_or_default(),
    }
}
