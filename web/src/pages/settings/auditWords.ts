// What the kinds of the audit log say in words. A kind of a later version is read as it is written.

const words: Readonly<Record<string, string>> = {
  "signed-in": "Signed in",
  "sign-in-failed": "Sign-in failed",
  "signed-out": "Signed out",
  "session-revoked": "A session was ended",
  "refresh-token-reused": "A session was ended, as its key was used twice",
  "email-verified": "Address confirmed",
  "totp-enabled": "Authenticator app set up",
  "totp-disabled": "Authenticator app removed",
  "api-key-created": "API key made",
  "mentor-ended": "Mentor removed",
  "mentor-accepted": "Invitation accepted by a mentor",
  "mentoring-ended": "Stopped reading a journal",
  "invitation-accepted": "Began to read a journal",
  "email-change-requested": "Another address asked for",
  "email-changed": "Address changed",
  "deletion-requested": "Deletion of the account asked for",
  "deletion-undone": "The account stays after all",
  "identity-linked": "Account elsewhere linked",
};

export function auditWords(kind: string): string {
  const plain = kind.replaceAll("-", " ");
  return words[kind] ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}
