//! `cargo dev parse`: what a broker's file says, without a server.

mod collected;
mod people;
mod program;

use crate::output::show;
use anyhow::{Context as _, bail};
use collected::Collected;
use formats::{Format, Limits, Options, Report, detect, head_bytes};
use std::{
    fs::File,
    io::{BufReader, Read as _, Seek as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// The size of the start that tells a workbook from text.
const START: u64 = 8;

/// Reads a broker's file and prints its format, fills and other events, where every row went, and every remark. Needs no server.
///
/// The exit code is 0 also when rows were rejected: each is listed. It is 1 when the file as a whole cannot be read.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The broker's file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Read it as this format, instead of the one that its content shows
    #[arg(long, value_name = "NAME")]
    format: Option<String>,
    /// The IANA zone of times that carry none, such as `America/New_York`
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// The account's currency, for files that name none
    #[arg(long, default_value = "USD")]
    currency: String,
    /// Read only this account of a file that holds several
    #[arg(long, value_name = "ACCOUNT")]
    source_account: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// How the format is known.
struct Recognised {
    format: Format,
    /// 0..1; `None`: it was named.
    confidence: Option<f32>,
    why: String,
}

/// Prints what is in the file.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let name = arguments.file.display();
    let mut file = File::open(&arguments.file).with_context(|| name.to_string())?;
    let recognised = recognise(&mut file, arguments.format.as_deref()).with_context(|| name.to_string())?;
    let options = Options {
        time_zone: arguments.time_zone.clone(),
        currency: arguments.currency.clone(),
        source_account: arguments.source_account.clone(),
        file_name: file_name(&arguments.file),
        ..Options::default()
    };
    let mut collected = Collected::default();
    let report = formats::parse(recognised.format, &mut BufReader::new(file), &options, &mut collected);
    let report: Report = match report {
        Ok(report) => report,
        Err(error) => {
            show(&people::remarks(&collected))?;
            return Err(error).with_context(|| name.to_string());
        }
    };
    show(&if arguments.json {
        format!("{:#}\n", program::document(&recognised, &report, &collected))
    } else {
        people::page(&arguments.file, &recognised, &report, &collected)
    })?;
    Ok(ExitCode::SUCCESS)
}

fn recognise(file: &mut File, asked: Option<&str>) -> anyhow::Result<Recognised> {
    if let Some(name) = asked {
        let Ok(format) = name.parse() else {
            let known: Vec<&str> = Format::all().into_iter().map(Format::id).collect();
            bail!("no format is called {name:?}; known are {}", known.join(", "));
        };
        return Ok(Recognised { format, confidence: None, why: "it was named".to_owned() });
    }
    let mut head = Vec::new();
    file.by_ref().take(START).read_to_end(&mut head)?;
    let wanted = head_bytes(&head, &Limits::default());
    file.by_ref().take(wanted.saturating_sub(START)).read_to_end(&mut head)?;
    file.rewind()?;
    let detection = detect(&head)?;
    Ok(Recognised { format: detection.format, confidence: Some(detection.confidence), why: detection.why })
}

fn file_name(path: &Path) -> Option<String> {
    path.file_name().map(|name| name.to_string_lossy().into_owned())
}
