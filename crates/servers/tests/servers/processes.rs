//! The test binary, started again as a process that a test may kill.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

/// Set in a process that [`start`] started.
const FOLDER: &str = "SERVERS_TEST_FOLDER";

/// The folder that was handed to this process by [`start`].
pub fn folder_of_this_process() -> Option<String> {
    std::env::var_os(FOLDER)?.into_string().ok()
}

/// Runs the one test `name` of this binary in a process of its own, and returns it with the line it announced.
pub fn start(name: &str, folder: &str) -> (Child, String) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(FOLDER, folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let announced = output
        .lines()
        .map_while(Result::ok)
        .find_map(|line| Some(line.split_once("announced: ")?.1.to_owned()));
    let announced = announced.unwrap_or_else(|| panic!("{name} announced nothing"));
    (child, announced)
}

/// Says `what` to the process that called [`start`], and stays until it is killed or its input ends.
pub fn announce_and_stay(what: &str) {
    println!("announced: {what}");
    std::io::stdin().lines().for_each(drop);
}
