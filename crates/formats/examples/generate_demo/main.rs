//! Writes the demo files of `cargo dev up`: a year of plausible trading, the same bytes every time.
//!
//! `cargo run -p formats --example generate_demo -- xtask/demo`

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program that people run by hand")]

mod files;
mod market;

use std::{error::Error, fs, path::Path, process::ExitCode};

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("usage: generate_demo <folder>");
        return ExitCode::FAILURE;
    };
    match write(Path::new(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("generate_demo: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    for (name, content) in files::all() {
        fs::write(folder.join(name), &content)?;
        println!("{name}: {} bytes", content.len());
    }
    Ok(())
}
