//! Which calls of a service a derived token may make.

use crate::{Caller, Role, Scope};
use runtime::status;
use tonic::{Code, Status};

/// What a service allows. A call is denied unless something here allows it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rights {
    /// Calls that change nothing, besides those that begin with `Get` or `List`.
    pub reads: &'static [&'static str],
    /// Whether somebody else may read in the user's place.
    pub actors: bool,
    /// The only calls that derived tokens may make; `None`: those that their scope allows.
    pub derived: Option<&'static [&'static str]>,
    /// Only sessions of users with this role may call. For everybody else there is nothing here.
    pub role: Option<Role>,
}

impl Default for Rights {
    fn default() -> Self {
        Self { reads: &[], actors: true, derived: None, role: None }
    }
}

impl Rights {
    /// Refuses what the caller's token is not for.
    pub fn check(&self, caller: &Caller, path: &str) -> Result<(), Status> {
        if !self.has_role(caller.scope, caller.actor.is_some(), caller.role) {
            return Err(status::not_found("call"));
        }
        if self.allow(caller.scope, caller.actor.is_some(), path) {
            return Ok(());
        }
        let (reason, message) = match (self.derived, caller.actor) {
            (_, Some(_)) => {
                ("read-only", "a mentor reads the journal, and neither changes it nor sees the rest")
            }
            (Some(_), None) => ("session-required", "an API key cannot do this: sign in"),
            (None, None) => ("read-only", "this API key only reads"),
        };
        Err(status::with_reason(Code::PermissionDenied, reason, message))
    }

    fn has_role(&self, scope: Option<Scope>, is_actor: bool, role: Role) -> bool {
        self.role.is_none_or(|needed| needed == role && scope.is_none() && !is_actor)
    }

    fn allow(&self, scope: Option<Scope>, is_actor: bool, path: &str) -> bool {
        // Who acts for somebody else without a scope is nobody we know.
        let Some(scope) = scope else { return !is_actor };
        let call = path.rsplit('/').next().unwrap_or_default();
        if is_actor && !(self.actors && scope == Scope::Read) {
            return false;
        }
        if let Some(calls) = self.derived {
            return calls.contains(&call);
        }
        let is_read = call.starts_with("Get") || call.starts_with("List") || self.reads.contains(&call);
        is_read || scope == Scope::Write
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATA: Rights = Rights { reads: &["PreviewImport"], actors: true, derived: None, role: None };

    #[test]
    fn a_scope_allows_what_it_says_and_nothing_else() {
        for (scope, is_actor, call, allowed) in [
            (None, false, "DeleteAccount", true),
            (Some(Scope::Write), false, "DeleteAccount", true),
            (Some(Scope::Read), false, "DeleteAccount", false),
            (Some(Scope::Read), false, "GetTrade", true),
            (Some(Scope::Read), false, "ListTrades", true),
            (Some(Scope::Read), false, "PreviewImport", true),
            (Some(Scope::Read), false, "", false),
            (Some(Scope::Read), true, "GetTrade", true),
            (Some(Scope::Read), true, "UpdateTrade", false),
            (Some(Scope::Write), true, "GetTrade", false),
            (None, true, "GetTrade", false),
        ] {
            let path = format!("/journal.trades.v1.TradesService/{call}");
            assert_eq!(DATA.allow(scope, is_actor, &path), allowed, "{scope:?} {is_actor} {call}");
        }
    }

    #[test]
    fn the_account_is_for_sessions_only() {
        let account = Rights { derived: Some(&["GetMe"]), ..Rights::default() };

        assert!(account.allow(Some(Scope::Read), false, "/a/GetMe"));
        assert!(!account.allow(Some(Scope::Write), false, "/a/ListSessions"));
        assert!(!account.allow(Some(Scope::Write), false, "/a/ChangePassword"));
        assert!(account.allow(None, false, "/a/ChangePassword"));
    }

    #[test]
    fn what_needs_a_role_is_for_nobody_with_another() {
        let admins = Rights { role: Some(Role::Admin), ..Rights::default() };

        assert!(admins.has_role(None, false, Role::Admin));
        assert!(!admins.has_role(None, false, Role::Mentor));
        assert!(!admins.has_role(None, false, Role::User));
        assert!(!admins.has_role(Some(Scope::Write), false, Role::Admin));
        assert!(!admins.has_role(Some(Scope::Read), true, Role::Admin));
        assert!(DATA.has_role(Some(Scope::Read), true, Role::User));
    }

    #[test]
    fn nobody_reads_what_is_personal_in_anothers_place() {
        let personal = Rights { actors: false, ..Rights::default() };

        assert!(!personal.allow(Some(Scope::Read), true, "/n/ListNotifications"));
        assert!(personal.allow(Some(Scope::Read), false, "/n/ListNotifications"));
    }
}
