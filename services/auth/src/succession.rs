//! Which refresh token follows which: derived under a key of ours, so that it can be told again while only hashes are stored.
//!
//! `successor = HMAC-SHA-256(key, session id || token)`. Whoever knows the key alone can derive nothing, as the first token of a
//! session is random; nor can whoever reads the database, as it holds no token.

use crate::{
    config::PasswordPepper,
    domain::token::Token,
    key_ring::{KeyRing, keyed_hash},
};
use identity::SessionId;
use runtime::secrets::{Named as _, Parsed, Secret};
use secrecy::{ExposeSecret as _, SecretBox};

/// Derives successors, under a key from the first pepper; those of a moment ago may be under an older one's.
pub(crate) struct Succession {
    keys: Parsed<Keys>,
}

struct Keys {
    first: Key,
    older: Vec<Key>,
}

struct Key {
    id: String,
    key: SecretBox<[u8; 32]>,
}

/// A derived token, and the id of the pepper that its key came from.
pub(crate) struct Successor {
    pub token: Token,
    pub key_id: String,
}

impl Succession {
    /// One key for each pepper.
    pub fn new(peppers: &Secret) -> anyhow::Result<Self> {
        Ok(Self { keys: KeyRing::follow(PasswordPepper::NAME, peppers, |ring| Keys::of(&ring))? })
    }

    /// What follows `token`.
    pub fn successor(&self, session: SessionId, token: &Token) -> anyhow::Result<Successor> {
        self.keys.current().first.derive(session, token)
    }

    /// What followed `token` under the pepper `key_id`; `None` when it is not in use any more.
    pub fn again(&self, session: SessionId, token: &Token, key_id: &str) -> anyhow::Result<Option<Token>> {
        let keys = self.keys.current();
        let mut all = std::iter::once(&keys.first).chain(&keys.older);
        let key = all.find(|key| key.id == key_id);
        key.map(|key| Ok(key.derive(session, token)?.token)).transpose()
    }
}

impl Keys {
    fn of(peppers: &KeyRing) -> anyhow::Result<Self> {
        let mut keys = Vec::new();
        for pepper in peppers.all() {
            keys.push(Key { id: pepper.id.clone(), key: pepper.derive("journal refresh tokens")? });
        }
        let first = keys.remove(0);
        Ok(Self { first, older: keys })
    }
}

impl Key {
    fn derive(&self, session: SessionId, token: &Token) -> anyhow::Result<Successor> {
        let derived = keyed_hash(self.key.expose_secret(), &[session.0.as_bytes(), token.expose()])?;
        Ok(Successor { token: Token::of(derived), key_id: self.id.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn ring(entries: &[&str]) -> Succession {
        Succession::new(&Secret::fixed(entries.join(",").into())).unwrap()
    }

    #[test]
    fn a_successor_is_the_same_each_time_and_another_for_each_token_session_and_key() {
        let (old, new) = (KeyRing::generate(), KeyRing::generate());
        let (old, new) = (old.expose_secret(), new.expose_secret());
        let (before, after) = (ring(&[old]), ring(&[new, old]));
        let (session, token) = (SessionId(Uuid::now_v7()), Token::generate());

        let successor = before.successor(session, &token).unwrap();

        let again = after.again(session, &token, &successor.key_id).unwrap().unwrap();
        assert_eq!(again.hash(), successor.token.hash());
        let others = [
            after.successor(session, &token).unwrap(),
            before.successor(SessionId(Uuid::now_v7()), &token).unwrap(),
            before.successor(session, &Token::generate()).unwrap(),
        ];
        assert!(others.iter().all(|other| other.token.hash() != successor.token.hash()));
        assert!(before.again(session, &token, &others[0].key_id).unwrap().is_none());
    }
}
