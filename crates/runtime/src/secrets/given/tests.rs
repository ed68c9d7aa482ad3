use super::*;

/// A secret of the tests.
enum Key {}

impl Named for Key {
    const NAME: &'static str = "TEST_ONLY_KEY";
    const MEANING: &'static str = "What opens the door";
    const ADVICE: &'static str = "ask Ada";
}

#[derive(clap::Parser)]
struct Program {
    #[command(flatten)]
    key: Given<Key>,
}

async fn refusal(given: &Given<Key>) -> String {
    format!("{:#}", given.open(&Secrets::default()).await.unwrap_err())
}

#[tokio::test]
async fn a_missing_secret_is_asked_for_and_two_are_refused() {
    let missing = "set TEST_ONLY_KEY, TEST_ONLY_KEY_FILE or TEST_ONLY_KEY_ARN (ask Ada)";
    let blank = Given { file: Some(PathBuf::new()), arn: Some(" ".to_owned()), ..Given::from(" ") };
    let both = Given { file: Some("/key".into()), ..Given::from("hunter2") };
    let other = Given { arn: Some("name".to_owned()), ..Given::in_file("/key") };

    assert_eq!(refusal(&Given::default()).await, missing);
    assert_eq!(refusal(&blank).await, missing);
    for given in [both, other] {
        let refusal = refusal(&given).await;
        assert!(refusal.contains("more than one") && !refusal.contains("hunter2"), "{refusal}");
    }
}

#[tokio::test]
async fn what_cannot_be_had_is_named_by_its_setting() {
    let file = refusal(&Given::in_file("/no/such/key")).await;
    let arn = refusal(&Given::in_secrets_manager("arn:aws:s3:::key")).await;

    assert!(file.contains("TEST_ONLY_KEY_FILE") && file.contains("/no/such/key"), "{file}");
    assert!(arn.contains("TEST_ONLY_KEY_ARN") && arn.contains("arn:aws:secretsmanager:"), "{arn}");
}

#[test]
fn a_secret_is_no_argument() {
    let refused = <Program as clap::Parser>::try_parse_from(["door", "--test-only-key", "hunter2"]);

    let refusal = refused.err().unwrap().to_string();
    assert!(refusal.contains("TEST_ONLY_KEY_FILE") && !refusal.contains("hunter2"), "{refusal}");
}

#[test]
fn a_file_and_an_arn_may_be_arguments() {
    let arguments = ["door", "--test-only-key-file", "/key", "--test-only-key-arn", "door-key"];
    let program = <Program as clap::Parser>::parse_from(arguments);

    assert_eq!(program.key.file, Some("/key".into()));
    assert_eq!(program.key.arn.as_deref(), Some("door-key"));
}

#[test]
fn a_secret_is_not_shown() {
    let shown = format!("{:?}", Given::<Key>::from("hunter2"));

    assert!(!shown.contains("hunter2"), "{shown}");
}
