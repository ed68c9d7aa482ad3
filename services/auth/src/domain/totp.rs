//! Codes that an authenticator app makes of the time (RFC 6238: SHA-1, six digits, 30 seconds, as every app can do).

use anyhow::anyhow;
use secrecy::{ExposeSecret as _, SecretBox};
use totp_rs::{Algorithm, Builder, Secret, Totp};

/// What the RFC recommends for SHA-1.
const SECRET_BYTES: usize = 20;
/// Seconds that one code is shown for.
const STEP_SECONDS: u64 = 30;
/// Codes before and after the current one that are good: clocks differ.
const SKEW: u16 = 1;
/// The name under which an app shows the codes.
const ISSUER: &str = "Trading Journal";

/// How long an enrolment can be confirmed.
pub(crate) const ENROLMENT_MINUTES: i32 = 60;

/// What the app and we make codes with.
#[derive(Debug)]
pub(crate) struct TotpSecret(SecretBox<[u8; SECRET_BYTES]>);

impl TotpSecret {
    /// A new one: 160 random bits.
    pub fn generate() -> Self {
        Self(SecretBox::new(Box::new(rand::random())))
    }

    /// One that was stored.
    pub fn stored(bytes: &[u8]) -> anyhow::Result<Self> {
        let bytes =
            bytes.try_into().map_err(|_| anyhow!("a stored TOTP secret has {} bytes", bytes.len()))?;
        Ok(Self(SecretBox::new(Box::new(bytes))))
    }

    /// What is sealed and stored.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.expose_secret()
    }

    /// For whoever types it into an app.
    pub fn to_base32(&self) -> String {
        Secret::from(self.as_bytes()).to_base32()
    }

    /// What an app reads from a QR code: `otpauth://totp/...`.
    pub fn uri(&self, email: &str) -> anyhow::Result<String> {
        Ok(self.totp(email)?.to_url()?)
    }

    /// Which 30 seconds since 1970 a code is of, if it is good at `now`, in seconds since 1970.
    pub fn step_of(&self, code: &str, now: i64) -> anyhow::Result<Option<i64>> {
        let step = self.totp("")?.check(code, u64::try_from(now)?);
        Ok(step.map(i64::try_from).transpose()?)
    }

    fn totp(&self, email: &str) -> anyhow::Result<Totp> {
        let totp = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_skew(SKEW)
            .with_step_duration(STEP_SECONDS)
            .with_secret(self.as_bytes())
            .with_account_name(email)
            .with_issuer(Some(ISSUER));
        Ok(totp.build()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B.
    fn of_the_rfc() -> TotpSecret {
        TotpSecret::stored(b"12345678901234567890").unwrap()
    }

    #[test]
    fn codes_are_those_of_the_rfc() {
        // The last six of its eight digits.
        for (time, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(of_the_rfc().step_of(code, time).unwrap(), Some(time / 30), "{time}");
        }
    }

    #[test]
    fn a_code_is_good_one_step_before_and_after_its_own() {
        let at = |now: i64| of_the_rfc().step_of("279037", now).unwrap();
        let step = 2_000_000_000 / 30;

        for now in [(step - 1) * 30, step * 30, step * 30 + 29, step * 30 + 59] {
            assert_eq!(at(now), Some(step), "{now}");
        }
        for now in [(step - 1) * 30 - 1, step * 30 + 60] {
            assert_eq!(at(now), None, "{now}");
        }
    }

    #[test]
    fn what_is_no_code_is_not_good() {
        for text in ["", "28708", "2870822", "28708x", "\0", "２８７０８２", "-87082", &"2".repeat(1 << 16)]
        {
            assert_eq!(of_the_rfc().step_of(text, 59).unwrap(), None, "{text:?}");
        }
    }

    #[test]
    fn an_app_is_told_everything_that_it_needs() {
        let uri = of_the_rfc().uri("ada+x@example.com").unwrap();

        assert!(uri.starts_with("otpauth://totp/Trading%20Journal:ada%2Bx%40example.com?"), "{uri}");
        assert!(uri.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "{uri}");
        assert!(uri.contains("issuer=Trading%20Journal"), "{uri}");
        assert_eq!(of_the_rfc().to_base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn a_secret_is_not_shown() {
        assert!(format!("{:?}", TotpSecret::generate()).contains("REDACTED"));
    }
}
