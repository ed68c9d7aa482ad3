//! Secrets that are given by their ARN, in moto's Secrets Manager.

use runtime::{
    secrets::{Given, Named, Secret, Secrets},
    settings::SecretsManager as Settings,
};
use secrecy::ExposeSecret as _;
use std::time::Duration;
use testing::SecretsManager;

enum Password {}

impl Named for Password {
    const NAME: &'static str = "PASSWORD";
    const MEANING: &'static str = "What opens the door";
    const ADVICE: &'static str = "ask Ada";
}

fn secrets(refresh: Duration) -> Secrets {
    Secrets::new(&Settings { secrets_refresh: refresh, ..Settings::default() })
}

async fn open(reference: &str, refresh: Duration) -> anyhow::Result<Secret> {
    Given::<Password>::in_secrets_manager(reference).open(&secrets(refresh)).await
}

#[tokio::test]
async fn a_secret_is_found_by_its_arn_by_its_name_and_by_a_key() {
    let Some(aws) = SecretsManager::of_tests().await else { return };
    let arn = aws.keep(r#"{"url": "redis://canary", "port": 6379}"#).await;
    // moto puts six letters behind the name, as AWS does.
    let name = arn.split(':').next_back().unwrap().rsplit_once('-').unwrap().0;

    for (reference, text) in [
        (arn.clone(), r#"{"url": "redis://canary", "port": 6379}"#),
        (format!("{arn}#url"), "redis://canary"),
        (format!("{name}#port"), "6379"),
    ] {
        let secret = open(&reference, Duration::from_mins(1)).await.unwrap();
        assert_eq!(secret.current().expose_secret(), text, "{reference}");
    }
}

#[tokio::test]
async fn a_replaced_secret_is_used_without_a_restart_and_at_once_when_the_old_one_is_refused() {
    let Some(aws) = SecretsManager::of_tests().await else { return };
    let arn = aws.keep("old").await;
    let mut looking = open(&arn, Duration::from_millis(20)).await.unwrap();
    let mut resting = open(&arn, Duration::from_hours(1)).await.unwrap();

    aws.replace(&arn, "new").await;

    looking.changed().await;
    assert_eq!(looking.current().expose_secret(), "new");
    assert_eq!(resting.current().expose_secret(), "old");
    let renewed = async || resting.renew(&"old".into()).await.then_some(());
    testing::eventually("the new secret", renewed).await;
    resting.changed().await;
    assert_eq!(resting.current().expose_secret(), "new");
}

#[tokio::test]
async fn a_secret_that_is_gone_stays_in_force_and_a_log_line_says_so_without_it() {
    let Some(aws) = SecretsManager::of_tests().await else { return };
    let told = testing::collect("info");
    let arn = aws.keep("canary-4711").await;
    let secret = open(&arn, Duration::from_millis(20)).await.unwrap();

    aws.forget(&arn).await;

    let line = testing::eventually("a line about it", async || {
        told.log_lines().into_iter().find(|line| line.contains("the old one stays"))
    })
    .await;
    assert!(line.contains("PASSWORD") && line.contains("ResourceNotFoundException"), "{line}");
    assert_eq!(secret.current().expose_secret(), "canary-4711");
    assert!(told.log_lines().iter().all(|line| !line.contains("canary-4711")));
}

#[tokio::test]
async fn a_wrong_arn_names_the_setting() {
    let Some(aws) = SecretsManager::of_tests().await else { return };
    let arn = aws.keep(r#"{"url": "canary"}"#).await;
    let gone = "arn:aws:secretsmanager:us-east-1:123456789012:secret:no/such-AbCdEf";

    let missing = open(gone, Duration::from_mins(1)).await.unwrap_err();
    let key = open(&format!("{arn}#password"), Duration::from_mins(1)).await.unwrap_err();

    let missing = format!("{missing:#}");
    assert!(
        missing.starts_with("PASSWORD_ARN arn:aws:") && missing.contains("ResourceNotFound"),
        "{missing}"
    );
    assert_eq!(format!("{key:#}"), format!("PASSWORD_ARN {arn}: it has no key password"));
}
