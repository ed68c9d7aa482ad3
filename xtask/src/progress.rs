//! What is shown while something takes its time: one calm line per step, with its time.

use std::{
    env,
    io::{IsTerminal as _, Write as _, stdout},
    sync::{Arc, Mutex, PoisonError},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

const FRAMES: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const WIDTH: usize = 70;

/// A step under way. Dropping it unfinished shows it as failed.
#[must_use]
pub(crate) struct Step {
    live: Arc<Mutex<Live>>,
    started: Instant,
    spinner: Option<JoinHandle<()>>,
}

struct Live {
    text: String,
    over: bool,
}

impl Step {
    /// A step that shows a spinner, on a terminal.
    pub fn begin(text: impl Into<String>) -> Self {
        let live = Arc::new(Mutex::new(Live { text: text.into(), over: false }));
        let started = Instant::now();
        let spinner = stdout().is_terminal().then(|| spin(Arc::clone(&live), started));
        Self { live, started, spinner }
    }

    /// A step whose own output follows.
    pub fn announce(text: impl Into<String>) -> Self {
        let text = text.into();
        println!("  · {text}");
        let live = Arc::new(Mutex::new(Live { text, over: false }));
        Self { live, started: Instant::now(), spinner: None }
    }

    /// What the step does now.
    pub fn now(&self, text: impl Into<String>) {
        self.live.lock().unwrap_or_else(PoisonError::into_inner).text = text.into();
    }

    /// A line that stays, while the step goes on.
    pub fn line(&self, line: &str) {
        let _live = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        self.clear();
        println!("{line}");
    }

    /// A part of the step that is done.
    pub fn part(&self, text: &str) {
        self.line(&finished(true, text, self.started.elapsed()));
    }

    /// The step is done; `text` says what came of it.
    pub fn done(mut self, text: impl AsRef<str>) {
        self.finish(true, Some(text.as_ref()));
    }

    /// Ends without a word.
    pub fn vanish(mut self) {
        self.end();
        self.clear();
        self.spinner = None;
        self.live.lock().unwrap_or_else(PoisonError::into_inner).over = true;
    }

    fn clear(&self) {
        if self.spinner.is_some() {
            print!("\r\x1b[2K");
        }
    }

    /// Stops the spinner; false when that happened before.
    fn end(&mut self) -> bool {
        let mut live = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        !std::mem::replace(&mut live.over, true)
    }

    fn finish(&mut self, well: bool, text: Option<&str>) {
        if !self.end() {
            return;
        }
        let time = self.started.elapsed();
        self.clear();
        let live = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        println!("{}", finished(well, text.unwrap_or(&live.text), time));
        drop(live);
        if let Some(spinner) = self.spinner.take() {
            spinner.thread().unpark();
            let _ = spinner.join();
        }
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        self.finish(false, None);
    }
}

fn spin(live: Arc<Mutex<Live>>, started: Instant) -> JoinHandle<()> {
    thread::spawn(move || {
        for frame in FRAMES.iter().cycle() {
            {
                let live = live.lock().unwrap_or_else(PoisonError::into_inner);
                if live.over {
                    return;
                }
                print!("\r\x1b[2K  {frame} {:<WIDTH$} {:>9}", live.text, duration(started.elapsed()));
                let _ = stdout().flush();
            }
            thread::park_timeout(Duration::from_millis(100));
        }
    })
}

fn finished(well: bool, text: &str, time: Duration) -> String {
    let (mark, colour) = if well { ("✓", "32") } else { ("✗", "31") };
    format!("  {} {text:<WIDTH$} {:>9}", coloured(mark, colour), duration(time))
}

/// `text` in an ANSI colour, where colours are wanted.
pub(crate) fn coloured(text: &str, colour: &str) -> String {
    if stdout().is_terminal() && env::var_os("NO_COLOR").is_none() {
        format!("\x1b[{colour}m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}

/// A time as people say it: `0.4 s`, `2 min 05 s`.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        return format!("{seconds}.{} s", time.subsec_millis() / 100);
    }
    format!("{} min {:02} s", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_people_say_them() {
        assert_eq!(duration(Duration::from_millis(449)), "0.4 s");
        assert_eq!(duration(Duration::from_millis(59_999)), "59.9 s");
        assert_eq!(duration(Duration::from_secs(125)), "2 min 05 s");
    }
}
