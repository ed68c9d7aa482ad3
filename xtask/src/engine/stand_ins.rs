//! Images of others: pulled, or made of Debian's packages where nothing can be pulled.

use super::{Engine, told};
use crate::{folder::workspace, progress::Step};
use anyhow::{Context as _, ensure};
use std::{
    collections::BTreeMap,
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

const FOLDER: &str = "docker/stand-in";
const PREFIX: &str = "trading-journal-stand-in";

/// An image of somebody else: the variable by which compose.yaml and the Dockerfile know it, its name, and what stands in for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Foreign {
    pub variable: &'static str,
    image: &'static str,
    stand_in: StandIn,
}

#[derive(Clone, Copy, Debug)]
enum StandIn {
    /// A stage of a Dockerfile in the folder.
    Stage { file: &'static str, stage: Option<&'static str> },
    /// This machine's own Rust toolchain on Debian.
    Toolchain,
}

const fn server(variable: &'static str, image: &'static str, stage: &'static str) -> Foreign {
    let stand_in = StandIn::Stage { file: "servers.Dockerfile", stage: Some(stage) };
    Foreign { variable, image, stand_in }
}

/// What the images are built on; the names are those of docker/Dockerfile.
pub(crate) const BASES: [Foreign; 2] = [
    Foreign { variable: "RUST_IMAGE", image: "rust:1.95.0-slim-bookworm", stand_in: StandIn::Toolchain },
    Foreign {
        variable: "RUNTIME_IMAGE",
        image: "gcr.io/distroless/cc-debian12:nonroot",
        stand_in: StandIn::Stage { file: "runtime.Dockerfile", stage: None },
    },
];

/// What runs beside the services; the names are those of compose.yaml.
pub(crate) const SERVERS: [Foreign; 5] = [
    server("POSTGRES_IMAGE", "postgres:16", "postgres"),
    server("RABBITMQ_IMAGE", "rabbitmq:4.2", "rabbitmq"),
    server("REDIS_IMAGE", "redis:7", "redis"),
    server("HAPROXY_IMAGE", "haproxy:3.0", "haproxy"),
    server("MAIL_IMAGE", "axllent/mailpit:v1.21", "mail"),
];

/// Which image to take for each variable.
pub(crate) type Choice = BTreeMap<&'static str, String>;

/// Images that are there or could be had: as the environment says, else as others made them, else stand-ins.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// By variable.
    pub images: Choice,
    /// Whether any of them stands in.
    pub stands_in: bool,
}

/// Has every image at hand. The first one that cannot be pulled tells that none can.
pub(crate) fn find<'a>(
    engine: &Engine,
    wanted: impl IntoIterator<Item = &'a Foreign>,
) -> anyhow::Result<Found> {
    let mut found = Found::default();
    for foreign in wanted {
        let asked = env::var_os(foreign.variable).and_then(|image| image.into_string().ok());
        let image = match asked {
            Some(image) if !image.is_empty() => image,
            _ if engine.has(foreign.image) || (!found.stands_in && pull(engine, foreign.image)) => {
                foreign.image.to_owned()
            }
            _ => {
                found.stands_in = true;
                foreign.make(engine)?
            }
        };
        found.images.insert(foreign.variable, image);
    }
    Ok(found)
}

fn pull(engine: &Engine, image: &str) -> bool {
    let step = Step::begin(format!("Pulling {image}"));
    // A registry that does not answer at all is no registry.
    let mut command = Command::new("timeout");
    command.arg("300").arg(engine.docker().get_program()).args(["pull", "--quiet", image]);
    if told(&mut command).is_err() {
        step.done(format!("{image} cannot be pulled: Debian's packages stand in"));
        return false;
    }
    step.done(format!("Pulled {image}"));
    true
}

impl Foreign {
    fn make(&self, engine: &Engine) -> anyhow::Result<String> {
        let name = match self.stand_in {
            StandIn::Stage { stage, .. } => stage.unwrap_or("runtime"),
            StandIn::Toolchain => "rust",
        };
        let image = format!("{PREFIX}/{name}:12");
        let debian = debian(engine)?;
        let step = Step::begin(format!("Making what stands in for {}", self.image));
        let mut command = engine.docker();
        command.args(["build", "--quiet", "--tag", &image, "--build-arg", &format!("DEBIAN={debian}")]);
        let folder = workspace().join(FOLDER);
        match self.stand_in {
            StandIn::Stage { file, stage } => {
                command.args(stage.into_iter().flat_map(|stage| ["--target", stage]));
                command.arg("--file").arg(folder.join(file)).arg(&folder);
            }
            StandIn::Toolchain => {
                command.arg("--file").arg(folder.join("rust.Dockerfile")).arg(toolchain()?);
            }
        }
        told(&mut command)?;
        step.done(format!("{image} stands in for {}", self.image));
        Ok(image)
    }
}

/// Debian itself, from its archive.
fn debian(engine: &Engine) -> anyhow::Result<String> {
    let image = format!("{PREFIX}/debian:12");
    if engine.has(&image) {
        return Ok(image);
    }
    if !Path::new("/usr/sbin/debootstrap").is_file() {
        servers::install(&["debootstrap"], &engine.folder.log("install-debootstrap"))?;
    }
    let step = Step::begin("Making an image of Debian (once)");
    let log = std::fs::File::create(engine.folder.log("debootstrap"))?;
    let mut command = Command::new(workspace().join(FOLDER).join("debian.sh"));
    command.arg(&image).env("DOCKER", engine.docker().get_program());
    let made = command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).status();
    let log = engine.folder.log("debootstrap");
    ensure!(made.context("cannot run debian.sh")?.success(), "debootstrap failed (log: {})", log.display());
    step.done("Made an image of Debian");
    Ok(image)
}

/// The folder of the toolchain that builds this checkout.
fn toolchain() -> anyhow::Result<PathBuf> {
    Ok(told(Command::new("rustc").args(["--print", "sysroot"]).current_dir(workspace()))?.into())
}
