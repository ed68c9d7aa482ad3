//! A row that no version of this service wrote.

/// The error of a column whose value is none of those that this service writes.
pub(super) fn unreadable(column: &'static str, value: impl Into<String>) -> sqlx::Error {
    let source = format!("{:?} is not among its values", value.into());
    sqlx::Error::ColumnDecode { index: column.to_owned(), source: source.into() }
}
