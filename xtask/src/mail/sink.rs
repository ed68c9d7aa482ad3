//! A small SMTP server (RFC 5321) on the loopback, which keeps every mail and sends none.

use super::stored;
use anyhow::Context as _;
use std::{
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    thread,
};

/// More than any mail of ours has.
const LARGEST_LINE: u64 = 1024 * 1024;
const LARGEST_MAIL: usize = 16 * 1024 * 1024;

/// Serves as long as this process lives; mails go into `folder`. Returns the URL for `SMTP_URL`.
pub(crate) fn start(folder: PathBuf) -> anyhow::Result<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("cannot listen for mail")?;
    let url = format!("smtp://{}", listener.local_addr().context("cannot listen for mail")?);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            thread::spawn(move || session(stream, &folder));
        }
    });
    Ok(url)
}

/// One client's dialogue. It ends with QUIT, with the connection, or when a mail cannot be stored: then the client keeps it.
fn session(stream: TcpStream, folder: &Path) -> io::Result<()> {
    let mut answers = stream.try_clone()?;
    let mut lines = BufReader::new(stream);
    answers.write_all(b"220 Trading Journal keeps your mail\r\n")?;
    while let Some(line) = read_line(&mut lines)? {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer = match verb.as_str() {
            "EHLO" | "HELO" | "MAIL" | "RCPT" | "RSET" | "NOOP" => "250 ok",
            "DATA" => {
                answers.write_all(b"354 go on\r\n")?;
                stored::keep(folder, &read_mail(&mut lines)?)?;
                "250 kept"
            }
            "QUIT" => "221 bye",
            _ => "502 not here",
        };
        answers.write_all(format!("{answer}\r\n").as_bytes())?;
        if verb == "QUIT" {
            break;
        }
    }
    Ok(())
}

/// Everything up to the line with a dot.
fn read_mail(lines: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut mail = String::new();
    loop {
        let line = read_line(lines)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        if line == "." {
            return Ok(mail);
        }
        mail += line.strip_prefix('.').unwrap_or(&line);
        mail.push('\n');
        if mail.len() > LARGEST_MAIL {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
    }
}

/// A line without its end; `None` at the end of the connection.
fn read_line(lines: &mut BufReader<TcpStream>) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    lines.by_ref().take(LARGEST_LINE).read_until(b'\n', &mut line)?;
    let line = String::from_utf8_lossy(&line);
    Ok(line.ends_with('\n').then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Says this to a sink, one line after the other, and tells the answers' codes.
    fn say(url: &str, lines: &[&str]) -> Vec<String> {
        let mut stream = TcpStream::connect(url.strip_prefix("smtp://").unwrap()).unwrap();
        for line in lines {
            stream.write_all(format!("{line}\r\n").as_bytes()).unwrap();
        }
        let answers = BufReader::new(stream).lines();
        answers.map(|answer| answer.unwrap().chars().take(3).collect()).collect()
    }

    #[test]
    fn mails_are_kept_in_the_order_in_which_they_come() {
        let folder = tempfile::tempdir().unwrap();
        let url = start(folder.path().join("mail")).unwrap();

        let first = say(
            &url,
            &[
                "EHLO me",
                "MAIL FROM:<a@example.com>",
                "RCPT TO:<b@example.com>",
                "DATA",
                "Subject: one",
                "",
                "..dotted",
                ".",
                "QUIT",
            ],
        );
        let second = say(&url, &["HELO me", "WHAT", "DATA", "Subject: two", "", "ä", ".", "RSET", "QUIT"]);

        assert_eq!(first, ["220", "250", "250", "250", "354", "250", "221"]);
        assert_eq!(second, ["220", "250", "502", "354", "250", "250", "221"]);
        let kept = stored::all(&folder.path().join("mail")).unwrap();
        let kept: Vec<(u32, &str)> = kept.iter().map(|mail| (mail.number, mail.source.as_str())).collect();
        assert_eq!(kept, [(1, "Subject: one\n\n.dotted\n"), (2, "Subject: two\n\nä\n")]);
    }

    #[test]
    fn a_mail_whose_sender_goes_away_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let url = start(folder.path().to_owned()).unwrap();
        let stream = TcpStream::connect(url.strip_prefix("smtp://").unwrap()).unwrap();
        (&stream).write_all(b"DATA\r\nSubject: half\r\n").unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();

        // The sink hangs up once it has seen the end.
        let mut rest = String::new();
        (&stream).read_to_string(&mut rest).unwrap();

        assert!(rest.ends_with("354 go on\r\n"), "{rest}");
        assert_eq!(stored::all(folder.path()).unwrap().len(), 0);
    }
}
