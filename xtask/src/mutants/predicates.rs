//! Queries that no longer say whose rows they mean.

/// How many such predicates there are in `text`, and `text` without them: `t.user_id = $1` becomes `$1::uuid IS NOT NULL`, which holds and
/// keeps the parameter's place.
pub(super) fn without_user_predicates(text: &str) -> (usize, String) {
    let (mut count, mut changed, mut rest) = (0, String::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once("user_id = $") {
        let digits = after.find(|next: char| !next.is_ascii_digit()).unwrap_or(after.len());
        let (number, following) = after.split_at(digits);
        let name = before.trim_end_matches(|part: char| part.is_alphanumeric() || "_.".contains(part)).len();
        let (before, qualifier) = before.split_at(name);
        changed.push_str(before);
        if qualifier.is_empty() || qualifier.ends_with('.') {
            count += 1;
            changed.extend(["$", number, "::uuid IS NOT NULL"]);
        } else {
            changed.extend([qualifier, "user_id = $", number]);
        }
        rest = following;
    }
    changed.push_str(rest);
    (count, changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_rows_are_meant_is_gone_and_parameters_keep_their_places() {
        let query = "SELECT * FROM t WHERE user_id = $1 AND id = $2 AND (t.user_id = $12 OR other_user_id = $3 OR t.user_id = f.user_id)";

        assert_eq!(
            without_user_predicates(query),
            (
                2,
                "SELECT * FROM t WHERE $1::uuid IS NOT NULL AND id = $2 AND ($12::uuid IS NOT NULL OR other_user_id = $3 OR t.user_id = f.user_id)"
                    .to_owned()
            )
        );
    }
}
