//! What may be chosen: a table, and the rules at their edges.

use super::*;

fn chosen(text: &str) -> Result<Password, Invalid> {
    let context = Context::of("ada.lovelace@analytical.example", "Countess Ada King");
    Password::chosen("password", text.to_owned(), &context)
}

#[test]
fn forty_passwords_are_judged() {
    let welcome = [
        "correct horse battery staple",
        "another password, just as long",
        "   seven spaces  ok",
        "Tr0ub4dor&3-zebra",
        "ünïcödé wörks jüst fine",
        "日本語のパスワードも長ければよい。",
        "🔑🗝🔒🔓🛡🐴🔋📎🧷🪁🎷🎻🥁🪕🎺",
        "8f3c0d7a91be4462",
        "47 28 19 93 05 61 74",
        "lovelace keeps 9 quiet otters",
        "my journal of trading is purple",
        "qX7$kP2!vR9@wN4%",
        "the rain in spain 1956",
        "anchovy-trombone-1815",
        "x1y2z3 fourteen geese",
        "zwölf Boxkämpfer jagen",
    ];
    let refused = [
        "fourteen chars",
        "aaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "passwordpassword",
        "PasswordPassword1",
        "passwordpasswor",
        "password1234567890",
        "1234567890password",
        "!!!!!!password!!!!!!",
        "P@ssw0rd2024!!!!!",
        "p@ssw0rdp@ssw0rd",
        "p a s s w o r d 1 2 3 4",
        "Password1Password2",
        "ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ",
        "123456789123456789",
        "123456789012345",
        "12345 12345 12345",
        "qwertyuiopqwertyuiop",
        "iloveyouiloveyou",
        "dragon.dragon.dragon",
        "monkey##########",
        "ada.lovelace@analytical.example",
        "AdaLovelace2024!!",
        "lovelace-password",
    ];
    assert_eq!(welcome.len() + refused.len(), 40);

    for text in welcome {
        assert!(chosen(text).is_ok(), "{text} is refused: {:?}", chosen(text));
    }
    for text in refused {
        assert!(chosen(text).is_err(), "{text} is taken");
    }
}

#[test]
fn the_names_of_user_and_product_are_refused_however_they_are_padded() {
    for text in [
        "Trading Journal!",
        "tradingjournal2026",
        "journaljournal123",
        "Countess Ada King 1",
        "countess.king.ada",
        "analytical_analytical",
        "tradingjournal-ada",
        "lovelace8301773500",
    ] {
        let refused = chosen(text).map(|_| ()).expect_err(text);
        assert_eq!(refused.field, "password");
    }
}

#[test]
fn every_entry_of_the_list_is_refused_alone_doubled_and_padded() {
    for entry in common::LIST.lines() {
        if entry.chars().count() >= 15 {
            assert!(common::is_guessed_first(entry), "{entry}");
        }
        if entry.chars().count() >= 4 {
            let (doubled, padded) = (entry.repeat(4), format!("{entry}!1234567890"));
            assert!(common::is_guessed_first(&doubled), "{doubled}");
            let has_letter = entry.chars().any(char::is_alphabetic);
            assert!(!has_letter || common::is_guessed_first(&padded), "{padded}");
        }
    }
}

#[test]
fn characters_are_counted_after_normalisation() {
    let letters = |count: usize| "üößéñçåøæþðšžčřąęłńś".chars().cycle().take(count).collect::<String>();
    assert!(chosen(&letters(14)).is_err());
    assert!(chosen(&format!("{}x", letters(14))).is_ok());
    assert!(chosen(&(letters(100) + &"🔑🗝".repeat(14))).is_ok());
    assert!(chosen(&(letters(100) + &"🔑🗝".repeat(14) + "x")).is_err());
    // One code point of 18 letters when normalised: eight of them are 144 characters.
    assert!(chosen(&"\u{fdfa}".repeat(8)).is_err());
    // Fifteen code points that compose to eight.
    assert!(chosen("u\u{308}o\u{308}a\u{308}e\u{301}n\u{303}c\u{327}a\u{30a}x").is_err());
}

#[test]
fn composed_and_decomposed_spellings_are_one_password() {
    let presented = |text: &str| Password::presented("password", text.to_owned()).unwrap();

    assert_eq!(presented("gru\u{308}n").as_bytes(), presented("grün").as_bytes());
    assert_eq!(presented("ﬁne").as_bytes(), presented("fine").as_bytes());
    assert_ne!(presented("Fine").as_bytes(), presented("fine").as_bytes());
}

#[test]
fn a_control_character_cannot_be_typed() {
    assert!(chosen("fifteen letters\0 and more").is_err());
}

#[test]
fn more_than_a_kibibyte_is_not_even_tried() {
    let presented = |length: usize| Password::presented("password", "x".repeat(length));

    assert!(presented(1024).is_ok());
    assert!(presented(1025).is_err());
}

#[test]
fn a_password_is_not_shown() {
    let password = Password::presented("password", "correct horse".to_owned()).unwrap();

    assert!(!format!("{password:?}").contains("horse"));
}
