//! An authenticator without hardware: makes passkeys and signs with them as a browser and a phone would, or as they must not.

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

const USER_PRESENT: u8 = 1;
const USER_VERIFIED: u8 = 1 << 2;
const HAS_CREDENTIAL: u8 = 1 << 6;

/// One passkey, on pages of one origin.
pub struct SoftAuthenticator {
    /// The page that asks.
    pub origin: String,
    /// Whether the user showed a finger or a PIN.
    pub verifies: bool,
    /// What the next signature counts; 0: the authenticator does not count.
    pub counter: u32,
    key: EcdsaKeyPair,
    id: Vec<u8>,
    owner: String,
}

impl SoftAuthenticator {
    /// One that behaves.
    pub fn new(origin: &str) -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        let id = [*Uuid::new_v4().as_bytes(), *Uuid::new_v4().as_bytes()].concat();
        Self { origin: origin.to_owned(), verifies: true, counter: 0, key: pair, id, owner: String::new() }
    }

    /// The `RegistrationResponseJSON` for these `PublicKeyCredentialCreationOptionsJSON`.
    pub fn create(&mut self, options: &Value) -> Value {
        options["user"]["id"].as_str().unwrap().clone_into(&mut self.owner);
        let mut data = self.authenticator_data(options["rp"]["id"].as_str().unwrap(), HAS_CREDENTIAL);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(self.cose_key());
        // {"fmt": "none", "attStmt": {}, "authData": data} in CBOR.
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        object.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        object.extend(data);
        let client = self.client_data("webauthn.create", options);
        json!({
            "id": encode(&self.id), "rawId": encode(&self.id), "type": "public-key", "clientExtensionResults": {},
            "authenticatorAttachment": "platform",
            "response": {"attestationObject": encode(&object), "clientDataJSON": encode(client.as_bytes()),
                "transports": ["internal"]},
        })
    }

    /// The `AuthenticationResponseJSON` for these `PublicKeyCredentialRequestOptionsJSON`.
    pub fn get(&mut self, options: &Value) -> Value {
        if self.counter > 0 {
            self.counter += 1;
        }
        let data = self.authenticator_data(options["rpId"].as_str().unwrap(), 0);
        let client = self.client_data("webauthn.get", options);
        let signed = [data.as_slice(), &Sha256::digest(client.as_bytes())].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        json!({
            "id": encode(&self.id), "rawId": encode(&self.id), "type": "public-key", "clientExtensionResults": {},
            "response": {"authenticatorData": encode(&data), "clientDataJSON": encode(client.as_bytes()),
                "signature": encode(signature.as_ref()), "userHandle": self.owner},
        })
    }

    /// A passkey of somebody else under the same id.
    #[must_use]
    pub fn impostor(&self) -> Self {
        Self { id: self.id.clone(), owner: self.owner.clone(), ..Self::new(&self.origin) }
    }

    fn authenticator_data(&self, domain: &str, flags: u8) -> Vec<u8> {
        let verified = if self.verifies { USER_VERIFIED } else { 0 };
        let mut data = Sha256::digest(domain).to_vec();
        data.push(USER_PRESENT | verified | flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// The public key as RFC 9052 writes it: EC2, ES256, P-256, x, y.
    fn cose_key(&self) -> Vec<u8> {
        let (x, y) = self.key.public_key().as_ref()[1..].split_at(32);
        [b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".as_slice(), x, b"\x22\x58\x20", y].concat()
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        let challenge = &options["challenge"];
        json!({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false}).to_string()
    }
}

fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
