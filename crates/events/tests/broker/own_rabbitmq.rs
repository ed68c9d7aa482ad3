//! A RabbitMQ of a test's own, to stop, kill and squeeze.

use servers::{Installation, RabbitMq, SearchPath, Settings};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use tokio::task::spawn_blocking;

/// A node whose data outlasts a restart, and goes with this value.
pub struct OwnRabbitMq {
    installation: Installation,
    settings: Settings,
    node: Option<RabbitMq>,
    url: String,
}

impl OwnRabbitMq {
    pub async fn start() -> Self {
        let installation = Installation::find(&SearchPath::of_system()).unwrap();
        let settings = Settings { discard: false, ..Settings::scratch().unwrap() };
        let mut own = Self { installation, settings, node: None, url: String::new() };
        own.start_again().await;
        own
    }

    /// At the same address as before.
    pub async fn start_again(&mut self) {
        let (programs, settings) = (self.installation.rabbitmq.clone(), self.settings.clone());
        let node = spawn_blocking(move || RabbitMq::start(&programs, &settings)).await.unwrap().unwrap();
        assert!(self.url.is_empty() || self.url == node.url(), "somebody took the node's port meanwhile");
        self.url = node.url();
        self.node = Some(node);
    }

    /// Its URL with another password.
    pub fn url_with(&self, password: &str) -> String {
        let (_, place) = self.url.rsplit_once('@').unwrap();
        format!("amqp://journal:{password}@{place}")
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub async fn stop(&mut self) {
        let node = self.node.take().unwrap();
        spawn_blocking(|| node.stop()).await.unwrap().unwrap();
    }

    /// SIGKILL: nothing is flushed, nobody is told.
    pub async fn kill(&mut self) {
        let mut node = self.node.take().unwrap();
        let pid = node.process().pids()[0].to_string();
        assert!(Command::new("kill").args(["-KILL", &pid]).status().unwrap().success());
        spawn_blocking(|| drop(node)).await.unwrap();
    }

    /// Runs `rabbitmqctl`.
    pub async fn control(&self, arguments: &[&str]) {
        let room = self.room();
        let ports = fs::read_to_string(room.join("ports")).unwrap();
        let mut control = Command::new(self.installation.rabbitmq.server.with_file_name("rabbitmqctl"));
        control
            .args(["--node", "journal@localhost"])
            .args(arguments)
            .env("PATH", &self.installation.rabbitmq.path)
            .env("HOME", &room)
            .env("LANG", "C.UTF-8")
            .env("ERL_EPMD_PORT", ports.split_whitespace().nth(2).unwrap());
        let output = spawn_blocking(move || control.output()).await.unwrap().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn room(&self) -> PathBuf {
        Path::new(&self.settings.folder).join("rabbitmq")
    }
}

impl Drop for OwnRabbitMq {
    fn drop(&mut self) {
        drop(self.node.take());
        let _ = servers::remove(&self.settings.folder);
    }
}
