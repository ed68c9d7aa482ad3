//! What is started beside a running product: one more gateway, or a program that is none of its services.

use super::{Stack, services::wait_until_ready, state::Service};
use crate::{
    folder::{Folder, workspace},
    interrupt::Interrupt,
    progress::Step,
};
use servers::{Launch, free_ports};
use std::path::Path;

/// Starts another gateway beside the one that runs, with `more` in its environment, and waits until it is ready. Returns its URL.
pub(crate) fn gateway(
    stack: &mut Stack,
    folder: &Folder,
    name: &str,
    more: &[(&str, &str)],
    interrupt: &Interrupt,
) -> anyhow::Result<String> {
    let step = Step::begin(format!("Starting {name}"));
    let mut launch = stack.launch("gateway")?.clone();
    let [port, admin_port] = free_ports(&folder.path().join(format!("{name}.ports")), [0; 2])?;
    (launch.name, launch.log) = (name.to_owned(), folder.log(name));
    // Of two variables of one name the later one counts.
    launch = launch
        .variable("HTTP_ADDRESS", format!("127.0.0.1:{port}"))
        .variable("ADMIN_ADDRESS", format!("127.0.0.1:{admin_port}"));
    launch.environment.extend(more.iter().map(|(name, value)| (name.into(), value.into())));
    let (name, log) = (name.to_owned(), launch.log.clone());
    stack.start_service(Service { name, port, admin_port, processes: Vec::new(), log }, &launch)?;
    wait_until_ready(stack, Some(&step), interrupt)?;
    step.done("One more gateway is ready");
    Ok(format!("http://127.0.0.1:{port}"))
}

/// Starts a program that is none of ours to run: it has one port, and is ready when `/ready` there says so. Returns its URL.
pub(crate) fn program(
    stack: &mut Stack,
    folder: &Folder,
    name: &str,
    program: &Path,
    settings: &[(&str, &str)],
    interrupt: &Interrupt,
) -> anyhow::Result<String> {
    let step = Step::begin(format!("Starting {name}"));
    let [port] = free_ports(&folder.path().join(format!("{name}.ports")), [0])?;
    let log = folder.log(name);
    let mut launch = Launch::new(name, program, workspace(), &log)
        .arguments(["serve"])
        .variable("HTTP_ADDRESS", format!("127.0.0.1:{port}"));
    launch.environment.extend(settings.iter().map(|(name, value)| (name.into(), value.into())));
    let service = Service { name: name.to_owned(), port, admin_port: port, processes: Vec::new(), log };
    stack.start_service(service, &launch)?;
    wait_until_ready(stack, Some(&step), interrupt)?;
    step.done(format!("{name} is ready"));
    Ok(format!("http://127.0.0.1:{port}"))
}
