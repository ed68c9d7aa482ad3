//! The mail about a week: numbers alone, and where to look. Names of files and accounts stay in the journal.

use super::{Letter, Link};
use crate::domain::{
    notice::count,
    week::{OfKind, Week},
};

/// Kinds that a sentence is about; all others are only counted.
const TOLD: [&str; 5] =
    ["import-finished", "import-failed", "export-finished", "export-failed", "session-reused"];

impl Letter {
    /// The mail about `week`, in which something happened.
    pub fn of_week(week: &Week, journal_url: &str) -> Self {
        let url = |path: &str| format!("{}/{path}", journal_url.trim_end_matches('/'));
        let (inbox, settings) = (url("inbox"), url("settings/notifications"));
        let told = sentences(week);
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        Self::compose_optional(
            "Your week in Trading Journal",
            &told,
            &Link { label: "Open your inbox", url: &inbox },
            "You get this mail once a week because you asked for it.",
            &Link { label: "Turn it off in your settings", url: &settings },
        )
    }
}

fn sentences(week: &Week) -> Vec<String> {
    let of = |kind: &str| week.kinds.iter().find(|of| of.kind == kind);
    let others: u64 =
        week.kinds.iter().filter(|of| !TOLD.contains(&of.kind.as_str())).map(|of| of.count).sum();
    let told = [
        of("import-finished").map(finished_imports),
        of("import-finished").and_then(|of| of.differences).and_then(differences),
        of("import-failed").map(|of| match of.count {
            1 => "1 import failed: your inbox says why.".to_owned(),
            failed => format!("{failed} imports failed: your inbox says why."),
        }),
        of("export-finished").map(|of| format!("{} ready.", were(of.count, "export", "is", "are"))),
        of("export-failed").map(|of| format!("{} could not be made.", count(of.count, "export"))),
        of("session-reused")
            .map(|of| format!("{} ended for your safety.", were(of.count, "session", "was", "were"))),
        (others > 0).then(|| format!("{} besides.", count(others, "notification"))),
        (week.unread > 0).then(|| format!("{} unread.", were(week.unread, "notification", "is", "are"))),
    ];
    told.into_iter().flatten().collect()
}

fn finished_imports(OfKind { count: imports, new_fills, .. }: &OfKind) -> String {
    let finished = format!("{} finished", count(*imports, "import"));
    match new_fills {
        Some(0) => format!("{finished} without a new fill."),
        Some(fills) => format!("{finished} with {}.", count(*fills, "new fill")),
        None => format!("{finished}."),
    }
}

fn differences(figures: u64) -> Option<String> {
    match figures {
        0 => None,
        1 => Some("1 figure of the files differs from the journal's: the import shows both.".to_owned()),
        more => {
            Some(format!("{more} figures of the files differ from the journal's: the imports show both."))
        }
    }
}

fn were(n: u64, noun: &str, one: &str, more: &str) -> String {
    format!("{} {}", count(n, noun), if n == 1 { one } else { more })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: &str, count: u64) -> OfKind {
        OfKind { kind: kind.to_owned(), count, new_fills: None, differences: None }
    }

    fn imports(count: u64, new_fills: u64, differences: u64) -> OfKind {
        OfKind { new_fills: Some(new_fills), differences: Some(differences), ..of("import-finished", count) }
    }

    #[test]
    fn a_full_week_is_told_in_numbers() {
        let kinds = vec![
            of("export-failed", 1),
            of("export-finished", 2),
            of("import-failed", 2),
            imports(3, 120, 4),
            of("session-reused", 1),
            of("something-newer", 2),
        ];

        let told = sentences(&Week { kinds, unread: 5 });

        assert_eq!(
            told,
            [
                "3 imports finished with 120 new fills.",
                "4 figures of the files differ from the journal's: the imports show both.",
                "2 imports failed: your inbox says why.",
                "2 exports are ready.",
                "1 export could not be made.",
                "1 session was ended for your safety.",
                "2 notifications besides.",
                "5 notifications are unread.",
            ]
        );
    }

    #[test]
    fn one_of_each_reads_well_and_what_is_not_there_is_not_told() {
        for (kinds, expected) in [
            (
                vec![imports(1, 1, 1)],
                vec![
                    "1 import finished with 1 new fill.",
                    "1 figure of the files differs from the journal's: the import shows both.",
                ],
            ),
            (vec![imports(1, 0, 0)], vec!["1 import finished without a new fill."]),
            (vec![of("import-finished", 2)], vec!["2 imports finished."]),
            (vec![of("import-failed", 1)], vec!["1 import failed: your inbox says why."]),
            (vec![of("export-finished", 1)], vec!["1 export is ready."]),
            (vec![of("something-newer", 1)], vec!["1 notification besides."]),
        ] {
            assert_eq!(sentences(&Week { kinds, unread: 0 }), expected);
        }
    }

    #[test]
    fn both_parts_lead_to_the_inbox_and_to_the_switch() {
        let week = Week { kinds: vec![imports(1, 12, 0)], unread: 1 };

        let letter = Letter::of_week(&week, "https://journal.example/");

        assert_eq!(
            letter.text,
            "1 import finished with 12 new fills.\n\n1 notification is unread.\n\n\
             Open your inbox: https://journal.example/inbox\n\n-- \n\
             You get this mail once a week because you asked for it.\n\
             Turn it off in your settings: https://journal.example/settings/notifications\n"
        );
        for part in [
            "<p>1 import finished with 12 new fills.</p>",
            "<a href=\"https://journal.example/inbox\">Open your inbox</a>",
            "<a href=\"https://journal.example/settings/notifications\">Turn it off in your settings</a>",
        ] {
            assert!(letter.html.contains(part), "{part} is missing in {}", letter.html);
        }
    }
}
