//! Makes UTF-8 out of what spreadsheets save: byte order marks go, UTF-16 is translated.

use crate::ParseError;
use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE};
use std::io::{self, BufRead, BufReader, Read};

const CHUNK: usize = 8 * 1024;

/// The input without a byte order mark, in UTF-8 (not yet validated when it came as such).
pub(crate) fn utf8<'a>(input: &'a mut dyn BufRead) -> Result<Box<dyn BufRead + 'a>, ParseError> {
    let mut head = [0; 3];
    let mut length = 0;
    while let Some(room) = head.get_mut(length..).filter(|room| !room.is_empty()) {
        match input.read(room)? {
            0 => break,
            read => length += read,
        }
    }
    let head = head.get(..length).unwrap_or_default().to_vec();
    match head.as_slice() {
        [] => Err(ParseError::Empty),
        [0xEF, 0xBB, 0xBF] => Ok(Box::new(input)),
        [0xFF, 0xFE, ..] => Ok(translated(UTF_16LE.new_decoder_without_bom_handling(), &head, input)),
        [0xFE, 0xFF, ..] => Ok(translated(UTF_16BE.new_decoder_without_bom_handling(), &head, input)),
        _ => Ok(Box::new(io::Cursor::new(head).chain(input))),
    }
}

fn translated<'a>(decoder: Decoder, head: &[u8], input: &'a mut dyn BufRead) -> Box<dyn BufRead + 'a> {
    let rest = io::Cursor::new(head.get(2..).unwrap_or_default().to_vec()).chain(input);
    Box::new(BufReader::new(Utf16 { decoder, source: rest, pending: Vec::new(), at: 0, ended: false }))
}

/// Translates while it is read.
struct Utf16<R> {
    decoder: Decoder,
    source: R,
    pending: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read> Utf16<R> {
    fn refill(&mut self) -> io::Result<()> {
        let mut raw = [0; CHUNK];
        let length = self.source.read(&mut raw)?;
        self.ended = length == 0;
        let raw = raw.get(..length).unwrap_or_default();
        let room = self.decoder.max_utf8_buffer_length_without_replacement(length).unwrap_or(CHUNK * 4);
        self.pending = vec![0; room];
        self.at = 0;
        let (result, _, written, _) = self.decoder.decode_to_utf8(raw, &mut self.pending, self.ended);
        self.pending.truncate(written);
        match result {
            CoderResult::InputEmpty => Ok(()),
            CoderResult::OutputFull => Err(io::Error::other("text that grows beyond its bound")),
        }
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.pending.len() && !self.ended {
            self.refill()?;
        }
        let rest = self.pending.get(self.at..).unwrap_or_default();
        let length = rest.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..length), rest.get(..length)) {
            to.copy_from_slice(from);
        }
        self.at += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> String {
        let mut input = bytes;
        let mut text = String::new();
        utf8(&mut input).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn a_byte_order_mark_goes_and_utf_16_is_translated() {
        assert_eq!(decoded("symbol;Größe".as_bytes()), "symbol;Größe");
        assert_eq!(decoded("\u{feff}symbol".as_bytes()), "symbol");
        let little: Vec<u8> = "\u{feff}Größe 😀".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decoded(&little), "Größe 😀");
        let big: Vec<u8> = "\u{feff}Größe".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded(&big), "Größe");
        assert_eq!(decoded(b"a"), "a");
    }

    #[test]
    fn nothing_is_an_error() {
        assert!(matches!(utf8(&mut &b""[..]), Err(ParseError::Empty)));
    }
}
