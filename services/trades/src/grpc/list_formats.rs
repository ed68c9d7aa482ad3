//! Lists the file formats that can be imported.

use formats::Format;
use journal_proto::trades::v1::{FormatDescription, ListFormatsResponse};

pub(super) fn list_formats() -> ListFormatsResponse {
    let described = Format::all().into_iter().map(|format| FormatDescription {
        id: format.id().to_owned(),
        name: format.name().to_owned(),
        description: format.description().to_owned(),
    });
    ListFormatsResponse { formats: described.collect() }
}
