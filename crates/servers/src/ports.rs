//! Free loopback ports, the same ones again after a restart where possible.

use crate::{Error, secret};
use std::{fs, net::TcpListener, path::Path};

/// `N` ports that were free a moment ago: those recorded in the file `record` where they are free, else those wished for
/// (0: none in particular), else any. They are recorded.
pub fn free_ports<const N: usize>(record: &Path, wished: [u16; N]) -> Result<[u16; N], Error> {
    let recorded = fs::read_to_string(record).unwrap_or_default();
    let mut recorded = recorded.split_whitespace().map(|port| port.parse().unwrap_or_default());
    // Held until all are chosen, so that none is chosen twice.
    let mut held = Vec::with_capacity(N);
    let mut ports = wished;
    for port in &mut ports {
        let mut preferred =
            [recorded.next().unwrap_or_default(), *port].into_iter().filter(|port| *port != 0);
        let listener = preferred.find_map(|port| bind(port).ok()).map_or_else(|| bind(0), Ok);
        let listener = listener.map_err(Error::io("find a free port"))?;
        *port = listener.local_addr().map_err(Error::io("find a free port"))?.port();
        held.push(listener);
    }
    secret::write_private(record, &ports.map(|port| port.to_string()).join(" "))?;
    Ok(ports)
}

/// Calls `start` with free ports, again with others when it failed because somebody took one of them in between.
pub(crate) fn with_free_ports<const N: usize, T>(
    room: &Path,
    mut start: impl FnMut([u16; N]) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut attempts = 3;
    loop {
        let ports = free_ports(&room.join("ports"), [0; N])?;
        attempts -= 1;
        match start(ports) {
            Err(Error::Ended { .. }) if attempts > 0 && ports.iter().any(|port| bind(*port).is_err()) => {}
            outcome => return outcome,
        }
    }
}

fn bind(port: u16) -> std::io::Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn record() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let record = folder.path().join("ports");
        (folder, record)
    }

    #[test]
    fn a_restart_prefers_the_same_ports() {
        let (_folder, record) = record();

        let first = free_ports(&record, [0; 3]).unwrap();

        assert_eq!(free_ports(&record, [0; 3]).unwrap(), first);
    }

    #[test]
    fn a_port_that_somebody_took_is_replaced() {
        let (_folder, record) = record();
        let [first, second] = free_ports(&record, [0; 2]).unwrap();
        let _taken = bind(first).unwrap();

        let [replaced, kept] = free_ports(&record, [0; 2]).unwrap();

        assert_ne!(replaced, first);
        assert_eq!(kept, second);
    }

    #[test]
    fn a_wish_is_granted_when_it_is_free_and_nothing_is_recorded() {
        let (folder, record) = record();
        let [free] = free_ports(&record, [0]).unwrap();

        assert_eq!(free_ports(&folder.path().join("other"), [free]).unwrap(), [free]);

        let _taken = bind(free).unwrap();
        assert_ne!(free_ports(&folder.path().join("third"), [free]).unwrap(), [free]);
    }

    #[test]
    fn a_start_that_lost_its_port_to_somebody_is_tried_again_with_another() {
        let room = tempfile::tempdir().unwrap();
        let mut taken = Vec::new();

        let started = with_free_ports(room.path(), |[port]| {
            if taken.is_empty() {
                taken.push((port, bind(port).unwrap()));
                let log = room.path().join("server.log");
                return Err(Error::Ended {
                    server: "test",
                    status: "1".into(),
                    last_words: "in use".into(),
                    log,
                });
            }
            Ok(port)
        });

        assert_ne!(started.unwrap(), taken[0].0);
    }
}
