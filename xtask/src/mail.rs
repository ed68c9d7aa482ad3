//! `cargo dev mail`: what the stack mailed. Nothing leaves this machine.

pub(crate) mod sink;
mod stored;

use crate::{
    folder::Folder,
    output::show,
    table::{self, Align},
};
use anyhow::{Context as _, bail};
use clap::Args;
use std::process::ExitCode;
use stored::Stored;

/// Show the mails that the stack sent; they stay under .dev/mail.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Number of the mail to show, or `last` [default: a list of all]
    mail: Option<String>,
    /// Show it as it was sent, with its headers and all its parts
    #[arg(long, requires = "mail")]
    source: bool,
}

pub(crate) fn run(arguments: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    let mails = stored::all(&folder.mail())?;
    if mails.is_empty() {
        println!("  No mail was sent yet.");
        return Ok(ExitCode::SUCCESS);
    }
    let text = match arguments.mail.as_deref() {
        None => list(&mails),
        Some(asked) => {
            let mail = chosen(&mails, asked)?;
            if arguments.source { mail.source.clone() } else { shown(mail) }
        }
    };
    show(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn chosen<'a>(mails: &'a [Stored], asked: &str) -> anyhow::Result<&'a Stored> {
    if asked == "last" {
        return mails.last().context("there is no mail");
    }
    let found = asked.parse().ok().and_then(|number: u32| mails.iter().find(|mail| mail.number == number));
    match found {
        Some(mail) => Ok(mail),
        None => bail!("there is no mail {asked}: cargo dev mail lists them"),
    }
}

fn list(mails: &[Stored]) -> String {
    let heading = [("mail", Align::Right), ("to", Align::Left), ("subject", Align::Left)];
    let rows: Vec<[String; 3]> = mails
        .iter()
        .map(|mail| {
            [mail.number.to_string(), mail.header("To").to_owned(), mail.header("Subject").to_owned()]
        })
        .collect();
    table::lines(heading, &rows).join("\n") + "\n"
}

/// The text for those who read no HTML.
fn shown(mail: &Stored) -> String {
    let header = |name: &str| format!("{name}: {}\n", mail.header(name));
    format!("{}{}{}\n{}", header("To"), header("Date"), header("Subject"), mail.plain_text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_chosen_by_number_or_as_the_last() {
        let mail = |number| Stored { number, source: format!("To: <{number}@example.com>\n\n") };
        let mails = [mail(3), mail(7)];

        assert_eq!(chosen(&mails, "3").unwrap().number, 3);
        assert_eq!(chosen(&mails, "last").unwrap().number, 7);
        for asked in ["4", "", "x", "-1"] {
            assert!(chosen(&mails, asked).is_err(), "{asked}");
        }
        assert_eq!(
            list(&mails),
            "  mail   to                subject\n     3   <3@example.com>\n     7   <7@example.com>\n"
        );
    }
}
