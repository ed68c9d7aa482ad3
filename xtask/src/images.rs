//! `cargo dev images`: the images of the services, built for real and measured.

mod sbom;

use crate::{
    engine::{
        Engine,
        stand_ins::{self, Choice},
        told,
    },
    folder::{Folder, workspace},
    interrupt::Interrupt,
    progress::{Step, duration},
    stack::{binaries::Binaries, services::SERVICES},
    table::{self, Align},
    web,
};
use anyhow::{Context as _, ensure};
use clap::Args;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

/// Besides the services: what sets an installation up.
const SETUP: &str = "setup";
/// The stage that takes `web/dist` as it is.
const WEB_PREBUILT: &str = "web-prebuilt";
/// The first line of a `.env` that is ours to replace.
const MARK: &str = "# Written by `cargo dev images`: what stands in for images that cannot be pulled here.";

/// Build the images of all services, print their sizes and times, and write a list of what is in each (`CycloneDX`).
///
/// Base images that cannot be pulled are made of Debian's packages and this machine's Rust; `.env` then tells Compose of them.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Cargo's profile
    #[arg(long, default_value = "release")]
    profile: String,
    /// Take the programs that cargo builds on this machine without optimisation: quick, for tests
    #[arg(long)]
    prebuilt: bool,
    /// First part of the images' names
    #[arg(long, default_value = "trading-journal")]
    prefix: String,
    /// Tag of the images
    #[arg(long, default_value = "dev")]
    tag: String,
}

pub(crate) fn run(arguments: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    let engine = Engine::ready(folder)?;
    let programs =
        if arguments.prebuilt { Programs::Prebuilt } else { Programs::Compiled(arguments.profile.clone()) };
    let wanted = Wanted { prefix: arguments.prefix.clone(), tag: arguments.tag.clone(), programs };
    let images = build(&engine, &wanted, folder)?;
    println!();
    print_table(&images);
    let lists = folder.path().join("sbom");
    sbom::write(&lists)?;
    println!("\n  What is in each: {}", lists.display());
    let mut others = stand_ins::find(&engine, &stand_ins::SERVERS)?;
    if others.stands_in {
        others.images.extend(stand_ins::find(&engine, &stand_ins::BASES)?.images);
        others.images.insert("WEB", WEB_PREBUILT.to_owned());
        tell_compose(&others.images)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Which images to build.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub prefix: String,
    pub tag: String,
    pub programs: Programs,
}

/// Where the programs come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Programs {
    /// Compiled in the image build, with a profile of Cargo.toml.
    Compiled(String),
    /// As cargo builds them on this machine for tests.
    Prebuilt,
}

/// An image that was built.
#[derive(Clone, Debug)]
pub(crate) struct Image {
    pub name: String,
    /// In bytes.
    pub size: u64,
    took: Duration,
}

/// Builds the images of all services and the one that sets up.
pub(crate) fn build(engine: &Engine, wanted: &Wanted, folder: &Folder) -> anyhow::Result<Vec<Image>> {
    let prebuilt = wanted.programs == Programs::Prebuilt;
    let bases = stand_ins::BASES.iter().filter(|base| !prebuilt || base.variable != "RUST_IMAGE");
    let bases = stand_ins::find(engine, bases)?;
    let mut arguments: Vec<String> =
        bases.images.iter().map(|(variable, image)| format!("{variable}={image}")).collect();
    // Without a registry there is no image of Node either: this machine's own builds the client.
    if bases.stands_in || prebuilt {
        web::built(folder)?;
        arguments.push(format!("WEB={WEB_PREBUILT}"));
    }
    arguments.push(match &wanted.programs {
        Programs::Compiled(profile) => format!("PROFILE={profile}"),
        Programs::Prebuilt => {
            lay_out_programs()?;
            "PROGRAMS=prebuilt".to_owned()
        }
    });
    arguments.push(format!("REVISION={}", revision()));
    // Docker knows these by name, and keeps them out of the images.
    let proxies = ["http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"];
    arguments.extend(proxies.into_iter().filter(|name| env::var_os(name).is_some()).map(str::to_owned));
    SERVICES.into_iter().chain([SETUP]).map(|service| image(engine, wanted, service, &arguments)).collect()
}

fn image(engine: &Engine, wanted: &Wanted, service: &str, arguments: &[String]) -> anyhow::Result<Image> {
    let name = format!("{}/{service}:{}", wanted.prefix, wanted.tag);
    let step = Step::announce(format!("Building {name}"));
    let started = Instant::now();
    let mut command = engine.docker();
    command.current_dir(workspace()).args(["build", "--file", "docker/Dockerfile", "--tag", &name]);
    command.args(["--build-arg", &format!("SERVICE={service}")]);
    command.args(arguments.iter().flat_map(|argument| ["--build-arg", argument]));
    command.args(settings().into_iter().flat_map(|secret| ["--secret".to_owned(), secret]));
    let status = command.arg(".").status().context("cannot run docker")?;
    ensure!(status.success(), "{name} was not built: see above");
    let took = started.elapsed();
    let size = told(engine.docker().args(["image", "inspect", "--format", "{{.Size}}", &name]))?;
    step.done(format!("Built {name}"));
    Ok(Image { name, size: size.parse().context("an image has no size")?, took })
}

/// How this machine finds packages, such as mirrors: shown to the build alone, and kept in no image.
fn settings() -> Vec<String> {
    let home = env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let cargo = env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let files = [("cargo-config", cargo.join("config.toml")), ("npmrc", home.join(".npmrc"))];
    let there = files.iter().filter(|(_, file)| file.is_file());
    there.map(|(id, file)| format!("id={id},src={}", file.display())).collect()
}

/// Puts the programs that cargo builds here where the Dockerfile looks for them, without what debuggers need.
fn lay_out_programs() -> anyhow::Result<()> {
    let binaries = Binaries::build(false, &Interrupt::default())?;
    let home = workspace().join("docker/prebuilt");
    let stripped = workspace().join("target/stripped");
    fs::create_dir_all(&stripped)?;
    // By number: a check that ran before this one may have built xtask anew, and then its name leads nowhere.
    let own = PathBuf::from(format!("/proc/{}/exe", std::process::id()));
    let of_services = SERVICES.iter().map(|name| Ok((*name, binaries.of(name)?.to_owned())));
    let all = of_services.chain([Ok(("xtask", own))]).collect::<anyhow::Result<Vec<_>>>()?;
    for (name, program) in all {
        told(Command::new("strip").arg("-o").arg(stripped.join(name)).arg(program))?;
    }
    told(Command::new("docker/lay-out.sh").args([&stripped, &home]).current_dir(workspace()))?;
    Ok(())
}

fn revision() -> String {
    told(Command::new("git").args(["rev-parse", "HEAD"]).current_dir(workspace()))
        .unwrap_or_else(|_| "unknown".to_owned())
}

fn print_table(images: &[Image]) {
    let heading = [("image", Align::Left), ("size", Align::Right), ("built in", Align::Right)];
    let rows: Vec<[String; 3]> = images
        .iter()
        .map(|image| [image.name.clone(), megabytes(image.size), duration(image.took)])
        .collect();
    for line in table::lines(heading, &rows) {
        println!("{line}");
    }
}

/// As Docker tells sizes: `18.2 MB`.
fn megabytes(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
}

/// Lets `docker compose` find the stand-ins, unless somebody has settings of their own there.
fn tell_compose(images: &Choice) -> anyhow::Result<()> {
    let file = workspace().join(".env");
    let lines: Vec<String> = images.iter().map(|(variable, image)| format!("{variable}={image}")).collect();
    let text = format!("{MARK}\n{}\n", lines.join("\n"));
    if is_ours(&file) {
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        println!("  {} tells Compose what stands in for the servers' images", file.display());
    } else {
        println!("  {} is yours; for Compose add to it:\n{text}", file.display());
    }
    Ok(())
}

fn is_ours(file: &Path) -> bool {
    fs::read_to_string(file).map_or(true, |text| text.starts_with(MARK))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_as_docker_tells_them() {
        assert_eq!([megabytes(18_249_999), megabytes(999)], ["18.2 MB", "0.0 MB"]);
    }

    #[test]
    fn settings_of_somebody_else_are_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(".env");

        assert!(is_ours(&file), "there is none yet");
        fs::write(&file, format!("{MARK}\nREDIS_IMAGE=a\n")).unwrap();
        assert!(is_ours(&file));
        fs::write(&file, "PORT=9000\n").unwrap();
        assert!(!is_ours(&file));
    }
}
