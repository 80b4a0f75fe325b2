/** The least length of a secret that is hidden within other text: a shorter one is a part of many words. */
const LEAST_WITHIN = 4;

/** A longer secret would make a pattern that no engine takes: it is found on one line. */
export const MOST_OF_A_PATTERN = 256;

/** The least length of base64 in the middle of more of it that is no accident. */
const LEAST_OF_BASE64 = 8;

/**
 * The pattern of a secret of at most {@link MOST_OF_A_PATTERN} characters in each form in which programs write text: as
 * it is, in JSON, XML and URLs, quoted for PowerShell, as hexadecimal and as base64, also where a line was wrapped.
 * Longer forms come first. One of 1 to 3 characters is found as it is, and only where it stands alone: hidden everywhere,
 * it would make every text unreadable.
 */
export function patternsOf(secret: string): string[] {
  if (secret === "") return [];
  if (secret.length < LEAST_WITHIN) return [`(?<![\\p{L}\\p{N}])${escaped(secret)}(?![\\p{L}\\p{N}])`];
  return formsOf(secret).map(wrapped);
}

/** The same forms, each as it stands on one line. */
export function formsOf(secret: string): string[] {
  const forms = new Set([...textForms(secret), ...byteForms(secret)]);
  return [...forms].sort((one, other) => other.length - one.length);
}

function textForms(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  return [secret, json, ...asciiJson(json), ...xmlForms(secret), ...urlForms(secret), ...powershellForms(secret)];
}

/** As PowerShell's ConvertTo-Json and others do that write no more than ASCII, or nothing that means something in HTML. */
function asciiJson(json: string): string[] {
  const unicode = (text: string) =>
    text.replace(/./gs, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return [
    json.replace(/[<>&']/g, unicode),
    json.replace(/[^\0-\x7f]/g, unicode),
    json.replace(/[<>&']|[^\0-\x7f]/g, unicode),
  ];
}

function xmlForms(secret: string): string[] {
  const text = secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quoted = text.replaceAll('"', "&quot;");
  // CLIXML, in which PowerShell writes errors, has control characters in a form of its own.
  const clixml = text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is searched for.
    /[\0-\x1f]/g,
    (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`,
  );
  return [text, quoted, clixml, ...["&apos;", "&#39;", "&#x27;"].map((quote) => quoted.replaceAll("'", quote))];
}

function urlForms(secret: string): string[] {
  // Half a surrogate pair cannot be encoded.
  const whole = Buffer.from(secret, "utf8").toString("utf8");
  const component = encodeURIComponent(whole);
  const strict = component.replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const all = [encodeURI(whole), component, strict, new URLSearchParams([["", secret]]).toString().slice(1)];
  const upper = [...all, strict.replaceAll("%20", "+")];
  return [...upper, ...upper.map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
}

/** PowerShell takes typographic quotes for quotes, so both kinds are doubled or escaped. */
function powershellForms(secret: string): string[] {
  return [
    secret.replaceAll("'", "''"),
    secret.replace(/['‘’‚‛]/g, "$&$&"),
    secret.replace(/["“”„]/g, "$&$&"),
    secret.replace(/[`"$“”„]/g, "`$&"),
    secret.replace(/[`"$'‘’‚‛“”„]/g, "`$&"),
  ];
}

function byteForms(secret: string): string[] {
  return (["utf8", "utf16le"] as const).flatMap((encoding) => {
    const bytes = Buffer.from(secret, encoding);
    const hexadecimal = bytes.toString("hex");
    return [hexadecimal, hexadecimal.toUpperCase(), ...base64Forms(bytes)];
  });
}

/** By itself, and as what does not change of it at each place where it may begin in other bytes. */
function base64Forms(bytes: Buffer): string[] {
  const within = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
    return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  });
  const forms = [bytes.toString("base64"), ...within.filter((text) => text.length >= LEAST_OF_BASE64)];
  return forms.flatMap((form) => [form, form.replaceAll("+", "-").replaceAll("/", "_")]);
}

function wrapped(form: string): string {
  // Beside a line end of its own another one would make two ways to read the same, and thousands of them.
  return [...form.matchAll(/[\r\n]+|./gsu)]
    .map(([unit], index, units) => {
      const isBeside = /[\r\n]/.test(`${unit}${units[index + 1]?.[0] ?? "\n"}`);
      return isBeside ? escaped(unit) : `${escaped(unit)}(?:\\r?\\n)?`;
    })
    .join("");
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
