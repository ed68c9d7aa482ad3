//! What a file may be at most.

/// Bounds that keep a hostile file from using up memory or time. All can be set; the defaults fit honest files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Data rows of one file.
    pub rows: u64,
    /// Bytes of one row, over all its lines.
    pub row_bytes: usize,
    /// Lines that one quoted cell may span.
    pub row_lines: usize,
    /// Cells of one row.
    pub cells: usize,
    /// Bytes of a spreadsheet as it is stored: it is read whole.
    pub workbook_bytes: u64,
    /// Bytes of a spreadsheet when it is unpacked.
    pub unpacked_bytes: u64,
    /// How many times larger than packed a spreadsheet may unpack.
    pub unpacked_ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rows: 10_000_000,
            row_bytes: 64 * 1024,
            row_lines: 16,
            cells: 1_024,
            workbook_bytes: 16 << 20,
            unpacked_bytes: 256 << 20,
            unpacked_ratio: 200,
        }
    }
}
