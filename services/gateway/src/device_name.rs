//! A name by which somebody recognises a device, from how its browser calls itself.

/// The longest name of a program that is no browser, in characters.
const LONGEST: usize = 60;
const UNKNOWN: &str = "Unknown device";

/// Browsers by what only they say; those first that also say what others do.
const BROWSERS: [(&str, &str); 12] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
    ("Trident/", "Internet Explorer"),
];

/// Systems by what only they say; those first that also say what others do.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
];

/// Such as "Firefox on Linux"; of a program that is no browser its own name, such as "curl".
pub(crate) fn of_program(user_agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| {
        names.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, name)| *name)
    };
    if !user_agent.starts_with("Mozilla/") {
        return program(user_agent);
    }
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.to_owned(),
        (None, Some(system)) => format!("Browser on {system}"),
        (None, None) => UNKNOWN.to_owned(),
    }
}

fn program(user_agent: &str) -> String {
    let name = user_agent.trim().split(['/', ' ', '(']).next().unwrap_or_default();
    if name.is_empty() { UNKNOWN.to_owned() } else { name.chars().take(LONGEST).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_and_programs_have_the_names_that_people_know() {
        let webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
        let blink = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0";
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
        for (user_agent, name) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0".to_owned(),
                "Firefox on Linux",
            ),
            (format!("{windows} {blink} Safari/537.36"), "Chrome on Windows"),
            (format!("{windows} {blink} Safari/537.36 Edg/142.0.0.0"), "Edge on Windows"),
            (format!("{windows} {blink} Safari/537.36 OPR/124.0.0.0"), "Opera on Windows"),
            (
                format!(
                    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {webkit} Version/26.0 Safari/605.1.15"
                ),
                "Safari on macOS",
            ),
            (
                format!(
                    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) {webkit} Version/26.0 Mobile/15E148 Safari/604.1"
                ),
                "Safari on iPhone",
            ),
            (
                format!(
                    "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) {webkit} CriOS/142.0 Mobile/15E148 Safari/604.1"
                ),
                "Chrome on iPad",
            ),
            (format!("Mozilla/5.0 (Linux; Android 10; K) {blink} Mobile Safari/537.36"), "Chrome on Android"),
            ("Mozilla/5.0 (X11; Linux x86_64)".to_owned(), "Browser on Linux"),
            ("curl/8.14.1".to_owned(), "curl"),
            ("python-requests/2.32".to_owned(), "python-requests"),
            (String::new(), "Unknown device"),
            ("Mozilla/5.0".to_owned(), "Unknown device"),
        ] {
            assert_eq!(of_program(&user_agent), name, "{user_agent}");
        }
        assert_eq!(of_program(&"x".repeat(8_000)).len(), LONGEST);
    }
}
