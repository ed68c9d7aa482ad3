// The mails that a product in development sends: files in a folder.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { base } from "./browser";
import { until } from "./person";

/** Where they are: of the product that `cargo dev test --only web` starts, unless `MAIL_FOLDER` names that of another. */
const FOLDER = process.env["MAIL_FOLDER"] ?? fileURLToPath(new URL("../../../target/web/mail", import.meta.url));

export const hasMails = existsSync(FOLDER);

/** The address that the latest mail to somebody leads to, on the page of this name. */
export function mailedAddress(to: string, page: string): Promise<string> {
  const link = new RegExp(`/${page}#token=([\\w-]+)`);
  return until(() => {
    const latest = mails().find((mail) => mail.includes(to) && link.test(mail));
    const token = link.exec(latest ?? "")?.[1];
    return Promise.resolve(token === undefined ? undefined : `${base}/${page}#token=${token}`);
  }, `a mail to ${to} leads to ${page}`);
}

/** Newest first. */
function mails(): string[] {
  const numbers = readdirSync(FOLDER).map((name) => Number.parseInt(name)).filter(Number.isFinite);
  return numbers.sort((a, b) => b - a).map((number) => decoded(readFileSync(join(FOLDER, `${number}.eml`), "utf8")));
}

/** Quoted-printable as plain text. What is not ASCII does not matter here. */
function decoded(mail: string): string {
  return mail.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
