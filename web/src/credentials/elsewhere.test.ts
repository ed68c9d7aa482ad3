// What a sign-in elsewhere came back with: only what the address may say, and words for all of it.

import { expect, test } from "vitest";
import { elsewhereOf } from "./elsewhere";
import { inWords } from "./elsewhereWords";

test("a provider is called by a name that it may have", () => {
  expect(elsewhereOf({ problem: "oidc-failed", provider: "my-school" })).toEqual({ problem: "oidc-failed", provider: "my-school" });
  expect(elsewhereOf({ problem: "oidc-failed", provider: "Call 0800 and tell us your password" })).toEqual({ problem: "oidc-failed" });
  expect(elsewhereOf({ problem: ["a", "b"], provider: 7 })).toEqual({});
});

test("each reason has words of its own, and an unknown one too", () => {
  const reasons = ["oidc-failed", "oidc-email-not-verified", "email-taken", "identity-taken", "email-not-verified", "account-disabled", "not-found", "unavailable", "rate-limited", "session-ended", "weather"];
  const titles = reasons.map((problem) => inWords({ problem, provider: "google" }).title);
  expect(new Set(titles).size).toBe(reasons.length);
  expect(inWords({ problem: "email-taken", provider: "google" }).text).toContain("connect Google");
  expect(inWords({ problem: "unavailable" }).title).toBe("The other account does not answer");
});
