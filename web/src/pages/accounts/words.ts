// What the API's names of cash say in words.

/** What is paid begins as paid in the form. */
export const cashKinds = [
  { value: "deposit", label: "Deposit", isPaid: false },
  { value: "withdrawal", label: "Withdrawal", isPaid: true },
  { value: "dividend", label: "Dividend", isPaid: false },
  { value: "interest", label: "Interest", isPaid: false },
  { value: "fee", label: "Fee", isPaid: true },
  { value: "commission", label: "Commission", isPaid: true },
  { value: "funding", label: "Funding", isPaid: true },
  { value: "swap", label: "Swap", isPaid: true },
  { value: "borrow", label: "Borrowing cost", isPaid: true },
  { value: "tax", label: "Tax", isPaid: true },
  { value: "transfer", label: "Transfer", isPaid: false },
  { value: "reward", label: "Reward", isPaid: false },
  { value: "settlement", label: "Settlement", isPaid: false },
  { value: "other", label: "Other", isPaid: false },
] as const;

export function cashWords(kind: string): string {
  return cashKinds.find((known) => known.value === kind)?.label ?? kind;
}
