//! Refuses archives that unpack to more than a workbook honestly holds.

use crate::{Limits, ParseError};
use std::io::{Cursor, Read as _, copy, sink};
use zip::ZipArchive;

/// Files in an honest workbook.
const MOST_FILES: usize = 1_000;

/// Unpacks everything into nothing and counts: what an archive says of its own sizes may be a lie.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<(), ParseError> {
    let broken = |problem: String| ParseError::Malformed {
        line: 0,
        problem: format!("the spreadsheet cannot be read: {problem}"),
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    if archive.len() > MOST_FILES {
        return Err(ParseError::Bomb(format!("it holds more than {MOST_FILES} files")));
    }
    let packed = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let most = limits.unpacked_bytes.min(packed.saturating_mul(limits.unpacked_ratio));
    let mut unpacked: u64 = 0;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| broken(error.to_string()))?;
        let room = most - unpacked;
        let read = copy(&mut file.take(room + 1), &mut sink()).map_err(|error| broken(error.to_string()))?;
        if read > room {
            return Err(ParseError::Bomb(format!("it unpacks to more than {most} bytes")));
        }
        unpacked += read;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use zip::{ZipWriter, write::SimpleFileOptions};

    fn archive(content: &[u8]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("xl/sharedStrings.xml", SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_bomb_is_refused_by_ratio_and_by_size() {
        let bomb = archive(&vec![b' '; 4 << 20]);
        let ratio = check(&bomb, &Limits::default()).unwrap_err().to_string();
        let size =
            check(&bomb, &Limits { unpacked_ratio: 10_000, unpacked_bytes: 1 << 20, ..Limits::default() });

        assert!(ratio.contains("unpacks to more than"), "{ratio}");
        assert!(matches!(size, Err(ParseError::Bomb(_))));
        assert!(check(&archive(b"honest"), &Limits::default()).is_ok());
    }
}
