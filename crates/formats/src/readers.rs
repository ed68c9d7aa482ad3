//! The registry: every format that can be read. A new one is a file of its own, and its lines here.

mod generic;
mod ibkr_flex;
mod tradovate;

use crate::reader::Reader;

pub use generic::template as generic_template;

/// All formats, in the order they are offered.
pub(crate) static READERS: &[&dyn Reader] =
    &[&ibkr_flex::FlexXml, &tradovate::PositionHistory, &generic::Generic];
