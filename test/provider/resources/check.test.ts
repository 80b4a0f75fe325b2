import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { expect } from "chai";
import {
  COMMON_FIELDS,
  checkFields,
  domain,
  type Field,
  guid,
  httpsUrl,
  line,
  oneOf,
  truth,
  UNKNOWN,
} from "../../../provider/resources/check";

describe("the check of arguments", () => {
  const field: Field = { reason: (value) => (value === "right" ? undefined : "it must be right") };

  it("has Pulumi's own text for an unknown value", () => {
    expect(UNKNOWN).to.equal(unknownValue);
  });

  const rows: [string, Field, unknown, unknown, string | undefined][] = [
    ["takes a right value", field, "right", "right", undefined],
    ["refuses a wrong one and keeps it for the message", field, "wrong", "wrong", "it must be right"],
    ["passes an unknown value over", field, UNKNOWN, UNKNOWN, undefined],
    ["passes an unknown value over where it is required", { ...field, required: true }, UNKNOWN, UNKNOWN, undefined],
    ["takes none where it may be absent", field, undefined, undefined, undefined],
    ["takes null for absent", field, null, undefined, undefined],
    [
      "says that a required one is missing",
      { ...field, required: true },
      undefined,
      undefined,
      "it is required: it must be right",
    ],
    ["applies the default", { ...field, default: "right" }, undefined, "right", undefined],
    ["applies the default to null", { ...field, default: "right" }, null, "right", undefined],
    ["keeps a given value beside a default", { ...field, default: "right" }, "wrong", "wrong", "it must be right"],
    ["does not take false for absent", { ...truth, default: true }, false, false, undefined],
  ];
  for (const [title, of, value, input, reason] of rows) {
    it(title, () => {
      const news: Record<string, unknown> = value === undefined ? {} : { property: value };
      expect(checkFields({ property: of }, news)).to.deep.equal({
        inputs: input === undefined ? {} : { property: input },
        failures: reason === undefined ? [] : [{ property: "property", reason }],
      });
    });
  }

  it("finds every wrong argument, in the order of the fields, and whatever is no argument, with the nearest", () => {
    const news = { two: 2, thre: 1, one: 1, Two: null, __provider: "text", toString: undefined };
    const { inputs, failures } = checkFields({ one: field, two: field, three: field }, news);
    expect(inputs).to.deep.equal({ one: 1, two: 2 });
    expect(failures).to.deep.equal([
      { property: "one", reason: "it must be right" },
      { property: "two", reason: "it must be right" },
      { property: "thre", reason: "unknown argument (did you mean three?)" },
    ]);
  });

  const longest = `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(61)}`;
  const kinds: [string, Field, unknown[], unknown[], string][] = [
    [
      "a domain name",
      domain("contoso.example"),
      ["contoso.example", "CONTOSO.example", "a.b.c.example", "xn--bcher-kva.example", "1.2", longest],
      [
        "contoso",
        "",
        ".example",
        "contoso.example.",
        "contoso..example",
        "-a.example",
        "a-.example",
        "a b.example",
        "contoso.example\n",
        "https://contoso.example",
        "bücher.example",
        `${"a".repeat(64)}.example`,
        `a${longest}`,
        5,
        ["contoso.example"],
      ],
      "it must be a domain name, such as contoso.example",
    ],
    [
      "an https URL",
      httpsUrl("https://x.example/"),
      ["https://x.example", "https://x.example:8443/a?realm=b", "HTTPS://X.EXAMPLE/", "https://127.0.0.1/a"],
      [
        "http://x.example",
        "x.example",
        "",
        "https://",
        "https://user@x.example",
        "https://user:word@x.example",
        "https://:word@x.example",
        "https://x.example/#part",
        " https://x.example",
        "https://x.example/a\nb",
        "ftp://x.example",
        1,
      ],
      "it must be an https URL, such as https://x.example/",
    ],
    [
      "a guid",
      guid,
      ["11111111-2222-3333-4444-555555555555", "AAAAAAAA-bbbb-CCCC-dddd-EEEEEEEEEEEE"],
      [
        "11111111222233334444555555555555",
        "{11111111-2222-3333-4444-555555555555}",
        "11111111-2222-3333-4444-55555555555",
        "11111111-2222-3333-4444-55555555555g",
        "contoso.example",
        "",
        1,
      ],
      "it must be a guid, such as 11111111-2222-3333-4444-555555555555",
    ],
    [
      "text on one line",
      line(5, "abc"),
      ["a", "abcde", "a b", "ü"],
      ["", " ", "abcdef", "a\nb", "a\tb", "a\u007f", "a\u0000", 5, true],
      'it must be text of 1 to 5 characters on one line, such as "abc"',
    ],
    ["one of a few", oneOf(2048, 3072, 4096), [2048, 4096], ["2048", 1024, undefined], "it must be 2048, 3072 or 4096"],
    [
      "one of two",
      oneOf("worldwide", "usGovernment"),
      ["worldwide"],
      ["World", 1],
      "it must be worldwide or usGovernment",
    ],
    ["a truth", truth, [true, false], ["true", 0, "yes"], "it must be true or false"],
    [
      "a time limit",
      COMMON_FIELDS.timeoutSeconds as Field,
      [1, 300, 3600],
      [0, -1, 3601, 1.5, "300", Number.NaN, Number.POSITIVE_INFINITY],
      "it must be a whole number of seconds from 1 to 3600, such as 300",
    ],
    [
      "a domain controller",
      COMMON_FIELDS.domainController as Field,
      ["dc1.contoso.example"],
      ["dc1", "", 1],
      "it must be a domain name, such as dc1.contoso.example",
    ],
  ];
  for (const [what, of, right, wrong, reason] of kinds) {
    for (const value of right) {
      it(`takes ${JSON.stringify(value)} for ${what}`, () => {
        expect(of.reason(value)).to.equal(undefined);
      });
    }
    for (const value of wrong) {
      it(`does not take ${typeof value === "number" ? value : JSON.stringify(value)} for ${what}`, () => {
        expect(of.reason(value)).to.equal(reason);
      });
    }
  }
});
