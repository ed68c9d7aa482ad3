//! Attachments: images beside what is written about a trade.

use super::ids::{AccountId, AttachmentId, TradeId};
use time::OffsetDateTime;

/// The most that one trade gets.
pub const MOST_ON_A_TRADE: i64 = 20;
/// The most that one user has.
pub const MOST: i64 = 10_000;
/// Bytes of the largest one.
pub const LARGEST: u64 = 10 * 1024 * 1024;
/// Bytes that say what an image is.
pub const TELLING: usize = 12;

/// An image of a trade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// Where it was added, or where a rebuild moved it.
    pub trade_id: TradeId,
    /// The account of that trade.
    pub account_id: AccountId,
    /// As its sender called it: only ever shown.
    pub file_name: String,
    /// What it is.
    pub image: Image,
    /// Its size.
    pub bytes: u64,
    /// When it was added.
    pub created_at: OffsetDateTime,
}

/// What browsers show and cannot run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Image {
    /// PNG (ISO/IEC 15948).
    Png,
    /// JPEG (ISO/IEC 10918).
    Jpeg,
    /// WebP (RFC 9649).
    Webp,
    /// GIF 87a or 89a.
    Gif,
}

impl Image {
    const ALL: [Self; 4] = [Self::Png, Self::Jpeg, Self::Webp, Self::Gif];

    /// What a file is, by its first [`TELLING`] bytes; its name and what its sender says do not count.
    pub fn of(first: &[u8]) -> Option<Self> {
        match first {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            _ => None,
        }
    }

    /// As HTTP names it.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
        }
    }

    /// The image of a name that [`Image::media_type`] gave.
    pub fn of_media_type(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|image| image.media_type() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_what_its_first_bytes_say() {
        for (first, image) in [
            (&b"\x89PNG\r\n\x1a\n...."[..], Some(Image::Png)),
            (b"\xff\xd8\xff\xe0", Some(Image::Jpeg)),
            (b"RIFF\0\0\0\0WEBP", Some(Image::Webp)),
            (b"GIF89a", Some(Image::Gif)),
            (b"RIFF\0\0\0\0WAVE", None),
            (b"GIF88a", None),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\">", None),
            (b"<html>", None),
            (b"\x89PNG", None),
            (b"", None),
        ] {
            assert_eq!(Image::of(first), image, "{first:?}");
        }
        for image in Image::ALL {
            assert_eq!(Image::of_media_type(image.media_type()), Some(image));
        }
    }
}
