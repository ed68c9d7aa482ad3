//! Which queues hold which events. A relay declares them before it publishes the first event of a kind: the consumers of a service
//! that was never started yet miss nothing.

/// A consumer's queue ([`crate::Consumer::QUEUE`]) and the full name of the event that it is bound to.
struct Binding {
    queue: &'static str,
    event: &'static str,
}

const fn bind(queue: &'static str, event: &'static str) -> Binding {
    Binding { queue, event }
}

/// Every consumer of every service.
const BINDINGS: &[Binding] = &[
    bind("analytics.drop-account", "journal.trades.v1.AccountDeleted"),
    bind("analytics.forget-user", "journal.auth.v1.UserDeleted"),
    bind("analytics.keep-account", "journal.trades.v1.AccountChanged"),
    bind("analytics.keep-cash", "journal.trades.v1.CashFlowsChanged"),
    bind("analytics.keep-journal", "journal.trades.v1.TradeJournaled"),
    bind("analytics.update-statistics", "journal.trades.v1.TradesChanged"),
    bind("auth.export-account", "journal.trades.v1.ExportRequested"),
    bind("notifications.announce-finished-export", "journal.trades.v1.ExportFinished"),
    bind("notifications.announce-finished-import", "journal.trades.v1.ImportFinished"),
    bind("notifications.announce-import-progress", "journal.trades.v1.ImportProgressed"),
    bind("notifications.announce-revoked-session", "journal.auth.v1.SessionRevoked"),
    bind("notifications.announce-statistics", "journal.analytics.v1.StatisticsUpdated"),
    bind("notifications.announce-trades", "journal.trades.v1.TradesChanged"),
    bind("notifications.export-inbox", "journal.trades.v1.ExportRequested"),
    bind("notifications.follow-user", "journal.auth.v1.UserChanged"),
    bind("notifications.forget-user", "journal.auth.v1.UserDeleted"),
    bind("notifications.keep-recipient", "journal.auth.v1.UserRegistered"),
    bind("notifications.queue-account-mail", "journal.auth.v1.AccountMailRequested"),
    bind("trades.forget-user", "journal.auth.v1.UserDeleted"),
    bind("trades.keep-export-part", "journal.trades.v1.ExportPartWritten"),
    bind("trades.run-import", "journal.trades.v1.ImportRequested"),
    bind("trades.write-export", "journal.trades.v1.ExportGathered"),
];

/// The queues that are bound to an event.
pub(crate) fn queues_of(event: &str) -> impl Iterator<Item = &'static str> {
    BINDINGS.iter().filter(move |binding| binding.event == event).map(|binding| binding.queue)
}

/// The queues whose consumers are a service's.
pub(crate) fn queues_of_service(service: &str) -> impl Iterator<Item = &'static str> {
    let queues = BINDINGS.iter().map(|binding| binding.queue);
    queues.filter(move |queue| queue.split_once('.').is_some_and(|(owner, _)| owner == service))
}

/// Whether `queue` is told to be bound to `event`. A test's own consumer binds itself alone.
pub(crate) fn tells_of(queue: &str, event: &str) -> bool {
    queue.starts_with("test.") || queues_of(event).any(|bound| bound == queue)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, fs, path::Path};

    /// Queue and short name of the event of each consumer in the services' sources.
    fn consumers() -> BTreeSet<(String, String)> {
        let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services");
        let folders =
            fs::read_dir(services).unwrap().map(|service| service.unwrap().path().join("src/consumers"));
        let mut found = BTreeSet::new();
        for source in
            folders.filter(|folder| folder.is_dir()).flat_map(|folder| fs::read_dir(folder).unwrap())
        {
            let path = source.unwrap().path();
            let Ok(text) = fs::read_to_string(&path) else { continue };
            let after = |start: &str, end: char| {
                text.split_once(start)
                    .and_then(|(_, rest)| rest.split_once(end))
                    .map(|(name, _)| name.to_owned())
            };
            if let Some(queue) = after("const QUEUE: &'static str = \"", '"') {
                let event = after("type Event = ", ';').unwrap_or_else(|| panic!("{}", path.display()));
                found.insert((queue, event));
            }
        }
        found
    }

    #[test]
    fn every_consumer_of_every_service_is_bound_and_nothing_else_is() {
        let bound: BTreeSet<(String, String)> = BINDINGS
            .iter()
            .map(|binding| (binding.queue.to_owned(), binding.event.rsplit_once('.').unwrap().1.to_owned()))
            .collect();

        assert_eq!(bound, consumers());
        assert_eq!(bound.len(), BINDINGS.len());
    }
}
