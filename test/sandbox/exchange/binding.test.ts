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

  const sets: { title: string; given: Properties; set: string }[] = [
    { title: "the first set that lacks nothing", given: url, set: "Url" },
    { title: "the set of a parameter that only it has", given: { ...url, Type: "ADFS" }, set: "Native" },
    { title: "a set without mandatory parameters of its own", given: { Name: "n" }, set: "Refresh" },
    { title: "names without regard to case", given: { name: "n", URL: "u", trust: true }, set: "Url" },
    {
      title: "PowerShell's common parameters with any set",
      given: { ...url, ErrorAction: "Stop", Verbose: false },
      set: "Url",
    },
  ];
  for (const { title, given, set } of sets) {
    it(`chooses ${title}`, () => expect(bound(given).set).to.equal(set));
  }

  const values: { title: string; name: string; given: Value; expected: Value | undefined }[] = [
    { title: "a number to a text", name: "Url", given: 5, expected: "5" },
    { title: "a list to a text", name: "Url", given: ["a", "b"], expected: "a,b" },
    { title: "truth to a text", name: "Url", given: true, expected: "True" },
    { title: "digits to a number", name: "Size", given: "4096", expected: 4096 },
    { title: "a number to truth", name: "Enabled", given: 0, expected: false },
    {
      title: "text to a date",
      name: "From",
      given: "2026-01-02T03:04:05Z",
      expected: new Date("2026-01-02T03:04:05Z"),
    },
    { title: "one text to a list", name: "Domains", given: "a", expected: ["a"] },
    { title: "an enumeration's name to its own spelling", name: "Type", given: "azuread", expected: "AzureAD" },
    { title: "null to an empty text", name: "Recent", given: null, expected: "" },
    { title: "null to an empty list", name: "Domains", given: null, expected: [] },
    { title: "null of a nullable parameter to nothing", name: "Identity", given: null, expected: undefined },
  ];
  for (const { title, name, given, expected } of values) {
    it(`converts ${title}`, () => expect(bound({ ...url, [name]: given }).values[name]).to.deep.equal(expected));
  }

  it("passes bytes, secrets and changes of a list as they are", () => {
    const given = { Data: Buffer.from([1]), Password: new Secret("p"), Domains: { Add: ["a"], remove: "b" } };
    expect(bound({ ...url, ...given }).values).to.deep.include(given);
  });

  const failures: {
    title: string;
    given: Properties;
    id: string;
    reason: string;
    category: string;
    message: string;
  }[] = [
    {
      title: "an unknown name",
      given: { ...url, Nonsense: 1 },
      id: "NamedParameterNotFound",
      reason: "ParameterBindingException",
      category: "InvalidArgument",
      message: "A parameter cannot be found that matches parameter name 'Nonsense'.",
    },
    {
      title: "parameters of two sets",
      given: { ...url, Refresh: true },
      id: "AmbiguousParameterSet",
      reason: "ParameterBindingException",
      category: "InvalidArgument",
      message: "Parameter set cannot be resolved using the specified named parameters.",
    },
    {
      title: "a missing mandatory parameter",
      given: { Name: "n", Trust: true },
      id: "MissingMandatoryParameter",
      reason: "ParameterBindingException",
      category: "InvalidArgument",
      message: "Cannot process command because of one or more missing mandatory parameters: Url.",
    },
    {
      title: "null for a mandatory one",
      given: { Name: null, Url: "u" },
      id: "ParameterArgumentValidationErrorNullNotAllowed",
      reason: "ParameterBindingValidationException",
      category: "InvalidData",
      message: "Cannot bind argument to parameter 'Name' because it is null.",
    },
    {
      title: "an empty text for a mandatory one",
      given: { Name: "", Url: "u" },
      id: "ParameterArgumentValidationErrorEmptyStringNotAllowed",
      reason: "ParameterBindingValidationException",
      category: "InvalidData",
      message: "Cannot bind argument to parameter 'Name' because it is an empty string.",
    },
    {
      title: "text for truth",
      given: { ...url, Enabled: "true" },
      id: "ParameterArgumentTransformationError",
      reason: "ParameterBindingArgumentTransformationException",
      category: "InvalidData",
      message: `Cannot process argument transformation on parameter 'Enabled'. Cannot convert value to type "Boolean".`,
    },
    {
      title: "plain text for a password",
      given: { ...url, Password: "hunter2" },
      id: "ParameterArgumentTransformationError",
      reason: "ParameterBindingArgumentTransformationException",
      category: "InvalidData",
      message: `Cannot process argument transformation on parameter 'Password'. Cannot convert value to type "SecureString".`,
    },
    {
      title: "null for truth",
      given: { ...url, Enabled: null },
      id: "ParameterArgumentTransformationError",
      reason: "ParameterBindingArgumentTransformationException",
      category: "InvalidData",
      message: `Cannot process argument transformation on parameter 'Enabled'. Cannot convert null to type "Boolean".`,
    },
    {
      title: "a value that an enumeration lacks",
      given: { ...url, Type: "Kerberos" },
      id: "CannotConvertArgumentNoMessage",
      reason: "ParameterBindingException",
      category: "InvalidArgument",
      message: `Cannot bind parameter 'Type'. Cannot convert value "Kerberos". The possible values are "ADFS,AzureAD".`,
    },
  ];
  for (const { title, given, id, reason, category, message } of failures) {
    it(`refuses ${title}`, () => {
      const { target: _, ...said } = failure(given);
      expect(said).to.deep.equal({ reason, category, message, fullyQualifiedErrorId: `${id},Contoso.NewThing` });
    });
  }

  const builds: { title: string; build: Build; offered: boolean }[] = [
    { title: "2013, which never had it", build: [15, 0, 1497, 2], offered: false },
    { title: "2016 one update before it", build: [15, 1, 2044, 4], offered: false },
    { title: "2016 CU18", build: [15, 1, 2106, 2], offered: true },
    { title: "2019 CU7", build: [15, 2, 721, 2], offered: true },
    { title: "Subscription Edition", build: SE, offered: true },
  ];
  for (const { title, build, offered } of builds) {
    it(`${offered ? "knows" : "does not know"} a later parameter on ${title}`, () => {
      const given = { ...url, Recent: "x" };
      if (offered) expect(bound(given, build).values.Recent).to.equal("x");
      else expect(failure(given, build).fullyQualifiedErrorId).to.equal("NamedParameterNotFound,Contoso.NewThing");
    });
  }
});
