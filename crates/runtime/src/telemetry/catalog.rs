//! Every metric that a process of ours measures: what `docs/operations/metrics.md` shows, and what exporters are told.
//!
//! Names follow OpenTelemetry's semantic conventions where those have one. Prometheus shows a name with underscores for dots, its unit at
//! the end, and `_total` behind a counter. Labels are bounded: routes are templates, and nothing tells a user.

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};

/// How a metric is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Only grows while a process runs.
    Counter,
    /// A value of the moment.
    Gauge,
    /// Counts of values, by their size.
    Histogram,
}

/// One metric.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    /// Its name in code and in OTLP.
    pub name: &'static str,
    /// How it is measured.
    pub kind: Kind,
    /// Its unit; `None` for counts.
    pub unit: Option<Unit>,
    /// What tells its series apart.
    pub labels: &'static [&'static str],
    /// What it means, in a sentence without its full stop.
    pub meaning: &'static str,
}

impl Metric {
    /// Its name in Prometheus; a histogram has `_bucket`, `_sum` and `_count` behind it.
    pub fn prometheus_name(&self) -> String {
        let mut name = self.name.replace('.', "_");
        if let Some(unit) = self.unit {
            name = format!("{name}_{}", unit.as_str());
        }
        if self.kind == Kind::Counter { format!("{name}_total") } else { name }
    }

    fn describe(&self) {
        match (self.kind, self.unit) {
            (Kind::Counter, Some(unit)) => describe_counter!(self.name, unit, self.meaning),
            (Kind::Counter, None) => describe_counter!(self.name, self.meaning),
            (Kind::Gauge, Some(unit)) => describe_gauge!(self.name, unit, self.meaning),
            (Kind::Gauge, None) => describe_gauge!(self.name, self.meaning),
            (Kind::Histogram, Some(unit)) => describe_histogram!(self.name, unit, self.meaning),
            (Kind::Histogram, None) => describe_histogram!(self.name, self.meaning),
        }
    }
}

const fn counter(name: &'static str, labels: &'static [&'static str], meaning: &'static str) -> Metric {
    Metric { name, kind: Kind::Counter, unit: None, labels, meaning }
}

const fn gauge(name: &'static str, labels: &'static [&'static str], meaning: &'static str) -> Metric {
    Metric { name, kind: Kind::Gauge, unit: None, labels, meaning }
}

const fn seconds(
    name: &'static str,
    kind: Kind,
    labels: &'static [&'static str],
    meaning: &'static str,
) -> Metric {
    Metric { name, kind, unit: Some(Unit::Seconds), labels, meaning }
}

const QUEUE: &str = "messaging.destination.name";
const POOL: &str = "db.client.connection.pool.name";

/// All of them, by name.
pub const METRICS: &[Metric] = &[
    counter("auth.attempts.refused", &[], "Guesses of a secret that were refused before they were looked at"),
    counter("auth.cleanup.deleted_rows", &["table"], "Rows that had their time"),
    counter("auth.logins", &["outcome"], "Sign-ins: accepted or refused"),
    gauge("auth.password.hashes.admitted", &[], "Password hashes that are worked on or wait"),
    counter("auth.password.hashes.refused", &[], "Password hashes for which there was no room"),
    seconds("auth.password.hash.duration", Kind::Histogram, &[], "One password hash"),
    counter("auth.refreshes.repeated", &[], "Refreshes whose answer was lost and given again"),
    counter("auth.sessions.ended", &["reason"], "Sessions that ended, and why"),
    counter("auth.sign_ups", &[], "Users who registered"),
    seconds(
        "auth.signing_key.overdue",
        Kind::Gauge,
        &[],
        "For how long another key ought to sign already; 0: in time",
    ),
    counter("auth.signing_key.rotations", &[], "How often another key began to sign"),
    counter("auth.users.deleted", &[], "Users whose seven days were over"),
    gauge("build.info", &["service", "version"], "Always 1: which version runs"),
    gauge("bulkhead.in_use", &["bulkhead"], "Requests that are worked on, by the kind of work"),
    counter("bulkhead.refused", &["bulkhead"], "Requests for which there was no room: 503 `overloaded`"),
    gauge("bulkhead.waiting", &["bulkhead"], "Requests that wait for a place"),
    gauge(
        "db.client.connection.count",
        &[POOL, "db.client.connection.state"],
        "Connections to PostgreSQL: `used` or `idle`",
    ),
    gauge("db.client.connection.max", &[POOL], "The most connections that the pool opens"),
    gauge("db.client.connection.pending_requests", &[POOL], "Who waits for a transaction to begin"),
    counter("db.client.connection.timeouts", &[POOL], "Who waited in vain for a connection"),
    counter("db.client.slow_queries", &["db.query.summary"], "Statements that took over 100 ms"),
    seconds(
        "db.transaction.begin.duration",
        Kind::Histogram,
        &[POOL],
        "From the wish for a connection to a transaction that has begun",
    ),
    gauge("event_streams.open", &[], "Open streams of server-sent events"),
    seconds("event.lag", Kind::Histogram, &[QUEUE], "From an event's happening to its consumer"),
    counter("http.connections.refused", &[], "Connections beyond a limit"),
    counter("http.requests.limited", &["class"], "Requests beyond their rate limit: 429"),
    seconds(
        "http.server.request.duration",
        Kind::Histogram,
        &["http.request.method", "http.route", "http.response.status_code"],
        "One request, by the template of its route",
    ),
    seconds(
        "import.duration",
        Kind::Histogram,
        &["outcome"],
        "One import, from its worker's start to its end",
    ),
    counter("import.fills", &["outcome"], "Fills that imports brought: new ones, and ones that were known"),
    counter("imports", &["outcome"], "Imports that ended: completed or failed"),
    counter("live.clients.cut", &[], "Clients that were too slow for their messages"),
    counter("live.hints.unsaid", &[], "Hints that something is new which nobody could be told"),
    gauge("live.hints.waiting", &[], "Users whose next hint waits"),
    gauge("live.messages.queued", &[], "Live messages that wait for their client"),
    gauge("live.subscriptions", &[], "Clients that hear live messages from this instance"),
    counter("live.subscriptions.ended", &["reason"], "Subscriptions that were ended, and why"),
    counter("mails", &["outcome"], "Mails: sent, tried again later, or given up"),
    counter(
        "messaging.client.consumed.messages",
        &[QUEUE, "outcome"],
        "Events that a consumer was done with: handled, duplicate, dead or given back",
    ),
    counter("messaging.client.sent.messages", &["event"], "Events that RabbitMQ took from an outbox"),
    gauge("messaging.consumer.in_flight", &[QUEUE], "Events in the hands of a consumer"),
    seconds("messaging.process.duration", Kind::Histogram, &[QUEUE], "One attempt at handling an event"),
    gauge(
        "messaging.queue.messages",
        &[QUEUE],
        "Messages that wait in a queue; `.dead` at the end: that rest there",
    ),
    seconds("outbox.oldest", Kind::Gauge, &[], "For how long the oldest event waits for RabbitMQ"),
    gauge("outbox.pending", &[], "Events that wait for RabbitMQ"),
    counter(
        "postgres.replica.reads",
        &["outcome"],
        "Reads that could go to the replica: `replica` did; it was `late` or `away`, or `resting` after that",
    ),
    counter(
        "postgres.statements.abandoned",
        &[],
        "Connections given up because a statement outlived its request",
    ),
    Metric {
        name: "process.memory.usage",
        kind: Kind::Gauge,
        unit: Some(Unit::Bytes),
        labels: &[],
        meaning: "Memory of the process that is resident (RSS)",
    },
    counter("rate_limit.without_redis", &[], "Requests that were counted by one gateway alone"),
    counter(
        "read_cache",
        &["outcome"],
        "Reads: `local`, `shared` and `joined` were kept answers, `missed` and `none` were asked for",
    ),
    gauge("rpc.breaker.open", &["peer"], "1 while calls to a service fail at once"),
    counter("rpc.breaker.refused", &["peer"], "Calls that were not made because a service is down"),
    seconds(
        "rpc.client.call.duration",
        Kind::Histogram,
        &["peer", "rpc.method", "rpc.response.status_code"],
        "One call to another service, all its tries together",
    ),
    gauge("rpc.instances", &["peer"], "Instances of a service that are known"),
    counter("rpc.retries", &["peer"], "Calls that were made again"),
    seconds(
        "rpc.server.call.duration",
        Kind::Histogram,
        &["rpc.method", "rpc.response.status_code"],
        "One call that was answered, until its answer begins",
    ),
    counter("rpc.strangers", &[], "Calls of nobody who is known"),
    counter("secret.refresh.failures", &["secret"], "Looks for another secret that failed"),
    counter("secrets.replaced", &["secret"], "Secrets that were taken over"),
    counter("trades.built", &["change"], "Trades that imports opened, changed and closed"),
    gauge("websockets.open", &[], "Open WebSockets"),
];

/// What a label may say: a few values that we know beforehand, and nothing of a user.
pub const LABELS: &[(&str, &str)] = &[
    (
        "bulkhead",
        "sign-in, files, statistics, records; of refusals also bodies: more than the memory for them holds",
    ),
    ("change", "opened, closed, changed"),
    ("class", "the rate-limit classes of docs/api.md"),
    (POOL, "the service's name; of its replica with -replica behind it"),
    ("db.client.connection.state", "used, idle"),
    ("db.query.summary", "operation and table of a statement of ours, such as SELECT trades"),
    ("event", "names of the events in proto/"),
    ("http.request.method", "the nine methods of HTTP; others are _OTHER"),
    ("http.response.status_code", "the statuses of docs/openapi.json"),
    ("http.route", "templates of docs/openapi.json; unmatched, web"),
    (QUEUE, "names of queues, and with .dead behind them"),
    ("outcome", "how something ended, a handful of words"),
    ("peer", "auth, trades, analytics, notifications"),
    ("reason", "why something ended, a handful of words"),
    ("rpc.method", "methods of proto/; unknown for all others"),
    ("rpc.response.status_code", "the 17 codes of gRPC"),
    ("secret", "names of settings"),
    ("service", "auth, trades, analytics, notifications, gateway"),
    ("table", "names of tables"),
    ("version", "of this build"),
];

/// Tells the recorder units and meanings.
pub(super) fn describe_all() {
    METRICS.iter().for_each(Metric::describe);
}
