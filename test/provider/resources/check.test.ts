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
import { NO_DOMAIN, NO_DOMAIN_CONTROLLER, NO_GUID, NO_TIME_LIMIT } from "./reasons";

describe("the check of arguments", () => {
  const field: Field = { reason: (value) => (value === "right" ? undefined : "it must be right") };

  it("has Pulumi's own text for an unknown value", () => {
    expect(UNKNOWN).to.equal(unknownValue);
  });

  const rows: { title: string; of: Field; value?: unknown; input?: unknown; reason: string | undefined }[] = [
    { title: "takes a right value", of: field, value: "right", input: "right", reason: undefined },
    {
      title: "refuses a wrong one and keeps it for the message",
      of: field,
      value: "wrong",
      input: "wrong",
      reason: "it must be right",
    },
    { title: "passes an unknown value over", of: field, value: UNKNOWN, input: UNKNOWN, reason: undefined },
    {
      title: "passes an unknown value over where it is required",
      of: { ...field, required: true },
      value: UNKNOWN,
      input: UNKNOWN,
      reason: undefined,
    },
    { title: "takes none where it may be absent", of: field, reason: undefined },
    { title: "takes null for absent", of: field, value: null, reason: undefined },
    {
      title: "says that a required one is missing",
      of: { ...field, required: true },
      reason: "it is required: it must be right",
    },
    { title: "applies the default", of: { ...field, default: "right" }, input: "right", reason: undefined },
    {
      title: "applies the default to null",
      of: { ...field, default: "right" },
      value: null,
      input: "right",
      reason: undefined,
    },
    {
      title: "keeps a given value beside a default",
      of: { ...field, default: "right" },
      value: "wrong",
      input: "wrong",
      reason: "it must be right",
    },
    {
      title: "does not take false for absent",
      of: { ...truth, default: true },
      value: false,
      input: false,
      reason: undefined,
    },
  ];
  for (const { title, of, value, input, reason } of rows) {
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
  const kinds: { what: string; of: Field; right: unknown[]; wrong: unknown[]; reason: string }[] = [
    {
      what: "a domain name",
      of: domain("contoso.example"),
      right: ["contoso.example", "CONTOSO.example", "a.b.c.example", "xn--bcher-kva.example", "1.2", longest],
      wrong: [
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
      reason: NO_DOMAIN,
    },
    {
      what: "an https URL",
      of: httpsUrl("https://x.example/"),
      right: ["https://x.example", "https://x.example:8443/a?realm=b", "HTTPS://X.EXAMPLE/", "https://127.0.0.1/a"],
      wrong: [
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
      reason: "it must be an https URL, such as https://x.example/",
    },
    {
      what: "a guid",
      of: guid,
      right: ["11111111-2222-3333-4444-555555555555", "AAAAAAAA-bbbb-CCCC-dddd-EEEEEEEEEEEE"],
      wrong: [
        "11111111222233334444555555555555",
        "{11111111-2222-3333-4444-555555555555}",
        "11111111-2222-3333-4444-55555555555",
        "11111111-2222-3333-4444-55555555555g",
        "contoso.example",
        "",
        1,
      ],
      reason: NO_GUID,
    },
    {
      what: "text on one line",
      of: line(5, "abc"),
      right: ["a", "abcde", "a b", "ü"],
      wrong: ["", " ", "abcdef", "a\nb", "a\tb", "a\u007f", "a\u0000", 5, true],
      reason: 'it must be text of 1 to 5 characters on one line, such as "abc"',
    },
    {
      what: "one of a few",
      of: oneOf(2048, 3072, 4096),
      right: [2048, 4096],
      wrong: ["2048", 1024, undefined],
      reason: "it must be 2048, 3072 or 4096",
    },
    {
      what: "one of two",
      of: oneOf("worldwide", "usGovernment"),
      right: ["worldwide"],
      wrong: ["World", 1],
      reason: "it must be worldwide or usGovernment",
    },
    { what: "a truth", of: truth, right: [true, false], wrong: ["true", 0, "yes"], reason: "it must be true or false" },
    {
      what: "a time limit",
      of: COMMON_FIELDS.timeoutSeconds as Field,
      right: [1, 300, 3600],
      wrong: [0, -1, 3601, 1.5, "300", Number.NaN, Number.POSITIVE_INFINITY],
      reason: NO_TIME_LIMIT,
    },
    {
      what: "a domain controller",
      of: COMMON_FIELDS.domainController as Field,
      right: ["dc1.contoso.example"],
      wrong: ["dc1", "", 1],
      reason: NO_DOMAIN_CONTROLLER,
    },
  ];
  for (const { what, of, right, wrong, reason } of kinds) {
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
