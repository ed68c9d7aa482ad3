//! One instance after the other is replaced while requests run, and none of them fails.

use super::{door, project::Project};
use crate::{
    api::Api,
    interrupt::Interrupt,
    progress::{Step, duration},
};
use anyhow::{Context as _, ensure};
use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

/// Users who ask one thing after the other.
const USERS: usize = 4;
/// Between two requests of a user: together they stay below the quota of an address.
const BREATH: Duration = Duration::from_millis(100);
/// Between the end of one replacement and the beginning of the next: the door and the other services look every second or so.
const PAUSE: Duration = Duration::from_secs(3);

/// Stops and starts every instance of a service, one after the other.
pub(super) fn roll(
    project: &Project<'_>,
    api: &mut Api,
    service: &str,
    interrupt: &Interrupt,
) -> anyhow::Result<()> {
    let step = Step::begin(format!("Replacing {service} while requests run"));
    let (url, bearer) = (format!("{}/v1/accounts", project.url()), api.bearer()?);
    let (over, answered) = (AtomicBool::new(false), AtomicU64::new(0));
    let failures = Mutex::new(Vec::new());
    let replaced = thread::scope(|scope| {
        for _ in 0..USERS {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    match ask(&url, &bearer) {
                        Ok(()) => {
                            answered.fetch_add(1, Ordering::Relaxed);
                        }
                        Err(error) => {
                            failures
                                .lock()
                                .unwrap_or_else(PoisonError::into_inner)
                                .push(format!("{error:#}"));
                        }
                    }
                    thread::sleep(BREATH);
                }
            });
        }
        let replaced = replace_all(project, service, interrupt);
        over.store(true, Ordering::Relaxed);
        replaced
    });
    let slowest = replaced?;
    let failures = failures.into_inner().unwrap_or_else(PoisonError::into_inner);
    let answered = answered.into_inner();
    ensure!(failures.is_empty(), "{} of {answered} requests failed: {}", failures.len(), failures.join("; "));
    step.done(format!(
        "{service} is replaced, {answered} requests answered, none lost (stop: {})",
        duration(slowest)
    ));
    Ok(())
}

/// The longest time that an instance took to stop.
fn replace_all(project: &Project<'_>, service: &str, interrupt: &Interrupt) -> anyhow::Result<Duration> {
    let containers = project.containers(service)?;
    ensure!(containers.len() == 2, "{service} has {} containers and not two", containers.len());
    let mut slowest = Duration::ZERO;
    for container in containers {
        interrupt.pause(PAUSE)?;
        slowest = slowest.max(project.stop(&container)?);
        project.start(&container, interrupt)?;
    }
    interrupt.pause(PAUSE)?;
    Ok(slowest)
}

fn ask(url: &str, bearer: &str) -> anyhow::Result<()> {
    // Another connection each time, so that each may go to any instance.
    let mut answer = door::client().get(url).header("Authorization", bearer).call().context("no answer")?;
    let status = answer.status();
    ensure!(status == 200, "{status} {}", answer.body_mut().read_to_string().unwrap_or_default());
    Ok(())
}
