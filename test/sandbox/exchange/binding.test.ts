import { expect } from "chai";
import { type Properties, Secret, type Value } from "pulumi-exchange-server/protocol";
import { bind } from "../../../sandbox/exchange/binding";
import type { Build } from "../../../sandbox/exchange/builds";
import { CmdletError } from "../../../sandbox/exchange/errors";
import type { ParameterSets } from "../../../sandbox/exchange/parameters";

const SETS: ParameterSets = {
  sets: {
    Url: { Url: { type: "String", mandatory: true }, Trust: { type: "SwitchParameter" } },
    Native: {
      Url: { type: "String", mandatory: true },
      Type: { type: "String", values: ["ADFS", "AzureAD"], mandatory: true },
    },
    Refresh: { Refresh: { type: "SwitchParameter" } },
  },
  shared: {
    Name: { type: "String", mandatory: true },
    Identity: { type: "String", nullable: true },
    Enabled: { type: "Boolean" },
    Size: { type: "Int32" },
    From: { type: "DateTime" },
    Data: { type: "Byte[]" },
    Password: { type: "SecureString" },
    Domains: { type: "MultiValuedProperty" },
    Recent: { type: "String", since: { "15.1": [15, 1, 2106, 2], "15.2": [15, 2, 721, 2] } },
  },
};
const SE: Build = [15, 2, 2562, 41];

function bound(given: Properties, build = SE) {
  return bind(given, SETS, "Contoso.NewThing", build);
}

function failure(given: Properties, build = SE) {
  try {
    bound(given, build);
  } catch (error) {
    expect(error).to.be.instanceOf(CmdletError);
    return (error as CmdletError).failure;
  }
  throw new Error("it was bound");
}

describe("binding of parameters", () => {
  const url = { Name: "n", Url: "u" };

  const sets: [string, Properties, string][] = [
    ["the first set that lacks nothing", url, "Url"],
    ["the set of a parameter that only it has", { ...url, Type: "ADFS" }, "Native"],
    ["a set without mandatory parameters of its own", { Name: "n" }, "Refresh"],
    ["names without regard to case", { name: "n", URL: "u", trust: true }, "Url"],
    ["PowerShell's common parameters with any set", { ...url, ErrorAction: "Stop", Verbose: false }, "Url"],
  ];
  for (const [title, given, set] of sets) {
    it(`chooses ${title}`, () => expect(bound(given).set).to.equal(set));
  }

  const values: [string, string, Value, Value | undefined][] = [
    ["a number to a text", "Url", 5, "5"],
    ["a list to a text", "Url", ["a", "b"], "a,b"],
    ["truth to a text", "Url", true, "True"],
    ["digits to a number", "Size", "4096", 4096],
    ["a number to truth", "Enabled", 0, false],
    ["text to a date", "From", "2026-01-02T03:04:05Z", new Date("2026-01-02T03:04:05Z")],
    ["one text to a list", "Domains", "a", ["a"]],
    ["an enumeration's name to its own spelling", "Type", "azuread", "AzureAD"],
    ["null to an empty text", "Recent", null, ""],
    ["null to an empty list", "Domains", null, []],
    ["null of a nullable parameter to nothing", "Identity", null, undefined],
  ];
  for (const [title, name, given, expected] of values) {
    it(`converts ${title}`, () => expect(bound({ ...url, [name]: given }).values[name]).to.deep.equal(expected));
  }

  it("passes bytes, secrets and changes of a list as they are", () => {
    const given = { Data: Buffer.from([1]), Password: new Secret("p"), Domains: { Add: ["a"], remove: "b" } };
    expect(bound({ ...url, ...given }).values).to.deep.include(given);
  });

  const failures: [string, Properties, string, string, string, string][] = [
    [
      "an unknown name",
      { ...url, Nonsense: 1 },
      "NamedParameterNotFound",
      "ParameterBindingException",
      "InvalidArgument",
      "A parameter cannot be found that matches parameter name 'Nonsense'.",
    ],
    [
      "parameters of two sets",
      { ...url, Refresh: true },
      "AmbiguousParameterSet",
      "ParameterBindingException",
      "InvalidArgument",
      "Parameter set cannot be resolved using the specified named parameters.",
    ],
    [
      "a missing mandatory parameter",
      { Name: "n", Trust: true },
      "MissingMandatoryParameter",
      "ParameterBindingException",
      "InvalidArgument",
      "Cannot process command because of one or more missing mandatory parameters: Url.",
    ],
    [
      "null for a mandatory one",
      { Name: null, Url: "u" },
      "ParameterArgumentValidationErrorNullNotAllowed",
      "ParameterBindingValidationException",
      "InvalidData",
      "Cannot bind argument to parameter 'Name' because it is null.",
    ],
    [
      "an empty text for a mandatory one",
      { Name: "", Url: "u" },
      "ParameterArgumentValidationErrorEmptyStringNotAllowed",
      "ParameterBindingValidationException",
      "InvalidData",
      "Cannot bind argument to parameter 'Name' because it is an empty string.",
    ],
    [
      "text for truth",
      { ...url, Enabled: "true" },
      "ParameterArgumentTransformationError",
      "ParameterBindingArgumentTransformationException",
      "InvalidData",
      `Cannot process argument transformation on parameter 'Enabled'. Cannot convert value to type "Boolean".`,
    ],
    [
      "plain text for a password",
      { ...url, Password: "hunter2" },
      "ParameterArgumentTransformationError",
      "ParameterBindingArgumentTransformationException",
      "InvalidData",
      `Cannot process argument transformation on parameter 'Password'. Cannot convert value to type "SecureString".`,
    ],
    [
      "null for truth",
      { ...url, Enabled: null },
      "ParameterArgumentTransformationError",
      "ParameterBindingArgumentTransformationException",
      "InvalidData",
      `Cannot process argument transformation on parameter 'Enabled'. Cannot convert null to type "Boolean".`,
    ],
    [
      "a value that an enumeration lacks",
      { ...url, Type: "Kerberos" },
      "CannotConvertArgumentNoMessage",
      "ParameterBindingException",
      "InvalidArgument",
      `Cannot bind parameter 'Type'. Cannot convert value "Kerberos". The possible values are "ADFS,AzureAD".`,
    ],
  ];
  for (const [title, given, id, reason, category, message] of failures) {
    it(`refuses ${title}`, () => {
      const { target: _, ...said } = failure(given);
      expect(said).to.deep.equal({ reason, category, message, fullyQualifiedErrorId: `${id},Contoso.NewThing` });
    });
  }

  const builds: [string, Build, boolean][] = [
    ["2013, which never had it", [15, 0, 1497, 2], false],
    ["2016 one update before it", [15, 1, 2044, 4], false],
    ["2016 CU18", [15, 1, 2106, 2], true],
    ["2019 CU7", [15, 2, 721, 2], true],
    ["Subscription Edition", SE, true],
  ];
  for (const [title, build, offered] of builds) {
    it(`${offered ? "knows" : "does not know"} a later parameter on ${title}`, () => {
      const given = { ...url, Recent: "x" };
      if (offered) expect(bound(given, build).values.Recent).to.equal("x");
      else expect(failure(given, build).fullyQualifiedErrorId).to.equal("NamedParameterNotFound,Contoso.NewThing");
    });
  }
});
