//! The five services: their settings, their start, and when they are ready.

use super::{Stack, binaries::Binaries, state::Service};
use crate::{
    folder::{Folder, workspace},
    interrupt::Interrupt,
    mail::sink,
    progress::Step,
};
use anyhow::{Context as _, bail};
use serde_json::Value;
use servers::{Database, Launch, free_ports, secret};
use std::{
    collections::BTreeMap,
    env,
    ffi::{OsStr, OsString},
    process::Command,
    time::{Duration, Instant},
};
use ureq::Agent;

/// Every service; the gateway last, as it needs the others.
pub(crate) const SERVICES: [&str; 5] = ["auth", "trades", "analytics", "notifications", "gateway"];

/// For auth: glibc asks the kernel for huge pages, in which a password hash takes less than two thirds of the time (decision 51).
pub(crate) const HUGE_PAGES: (&str, &str) = ("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
/// The gateway's port where it is free.
const GATEWAY_PORT: u16 = 8080;
/// Who the stack's mails are from, where nobody set it.
const MAIL_FROM: &str = "Trading Journal <journal@journal.example>";
/// Secrets that the stack gives its services.
const OWN_SECRETS: [&str; 11] = [
    "DATABASE_URL",
    "DATABASE_LOGIN",
    "DATABASE_REPLICA_URL",
    "REDIS_URL",
    "AMQP_URL",
    "SIGNING_KEY",
    "PASSWORD_PEPPER",
    "VAULT_KEY",
    "CURSOR_KEYS",
    "SERVICE_KEY",
    "SERVICE_KEYS",
];
const READY_WITHIN: Duration = Duration::from_mins(1);

/// An instance of a service, and where it listens.
#[derive(Clone, Debug)]
struct Place {
    service: &'static str,
    /// What it is called: the service's name, with a number from the second one on.
    name: String,
    port: u16,
    admin_port: u16,
}

/// Starts the services, with `more` in their environment, and waits until each is ready. Returns the public URL.
pub(crate) fn start(
    stack: &mut Stack,
    binaries: &Binaries,
    databases: &BTreeMap<&'static str, Database>,
    folder: &Folder,
    more: &[(&str, &str)],
    interrupt: &Interrupt,
) -> anyhow::Result<String> {
    start_several(stack, binaries, 1, databases, folder, more, interrupt)
}

/// The same with so many instances of each service. The URL is that of the first gateway.
pub(crate) fn start_several(
    stack: &mut Stack,
    binaries: &Binaries,
    instances: usize,
    databases: &BTreeMap<&'static str, Database>,
    folder: &Folder,
    more: &[(&str, &str)],
    interrupt: &Interrupt,
) -> anyhow::Result<String> {
    let step = Step::begin("Starting the services");
    let places = places(folder, instances)?;
    let settings = settings(stack, binaries, &places, folder)?;
    for place in &places {
        let log = folder.log(&place.name);
        let program = binaries.of(place.service)?;
        let mut launch = Launch::new(&place.name, program, workspace(), &log).arguments(["serve"]);
        launch.grace = Duration::from_secs(25);
        launch.environment.extend(settings.iter().cloned());
        launch.environment.extend(more.iter().map(|(name, value)| (name.into(), value.into())));
        if let Some(database) = databases.get(place.service) {
            launch = launch.variable("DATABASE_URL", &database.app_url);
        }
        launch = launch.variable("SERVICE_KEY_FILE", folder.secret(&service_key(place.service)));
        if place.service == "auth" {
            launch = launch.variable(HUGE_PAGES.0, HUGE_PAGES.1);
        }
        let address = if place.service == "gateway" { "HTTP_ADDRESS" } else { "GRPC_ADDRESS" };
        launch = launch
            .variable(address, format!("127.0.0.1:{}", place.port))
            .variable("ADMIN_ADDRESS", format!("127.0.0.1:{}", place.admin_port));
        let (name, port, admin_port) = (place.name.clone(), place.port, place.admin_port);
        stack.start_service(Service { name, port, admin_port, processes: Vec::new(), log }, &launch)?;
    }
    wait_until_ready(stack, Some(&step), interrupt)?;
    step.done("auth, trades, analytics, notifications and gateway are ready");
    let url = format!("http://127.0.0.1:{}", gateway_port(&places)?);
    stack.state.url = Some(url.clone());
    stack.save_state()?;
    Ok(url)
}

/// Where so many instances of each service listen: where they did before, if that is free. The gateways come last.
fn places(folder: &Folder, instances: usize) -> anyhow::Result<Vec<Place>> {
    let mut places = Vec::new();
    for nth in 1..=instances {
        let mut wished = [0; 2 * SERVICES.len()];
        if let Some((_, gateway)) = SERVICES.iter().zip(wished.iter_mut()).next_back().filter(|_| nth == 1) {
            *gateway = GATEWAY_PORT;
        }
        let suffix = if nth == 1 { String::new() } else { format!("-{nth}") };
        let record = folder.ports().with_file_name(format!("ports{suffix}"));
        let chosen = free_ports(&record, wished)?;
        let (public, admin) = chosen.split_at(SERVICES.len());
        let ports = public.iter().copied().zip(admin.iter().copied());
        places.extend(SERVICES.into_iter().zip(ports).map(|(service, (port, admin_port))| Place {
            service,
            name: format!("{service}{suffix}"),
            port,
            admin_port,
        }));
    }
    places.sort_by_key(|place| SERVICES.iter().position(|service| *service == place.service));
    Ok(places)
}

fn gateway_port(places: &[Place]) -> anyhow::Result<u16> {
    let gateway = places.iter().find(|place| place.service == "gateway");
    Ok(gateway.context("there is no gateway")?.port)
}

/// The environment of every service: this process's own, so that `RUST_LOG`, `SMTP_URL` or a collector reach them, and over
/// it what the stack decides. A service ignores what it does not know. Without an `SMTP_URL` mail is kept for `cargo dev mail`.
fn settings(
    stack: &Stack,
    binaries: &Binaries,
    places: &[Place],
    folder: &Folder,
) -> anyhow::Result<Vec<(OsString, OsString)>> {
    let servers = stack.servers()?;
    let signing_key = folder.secret("signing-key.pem");
    secret::kept(&signing_key, || generated_by(binaries, "auth", &["generate-key"]))?;
    let pepper = folder.secret("password-pepper");
    secret::kept(&pepper, || generated_by(binaries, "auth", &["generate-pepper"]))?;
    let vault_key = folder.secret("vault-key");
    secret::kept(&vault_key, || generated_by(binaries, "auth", &["generate-vault-key"]))?;
    let cursor_keys = folder.secret("cursor-keys");
    secret::kept(&cursor_keys, || generated_by(binaries, "gateway", &["generate-cursor-key"]))?;
    let service_keys = service_keys(binaries, folder)?;
    let mut settings: BTreeMap<OsString, OsString> = env::vars_os().collect();
    for (name, value) in [("LOG_FORMAT", "text"), ("NO_COLOR", "1")] {
        settings.entry(name.into()).or_insert_with(|| value.into());
    }
    if settings.get(OsStr::new("SMTP_URL")).is_none_or(|url| url.is_empty()) {
        settings.insert("SMTP_URL".into(), sink::start(folder.mail())?.into());
        settings.entry("MAIL_FROM".into()).or_insert_with(|| MAIL_FROM.into());
    }
    let gateway = gateway_port(places)?;
    settings.entry("PUBLIC_URL".into()).or_insert_with(|| format!("http://127.0.0.1:{gateway}").into());
    // Each is given in one way, and the stack has its own.
    for name in OWN_SECRETS {
        for way in ["", "_FILE", "_ARN"] {
            settings.remove(OsStr::new(&format!("{name}{way}")));
        }
    }
    let mut set = |name: &str, value: OsString| settings.insert(name.into(), value);
    set("REDIS_URL", servers.redis.url().into());
    set("AMQP_URL", servers.rabbitmq.url().into());
    set("SIGNING_KEY_FILE", signing_key.into());
    set("PASSWORD_PEPPER_FILE", pepper.into());
    set("VAULT_KEY_FILE", vault_key.into());
    set("CURSOR_KEYS_FILE", cursor_keys.into());
    set("SERVICE_KEYS", service_keys.into());
    // Passkeys are bound to a domain, which an IP address is not.
    set("PASSKEY_ORIGINS", format!("http://localhost:{gateway}").into());
    set("OBJECT_STORE_URL", format!("file://{}", folder.objects().display()).into());
    // Browsers send a Secure cookie over HTTPS only.
    set("COOKIE_SECURE", "false".into());
    for service in SERVICES {
        let of_service = places.iter().filter(|place| place.service == service);
        let urls: Vec<String> = of_service.map(|place| format!("http://127.0.0.1:{}", place.port)).collect();
        set(&format!("{}_URL", service.to_uppercase()), urls.join(",").into());
    }
    Ok(settings.into_iter().collect())
}

/// The key file of each service, and what its `SERVICE_KEYS` must hold: the names and public halves of all.
fn service_keys(binaries: &Binaries, folder: &Folder) -> anyhow::Result<String> {
    let mut entries = Vec::new();
    for name in SERVICES {
        let file = folder.secret(&service_key(name));
        secret::kept(&file, || generated_by(binaries, "auth", &["generate-service-key", name]))?;
        let key = std::fs::read_to_string(&file)?;
        let (public, _) = key.trim().rsplit_once(':').context("a service key is not name:public:private")?;
        entries.push(public.to_owned());
    }
    Ok(entries.join(","))
}

fn service_key(name: &str) -> String {
    format!("service-key-{name}")
}

/// What `<service> <arguments>` prints.
pub(crate) fn generated_by(
    binaries: &Binaries,
    service: &'static str,
    arguments: &[&str],
) -> Result<String, servers::Error> {
    let fail = |cause: String| servers::Error::Tool { tool: service, cause };
    let program = binaries.of(service).map_err(|error| fail(error.to_string()))?;
    let output = Command::new(program).args(arguments).output().map_err(|error| fail(error.to_string()))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(fail(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}

/// Asks each service's `/ready` until all say yes.
pub(crate) fn wait_until_ready(
    stack: &mut Stack,
    step: Option<&Step>,
    interrupt: &Interrupt,
) -> anyhow::Result<()> {
    let agent = admin_agent();
    let deadline = Instant::now() + READY_WITHIN;
    let mut waiting = stack.state.services.clone();
    while !waiting.is_empty() {
        stack.check()?;
        waiting.retain(|service| readiness(&agent, service.admin_port).is_err());
        let names: Vec<&str> = waiting.iter().map(|service| service.name.as_str()).collect();
        if let Some(step) = step {
            step.now(format!("Waiting for {}", names.join(", ")));
        }
        if Instant::now() > deadline
            && let Some(late) = waiting.first()
        {
            let cause = readiness(&agent, late.admin_port).err().unwrap_or_default();
            bail!("{} is not ready: {cause} (log: {})", late.name, late.log.display());
        }
        interrupt.pause(Duration::from_millis(50))?;
    }
    Ok(())
}

/// A client for the private ports.
pub(crate) fn admin_agent() -> Agent {
    let limit = Some(Duration::from_secs(3));
    Agent::config_builder().http_status_as_error(false).proxy(None).timeout_global(limit).build().into()
}

/// Whether a service is ready; if not, what it lacks.
pub(crate) fn readiness(agent: &Agent, admin_port: u16) -> Result<(), String> {
    let url = format!("http://127.0.0.1:{admin_port}/ready");
    let mut response = agent.get(url).call().map_err(|_| "it does not answer".to_owned())?;
    if response.status() == 200 {
        return Ok(());
    }
    let body: Value = response.body_mut().read_json().unwrap_or_default();
    let dependencies = body.get("dependencies").and_then(Value::as_object).into_iter().flatten();
    let missing = dependencies.filter(|(_, state)| state.as_str() == Some("unavailable"));
    let missing: Vec<String> = missing.map(|(name, _)| format!("{name} is unavailable")).collect();
    Err(if missing.is_empty() { format!("it answers {}", response.status()) } else { missing.join(", ") })
}
