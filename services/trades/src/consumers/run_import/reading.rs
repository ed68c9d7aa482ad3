//! Reads a file on a thread of its own, and hands its fills on in batches.

mod batch;
mod delivery;
mod rates;
mod sink;
mod unreadable;

use crate::{
    db::imports::Upload,
    domain::{account::Account, import::Diagnostics, mapping::Layout, rate::Rate},
    error::Error,
    progress::Progress,
};
pub use batch::Batch;
use batch::Target;
use bytes::Bytes;
pub use delivery::Delivery;
use formats::{Format, Limits, Options, ParseError, Report, detect, head_bytes};
use futures_util::stream::BoxStream;
use sink::Batches;
use std::{
    collections::BTreeSet,
    io::{self, BufReader, Read},
    sync::Arc,
};
use tokio::{
    sync::mpsc::{self, Receiver},
    task::{JoinHandle, spawn_blocking},
};
use tokio_util::io::{StreamReader, SyncIoBridge};
pub(super) use unreadable::Unreadable;

/// Batches that wait to be stored: with the one being stored and the one being filled, all that is held of a file.
const WAITING_BATCHES: usize = 2;
/// More rows than this are refused: an import is one transaction.
const MOST_ROWS: u64 = 200_000;
/// Bytes that tell how many a format is recognised by.
const START: u64 = 4;

/// A file that is being read.
pub(super) struct Reading {
    batches: Receiver<Batch>,
    thread: JoinHandle<Ended>,
}

/// A file that was read to its end.
pub(super) struct ReadFile {
    /// What it came to.
    pub(super) report: Report,
    /// What there is to say about its rows.
    pub(super) diagnostics: Diagnostics,
    /// How sure the recognition of its format was, 0 to 1; 1 when it was asked for.
    pub(super) confidence: f64,
    /// What gave its times their zone.
    pub(super) time_sources: Vec<String>,
    /// The exchange rates that it tells.
    pub(super) rates: Vec<Rate>,
}

/// How the reading of a file ended.
struct Ended {
    format: Option<Format>,
    confidence: f64,
    diagnostics: Diagnostics,
    time_sources: BTreeSet<String>,
    rates: Vec<Rate>,
    report: Result<Report, Trouble>,
}

/// What ends the reading early.
enum Trouble {
    /// The file's own fault, in a sentence.
    File(String),
    /// Nobody takes the fills any more.
    Stopped,
    /// The storage's fault: another attempt may succeed.
    Storage(io::Error),
}

impl Reading {
    /// Starts to read `bytes`.
    pub(super) fn start(
        bytes: BoxStream<'static, io::Result<Bytes>>,
        upload: &Upload,
        account: &Account,
        progress: &Arc<Progress>,
    ) -> Self {
        let (sender, batches) = mpsc::channel(WAITING_BATCHES);
        let mut sink = Batches::new(sender, Target { account: upload.account_id, import: upload.id });
        let options = Options {
            time_zone: upload.time_zone.clone(),
            currency: account.currency.clone(),
            source_account: upload.source_account.clone(),
            limits: Limits { rows: MOST_ROWS, ..Limits::default() },
            file_name: Some(upload.file_name.clone()).filter(|name| !name.is_empty()),
            mapping: upload.layout.as_ref().map(Layout::to_formats),
            ..Options::default()
        };
        let asked = upload.format.as_deref().map(str::parse::<Format>).transpose();
        let input = SyncIoBridge::new(StreamReader::new(bytes));
        let input = Counted { input, progress: Arc::clone(progress) };
        let thread = spawn_blocking(move || {
            let (mut format, mut confidence) = (None, 1.0);
            let report = asked.map_err(|unknown| Trouble::File(unknown.to_string())).and_then(|asked| {
                format = asked;
                read(input, (&mut format, &mut confidence), &options, &mut sink)
            });
            // Without the sender, which has to go: whoever waits for batches waits for its end.
            let Batches { mut diagnostics, time_sources, rates, .. } = sink;
            let rates = report.as_ref().map_or_else(
                |_| Vec::new(),
                |report| {
                    let base = report.stated.base_currency.as_deref();
                    rates.settle(base, &options.currency, &mut diagnostics)
                },
            );
            Ended { format, confidence, diagnostics, time_sources, rates, report }
        });
        Self { batches, thread }
    }

    /// What was read next; `None` at the end.
    pub(super) async fn next(&mut self) -> Option<Batch> {
        self.batches.recv().await
    }

    /// How it ended, after the last batch. The outer error is not the file's fault.
    pub(super) async fn end(self) -> Result<Result<ReadFile, Unreadable>, Error> {
        let Ended { format, confidence, diagnostics, time_sources, rates, report } = self.thread.await?;
        let time_sources = time_sources.into_iter().collect();
        match report {
            Ok(report) => Ok(Ok(ReadFile { report, diagnostics, confidence, time_sources, rates })),
            Err(Trouble::File(problem)) => Ok(Err(Unreadable::new(&problem, format, diagnostics))),
            Err(Trouble::Stopped) => Err(Error::UploadCutOff),
            Err(Trouble::Storage(error)) => Err(Error::Storage(error)),
        }
    }
}

fn read(
    mut input: impl Read,
    (format, confidence): (&mut Option<Format>, &mut f64),
    options: &Options,
    sink: &mut Batches,
) -> Result<Report, Trouble> {
    let mut head = Vec::new();
    input.by_ref().take(START).read_to_end(&mut head).map_err(Trouble::Storage)?;
    let wanted = head_bytes(&head, &options.limits);
    input.by_ref().take(wanted).read_to_end(&mut head).map_err(Trouble::Storage)?;
    let recognised = if let Some(asked) = *format {
        asked
    } else {
        let detection = detect(&head).map_err(|error| Trouble::File(error.to_string()))?;
        *confidence = detection.confidence.into();
        detection.format
    };
    *format = Some(recognised);
    let mut input = BufReader::new(io::Cursor::new(head).chain(input));
    let report = formats::parse(recognised, &mut input, options, sink).map_err(Trouble::from)?;
    sink.flush().map_err(|_| Trouble::Stopped)?;
    Ok(report)
}

impl From<ParseError> for Trouble {
    fn from(error: ParseError) -> Self {
        match error {
            ParseError::Io(error) if error.kind() != io::ErrorKind::InvalidData => Self::Storage(error),
            ParseError::Stopped(_) => Self::Stopped,
            ParseError::Empty
            | ParseError::NotText { .. }
            | ParseError::WrongFormat { .. }
            | ParseError::Truncated { .. }
            | ParseError::Forbidden { .. }
            | ParseError::Malformed { .. }
            | ParseError::SeveralAccounts(_)
            | ParseError::UnknownTimeZone(_)
            | ParseError::TooManyRows(_)
            | ParseError::Bomb(_)
            | ParseError::Io(_) => Self::File(error.to_string()),
        }
    }
}

/// Counts what is read.
struct Counted<R> {
    input: R,
    progress: Arc<Progress>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.progress.read_bytes(read);
        Ok(read)
    }
}
