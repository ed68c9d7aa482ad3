//! The macros that make a docstring and an entry of the catalogue of one text.

/// A struct of figures: `field: Type = { name: .., unit: .., formula: .., edges: .., source: .., elsewhere: .. }`
/// (the last one may be left out) becomes a documented field and an entry of the constant that is named after the
/// struct.
macro_rules! figures {
    (
        $(#[$outer:meta])*
        pub struct $name:ident, $entries:ident { $($field:ident: $type:ty = $text:tt),* $(,)? }
    ) => {
        $(#[$outer])*
        pub struct $name {
            $(
                #[doc = $crate::catalogue::metric!(@doc $text)]
                pub $field: $type,
            )*
        }

        #[doc = concat!("What the figures of [`", stringify!($name), "`] mean.")]
        pub(crate) const $entries: &[$crate::catalogue::MetricDescription] = &[
            $($crate::catalogue::metric!(@entry stringify!($field), $text)),*
        ];
    };
}

/// One item with a figure: `const ENTRY = { id: .., name: .., ..., source: .. }; pub fn figure() ..` becomes the
/// documented item and the constant with its entry. Paragraphs of the item's own docstring follow the text.
macro_rules! metric {
    (const $entry:ident = { id: $id:literal, $($text:tt)* }; $item:item) => {
        #[doc = $crate::catalogue::metric!(@doc { $($text)* })]
        #[doc = ""]
        $item

        #[doc = concat!("What `", $id, "` means.")]
        pub(crate) const $entry: $crate::catalogue::MetricDescription =
            $crate::catalogue::metric!(@entry $id, { $($text)* });
    };
    (@doc {
        name: $name:literal, unit: $unit:literal, formula: $formula:literal, edges: $edges:literal,
        source: $source:literal $(, elsewhere: $elsewhere:literal)? $(,)?
    }) => {
        concat!(
            $name, " (", $unit, "): `", $formula, "`.\n\n", $edges, "\n\nSource: ", $source, "."
            $(, "\n\nElsewhere: ", $elsewhere)?
        )
    };
    (@entry $id:expr, {
        name: $name:literal, unit: $unit:literal, formula: $formula:literal, edges: $edges:literal,
        source: $source:literal $(, elsewhere: $elsewhere:literal)? $(,)?
    }) => {
        $crate::catalogue::MetricDescription {
            id: $id,
            name: $name,
            unit: $unit,
            formula: $formula,
            edges: $edges,
            source: $source,
            elsewhere: concat!($($elsewhere)?),
        }
    };
}

pub(crate) use {figures, metric};
