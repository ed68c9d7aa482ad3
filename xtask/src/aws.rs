//! moto's server, which stands in for AWS in tests.

use crate::{folder::Folder, progress::Step, tools::Tool};
use anyhow::bail;
use servers::{Launch, Supervised, free_ports};
use std::{
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

const MOTO: Tool =
    Tool { package: "moto", extras: "[server,cloudformation]", version: "5.2.5", program: "moto_server" };
const READY_WITHIN: Duration = Duration::from_mins(1);

/// A running server that forgets everything when it is dropped.
#[derive(Debug)]
pub(crate) struct Aws {
    url: String,
    _process: Supervised,
}

impl Aws {
    /// Installs moto when it is missing, starts it, and waits until it answers.
    pub fn start(folder: &Folder) -> anyhow::Result<Self> {
        let program = MOTO.installed(folder)?;
        let step = Step::begin("Starting moto for the tests");
        let [port] = free_ports(&folder.tools().join("moto-port"), [0])?;
        let launch = Launch::new("moto", &program, folder.path(), &folder.log("moto"));
        let mut process = launch.arguments(["-H", "127.0.0.1", "-p", &port.to_string()]).start()?;
        let give_up = Instant::now() + READY_WITHIN;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if process.ended().is_some() || Instant::now() > give_up {
                bail!("moto does not start: {}", process.last_words());
            }
            thread::sleep(Duration::from_millis(50));
        }
        step.done("moto for the tests is ready");
        Ok(Self { url: format!("http://127.0.0.1:{port}"), _process: process })
    }

    /// Where it answers.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What leads the AWS SDK to it, and tells tests that it is there.
    pub fn variables(&self) -> [(&'static str, String); 5] {
        let url = self.url.clone();
        [
            ("TEST_AWS_URL", url.clone()),
            ("AWS_ENDPOINT_URL_SECRETS_MANAGER", url),
            ("AWS_REGION", "us-east-1".to_owned()),
            ("AWS_ACCESS_KEY_ID", "test".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
        ]
    }
}
