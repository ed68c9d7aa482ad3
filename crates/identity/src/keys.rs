//! The public keys that access tokens may be signed with, by key id.

use anyhow::Context as _;
use jsonwebtoken::{
    DecodingKey,
    jwk::{AlgorithmParameters, EllipticCurve, JwkSet},
};
use std::{collections::HashMap, sync::Arc};

/// Ed25519 keys by `kid`. Keys of any other kind are ignored: a token never chooses its algorithm. By default there is none.
#[derive(Clone, Default)]
pub struct Keys {
    by_id: Arc<HashMap<String, DecodingKey>>,
}

impl Keys {
    /// Those of a JSON Web Key Set (RFC 7517). An error when it holds none.
    pub fn from_jwks(json: &str) -> anyhow::Result<Self> {
        let set: JwkSet = serde_json::from_str(json).context("the key set is not JSON Web Key Set")?;
        let mut by_id = HashMap::new();
        for jwk in set.keys {
            let AlgorithmParameters::OctetKeyPair(pair) = &jwk.algorithm else { continue };
            if let (EllipticCurve::Ed25519, Some(id)) = (&pair.curve, &jwk.common.key_id) {
                by_id.insert(
                    id.clone(),
                    DecodingKey::from_ed_components(&pair.x).context("a key is malformed")?,
                );
            }
        }
        anyhow::ensure!(!by_id.is_empty(), "the key set holds no Ed25519 key with an id");
        Ok(Self { by_id: Arc::new(by_id) })
    }

    pub(crate) fn find(&self, id: &str) -> Option<&DecodingKey> {
        self.by_id.get(id)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }
}
