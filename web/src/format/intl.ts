// The formats of Intl, each made once: they are costly to make, and every cell of a table asks for one.

const numbers = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

export function numberFormat(locale: string | undefined, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return keep(numbers, locale, options, () => new Intl.NumberFormat(locale, options));
}

/** In a zone that the browser does not know, on the clock of UTC: an odd zone of an account must not break a page. */
export function dateFormat(locale: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return keep(dates, locale, options, () => {
    try {
      return new Intl.DateTimeFormat(locale, options);
    } catch {
      return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
    }
  });
}

function keep<T>(made: Map<string, T>, locale: string | undefined, options: object, make: () => T): T {
  const key = `${locale ?? ""} ${JSON.stringify(options)}`;
  const known = made.get(key);
  if (known) return known;
  const one = make();
  made.set(key, one);
  return one;
}

/** Of what is the same for as long as the page is open, such as what this browser supports: found out when it is first asked for. */
export function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => (found ??= { value: find() }).value;
}
