// What can be said of a new password while it is typed. Whether it is a common one, the server says.

export interface Rule {
  readonly text: string;
  readonly isMet: boolean;
}

const SHORTEST = 15;
const LONGEST = 128;
/** As many letters and digits must be left besides the words that everybody knows of you. */
const OWN = 8;

export function passwordRules(password: string, known: { email: string; name?: string }): readonly Rule[] {
  const length = Array.from(password.normalize("NFKC")).length;
  const missing = SHORTEST - length;
  const lengthText =
    length > LONGEST
      ? `At most ${LONGEST} characters: ${length - LONGEST} too many`
      : missing > 0 && length > 0
        ? `At least ${SHORTEST} characters: ${missing} more`
        : `At least ${SHORTEST} characters`;
  return [
    { text: lengthText, isMet: missing <= 0 && length <= LONGEST },
    { text: "More than your address or your name", isMet: length > 0 && ownLetters(password, known) >= OWN },
  ];
}

/** How many letters and digits are left without the words of the address, the name and the product. */
function ownLetters(password: string, { email, name = "" }: { email: string; name?: string }): number {
  const words = `${email} ${name} trading journal`
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2)
    .sort((a, b) => b.length - a.length);
  let rest = password.normalize("NFKC").toLowerCase();
  for (const word of words) rest = rest.replaceAll(word, "");
  return rest.replace(/[^\p{L}\p{N}]/gu, "").length;
}
