//! The mutants: each breaks one promise as somebody might, and names the tests that must notice.

/// One change of a file.
#[derive(Debug)]
pub(super) struct Edit {
    /// From the checkout's root.
    pub file: &'static str,
    /// Stands in the file once.
    pub from: &'static str,
    pub to: &'static str,
}

/// What is done to the code.
#[derive(Debug)]
pub(super) enum Change {
    Edits(&'static [Edit]),
    /// No query of a service says whose rows it means any more.
    NoUserPredicates,
}

/// What the tests must say of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// One of them fails.
    Caught,
    /// All pass: a second line of defence holds alone.
    Held,
}

/// The code, changed for the worse.
#[derive(Debug)]
pub(super) struct Mutant {
    pub name: &'static str,
    pub breaks: &'static str,
    pub change: Change,
    /// Whose tests are run.
    pub packages: &'static [&'static str],
    /// Which of them, as nextest's filter.
    pub tests: &'static str,
    pub expected: Expected,
}

/// The ten that a suite must catch to be evidence of anything, and one that must not do any harm.
pub(super) const SEEDED: &[Mutant] = &[
    Mutant {
        name: "refresh-without-guard",
        breaks: "a refresh token is consumed whether it was before or not",
        change: Change::Edits(&[Edit {
            file: "services/auth/src/db/refresh_tokens.rs",
            from: "AND consumed_at IS NULL AND expires_at > now()\n           AND EXISTS",
            to: "AND expires_at > now()\n           AND EXISTS",
        }]),
        packages: &["auth"],
        tests: "test(refresh)",
        expected: Expected::Caught,
    },
    Mutant {
        name: "acknowledged-first",
        breaks: "an event is acknowledged before its effect is committed",
        change: Change::Edits(&[Edit {
            file: "crates/events/src/consumer/worker.rs",
            from: "        let span = process_span::<C>(&delivery);\n",
            to: "        let _ = delivery.ack(BasicAckOptions::default()).await;\n        let span = process_span::<C>(&delivery);\n",
        }]),
        packages: &["events"],
        tests: "all()",
        expected: Expected::Caught,
    },
    Mutant {
        name: "outbox-by-last-id",
        breaks: "the relay reads rows behind the newest one that it has sent",
        change: Change::Edits(&[
            Edit {
                file: "crates/events/src/relay/batch.rs",
                from: "    // Never by `id > last`: a row whose transaction commits late would be skipped.\n    sqlx::query_as(\n",
                to: "    static LAST: std::sync::Mutex<Uuid> = std::sync::Mutex::new(Uuid::nil());\n    \
                     let last = LAST.lock().map(|last| *last).unwrap_or_default();\n    \
                     let due: Vec<Due> = sqlx::query_as(\n",
            },
            Edit {
                file: "crates/events/src/relay/batch.rs",
                from: "FROM outbox WHERE retry_at <= now()\n         ORDER BY retry_at, id LIMIT $1 FOR UPDATE SKIP LOCKED\",\n    )\n    .bind(ROWS)\n    .fetch_all(tx)\n    .await\n",
                to: "FROM outbox WHERE retry_at <= now() AND id > $2\n         ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED\",\n    )\n    .bind(ROWS)\n    .bind(last)\n    .fetch_all(tx)\n    .await?;\n    \
                     if let (Some(newest), Ok(mut last)) = (due.last(), LAST.lock()) { *last = newest.id; }\n    Ok(due)\n",
            },
        ]),
        packages: &["events"],
        tests: "all()",
        expected: Expected::Caught,
    },
    Mutant {
        name: "user-of-a-session",
        breaks: "a transaction's user stays set on its connection",
        change: Change::Edits(&[Edit {
            file: "crates/runtime/src/postgres/isolation.rs",
            from: "SET LOCAL app.user_id",
            to: "SET app.user_id",
        }]),
        packages: &["trades"],
        tests: "test(isolation)",
        expected: Expected::Caught,
    },
    Mutant {
        name: "limiter-fails-open",
        breaks: "without Redis nothing is limited",
        change: Change::Edits(&[Edit {
            file: "services/gateway/src/limits.rs",
            from: "            None => local,\n",
            to: "            None => Verdict { allowed: true, ..local },\n",
        }]),
        packages: &["gateway"],
        tests: "test(rate_limits)",
        expected: Expected::Caught,
    },
    Mutant {
        name: "security-not-forced",
        breaks: "row level security does not concern the owner of a table",
        change: Change::Edits(&[Edit {
            file: "services/trades/migrations/0018_row_level_security.sql",
            from: "ALTER TABLE fills ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;",
            to: "ALTER TABLE fills ENABLE ROW LEVEL SECURITY;",
        }]),
        packages: &["trades"],
        tests: "test(isolation)",
        expected: Expected::Caught,
    },
    Mutant {
        name: "key-beside-the-work",
        breaks: "an Idempotency-Key is kept in a transaction of its own",
        change: Change::Edits(&[
            Edit {
                file: "crates/runtime/src/idempotency/once.rs",
                from: "    done: Option<Vec<u8>>,\n}",
                to: "    done: Option<Vec<u8>>,\n    pool: PgPool,\n}",
            },
            Edit {
                file: "crates/runtime/src/idempotency/once.rs",
                from: "Ok(Self { tx, user, call, key, done })",
                to: "Ok(Self { tx, user, call, key, done, pool: pool.clone() })",
            },
            Edit {
                file: "crates/runtime/src/idempotency/once.rs",
                from: "            keep(&mut self.tx, self.user, self.call, key, &bytes).await.map_err(failed)?;\n",
                to: "            let mut tx = postgres::begin_for(&self.pool, self.user).await.map_err(failed)?;\n            \
                     keep(&mut tx, self.user, self.call, key, &bytes).await.map_err(failed)?;\n            \
                     tx.commit().await.map_err(failed)?;\n",
            },
        ]),
        packages: &["trades"],
        tests: "test(idempotency)",
        expected: Expected::Caught,
    },
    Mutant {
        name: "deaf-to-sigterm",
        breaks: "SIGTERM is ignored",
        change: Change::Edits(&[Edit {
            file: "crates/runtime/src/service.rs",
            from: "                _ = terminate.recv() => tracing::info!(\"SIGTERM: stopping\"),\n",
            to: "                () = async { loop { terminate.recv().await; } } => {}\n",
        }]),
        packages: &["auth"],
        tests: "test(binary)",
        expected: Expected::Caught,
    },
    Mutant {
        name: "patient-with-heads",
        breaks: "a request's head may take forever",
        change: Change::Edits(&[Edit {
            file: "services/gateway/src/serving.rs",
            from: "            () = stage.is_over(&self.connections) => {\n                if",
            to: "            () = std::future::pending() => {\n                if",
        }]),
        packages: &["gateway"],
        tests: "test(slow_clients)",
        expected: Expected::Caught,
    },
    Mutant {
        name: "hashes-without-bulkhead",
        breaks: "as many passwords are hashed at once as arrive",
        change: Change::Edits(&[Edit {
            file: "services/auth/src/hashing.rs",
            from: "let core = self.cores.acquire_owned().await.context(\"the bulkhead is closed\")?;",
            to: "let core = self.cores;",
        }]),
        packages: &["auth"],
        tests: "test(hashing) | test(overload)",
        expected: Expected::Caught,
    },
    Mutant {
        name: "no-user-predicates",
        breaks: "no query says whose rows it means: row level security alone keeps users apart",
        change: Change::NoUserPredicates,
        packages: &["auth", "trades", "analytics", "notifications", "gateway"],
        tests: "test(isolation) | test(replay)",
        expected: Expected::Held,
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::workspace;
    use std::collections::HashMap;

    #[test]
    fn every_mutant_still_fits_the_code() {
        for mutant in SEEDED {
            let Change::Edits(edits) = &mutant.change else { continue };
            let mut texts: HashMap<&str, String> = HashMap::new();
            for edit in *edits {
                let text = texts
                    .entry(edit.file)
                    .or_insert_with(|| std::fs::read_to_string(workspace().join(edit.file)).unwrap());
                *text = edit.applied_to(text).unwrap_or_else(|error| panic!("{}: {error}", mutant.name));
            }
        }
    }
}
