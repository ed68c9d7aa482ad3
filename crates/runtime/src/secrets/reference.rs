//! Which secret of Secrets Manager is meant, and which part of it.

use anyhow::{Context as _, bail, ensure};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

/// The ARN or the name of a secret, and the key of a JSON secret that is meant, if not all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    pub id: String,
    key: Option<String>,
}

impl Reference {
    /// Reads `arn:aws:secretsmanager:<region>:<account>:secret:<name>` or `<name>`, and `#<key>`.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let (id, key) = text.trim().split_once('#').map_or((text.trim(), None), |(id, key)| (id, Some(key)));
        ensure!(key.is_none_or(|key| !key.is_empty()), "there is no key behind the # of {text}");
        let name = match id.splitn(7, ':').collect::<Vec<_>>()[..] {
            [name] => name,
            ["arn", partition, "secretsmanager", region, account, "secret", name]
                if [partition, region, account].iter().all(|part| !part.is_empty()) =>
            {
                name
            }
            _ => "",
        };
        let is_name = |name: &str| {
            !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/_+=.@-".contains(&byte))
        };
        if !is_name(name) {
            bail!(
                "{id} is neither arn:aws:secretsmanager:<region>:<account>:secret:<name> nor the name of a secret; \
                 one key of a JSON secret is meant by #<key> behind it"
            );
        }
        Ok(Self { id: id.to_owned(), key: key.map(str::to_owned) })
    }

    /// The region that the ARN names; a name has none.
    pub fn region(id: &str) -> Option<&str> {
        id.strip_prefix("arn:")?.split(':').nth(2)
    }

    /// What is meant of the whole secret. No error repeats it.
    pub fn part_of(&self, whole: &SecretString) -> anyhow::Result<SecretString> {
        let Some(key) = &self.key else { return Ok(whole.clone()) };
        let object = serde_json::from_str::<Value>(whole.expose_secret()).ok();
        let object = object.context("it is not JSON, and has no keys")?;
        match object.get(key) {
            Some(Value::String(text)) => Ok(text.as_str().into()),
            Some(other) => Ok(other.to_string().into()),
            None => bail!("it has no key {key}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:journal/auth-AbCdEf";

    #[test]
    fn a_secret_is_meant_by_its_arn_or_name_and_perhaps_a_key() {
        for (text, id, key) in [
            (ARN, ARN, None),
            (&format!(" {ARN}#url\n"), ARN, Some("url")),
            ("journal/auth", "journal/auth", None),
            ("journal/auth#a#b", "journal/auth", Some("a#b")),
        ] {
            let parsed = Reference::parse(text).unwrap();
            assert_eq!((parsed.id.as_str(), parsed.key.as_deref()), (id, key), "{text}");
        }
        assert_eq!(Reference::region(ARN), Some("eu-central-1"));
        assert_eq!(Reference::region("journal/auth"), None);
    }

    #[test]
    fn what_is_neither_is_refused_and_says_what_is_expected() {
        for wrong in [
            "#key",
            "a#",
            "a b",
            "arn:aws:s3:::bucket",
            &format!("{ARN}:url::"),
            "arn:aws:secretsmanager:::secret:a",
        ] {
            let refusal = format!("{:#}", Reference::parse(wrong).unwrap_err());
            assert!(refusal.contains('#'), "{wrong}: {refusal}");
        }
    }

    #[test]
    fn one_key_is_taken_out_of_a_json_secret() {
        let whole = SecretString::from(r#"{"url": "redis://canary", "providers": [{"name": "a"}]}"#);
        let part = |key: &str| {
            let reference = Reference { id: "a".to_owned(), key: Some(key.to_owned()) };
            reference.part_of(&whole).map(|part| part.expose_secret().to_owned())
        };

        assert_eq!(part("url").unwrap(), "redis://canary");
        assert_eq!(part("providers").unwrap(), r#"[{"name":"a"}]"#);
        assert_eq!(format!("{:#}", part("password").unwrap_err()), "it has no key password");
        let plain = Reference { id: "a".to_owned(), key: Some("b".to_owned()) };
        assert!(!format!("{:#}", plain.part_of(&"canary".into()).unwrap_err()).contains("canary"));
    }
}
