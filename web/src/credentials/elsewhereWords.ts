// What a sign-in elsewhere came back with, in words.

import { providerName, type Elsewhere } from "./elsewhere";

export interface Words {
  readonly title: string;
  readonly text: string;
}

/** Why nobody was signed in, or no account was connected, and what to do about it. */
export function inWords({ problem, provider }: Elsewhere): Words {
  const name = provider === undefined ? "the other account" : providerName(provider);
  const Name = name.charAt(0).toUpperCase() + name.slice(1);
  switch (problem) {
    case "oidc-failed":
      return {
        title: `${Name} did not say who you are`,
        text: "It was cancelled there, or took longer than ten minutes. Nothing was changed; try again.",
      };
    case "oidc-email-not-verified":
      return {
        title: `${Name} does not vouch for your address`,
        text: `Create an account here first, and connect ${name} in the settings, under “Signing in”.`,
      };
    case "email-taken":
      return {
        title: "Your address has an account here already",
        text: `Sign in as always, and connect ${name} in the settings, under “Signing in”. From then on it signs you in.`,
      };
    case "identity-taken":
      return {
        title: `This account of ${name} signs somebody else in`,
        text: "It is connected to another journal. Disconnect it there, or choose another account.",
      };
    case "email-not-verified":
      return { title: "Confirm your address first", text: "Follow the link in the mail that we sent you." };
    case "account-disabled":
      return { title: "This account is disabled", text: "Ask whoever runs this journal." };
    case "not-found":
      return { title: `${Name} is not set up here`, text: "Sign in another way." };
    case "unavailable":
      return { title: `${Name} does not answer`, text: "Try again in a moment, or sign in another way." };
    case "rate-limited":
    case "too-many-attempts":
      return { title: "Too many attempts", text: "Wait a minute, and try again." };
    case "session-ended":
    case "unauthenticated":
    case "reauthentication-required":
      return { title: `${Name} was not connected`, text: "Your session had ended, or you signed in too long ago. Try again." };
    default:
      return { title: `Something went wrong with ${name}`, text: "Nothing was changed; try again." };
  }
}
