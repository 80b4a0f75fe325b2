import { expect } from "chai";
import {
  checkCertificate,
  type Difference,
  diffCertificate,
  formatCertificateId,
  parseCertificateId,
  principalOf,
} from "../../../../sandbox/entra/provider/certificate-rules";
import { type Properties, secret, UNKNOWN } from "../../../../sandbox/entra/provider/wire";
import { PRINCIPAL_ID } from "./client";

const GIVEN = { servicePrincipalId: PRINCIPAL_ID, type: "AsymmetricX509Cert", value: "PEM" };

describe("Check of a certificate credential", () => {
  it("fills in the encoding, names it as a default, and makes the value secret", () => {
    expect(checkCertificate("auth", GIVEN)).to.deep.equal({
      inputs: { ...GIVEN, __defaults: ["encoding"], encoding: "pem", value: secret("PEM") },
      failures: [],
    });
  });

  it("takes over what was given, without the defaults of another time", () => {
    const given = { ...GIVEN, __defaults: ["encoding"], encoding: "base64", startDate: "2026-11-24T00:49:00Z" };
    expect(checkCertificate("auth", given)).to.deep.equal({
      inputs: { ...given, __defaults: [], value: secret("PEM") },
      failures: [],
    });
  });

  it("passes unknown values over, and keeps them", () => {
    const unknown = { servicePrincipalId: UNKNOWN, value: UNKNOWN, endDate: UNKNOWN, type: UNKNOWN };
    expect(checkCertificate("auth", unknown)).to.deep.equal({
      inputs: { ...unknown, __defaults: ["encoding"], encoding: "pem", value: secret(UNKNOWN) },
      failures: [],
    });
  });

  const failures: { what: string; given: Properties; expected: string[] }[] = [
    {
      what: "no arguments",
      given: { servicePrincipalId: undefined, value: undefined },
      expected: [
        `Missing required argument. The argument "service_principal_id" is required, but no definition was found.. Examine values at 'auth.servicePrincipalId'.`,
        `Missing required argument. The argument "value" is required, but no definition was found.. Examine values at 'auth.value'.`,
      ],
    },
    {
      what: "an encoding that there is not",
      given: { encoding: "der" },
      expected: [`expected encoding to be one of ["base64" "hex" "pem"], got der. Examine values at 'auth.encoding'.`],
    },
    {
      what: "a type that there is not",
      given: { type: "Symmetric" },
      expected: [
        `expected type to be one of ["AsymmetricX509Cert" "X509CertAndPassword"], got Symmetric. Examine values at 'auth.type'.`,
      ],
    },
    {
      what: "a key id that is no UUID",
      given: { keyId: "1" },
      expected: [`expected "key_id" to be a valid UUID, got 1. Examine values at 'auth.keyId'.`],
    },
    {
      what: "a date that is none",
      given: { endDate: "2031-11-23" },
      expected: [`expected "end_date" to be a valid RFC3339 date, got "2031-11-23". Examine values at 'auth.endDate'.`],
    },
    {
      what: "the bare object id of a principal",
      given: { servicePrincipalId: "5d1e8f7a-0c1b-4a2d-9e3f-a1b2c3d4e5f6" },
      expected: [
        `parsing "5d1e8f7a-0c1b-4a2d-9e3f-a1b2c3d4e5f6": it must have the form /servicePrincipals/<object id>. Examine values at 'auth.servicePrincipalId'.`,
      ],
    },
    {
      what: "a number",
      given: { value: 1 },
      expected: [`expected type of "value" to be string. Examine values at 'auth.value'.`],
    },
    {
      what: "endDateRelative",
      given: { endDateRelative: "240h" },
      expected: [
        `The sandbox's azuread provider does not offer endDateRelative; give endDate, or leave both out. Examine values at 'auth.endDateRelative'.`,
      ],
    },
    {
      what: "an argument that there is not",
      given: { usage: "Sign" },
      expected: ["Invalid or unknown key. Examine values at 'auth.usage'."],
    },
  ];
  for (const { what, given, expected } of failures) {
    it(`fails for ${what}`, () => {
      const news = Object.fromEntries(
        Object.entries({ ...GIVEN, ...given }).filter(([, value]) => value !== undefined),
      );
      expect(checkCertificate("auth", news).failures).to.deep.equal(expected);
    });
  }
});

describe("Diff of a certificate credential", () => {
  const OLD = {
    encoding: "pem",
    endDate: "2031-11-23T00:49:00Z",
    id: "an id",
    keyId: "a key id",
    servicePrincipalId: PRINCIPAL_ID,
    startDate: "2026-11-24T00:49:00Z",
    type: "AsymmetricX509Cert",
    value: "PEM",
  };
  const { id: _id, keyId: _keyId, startDate: _startDate, endDate: _endDate, ...withoutDates } = OLD;
  const rows: { what: string; olds: Properties; news: Properties; differences: [string, Difference][] }[] = [
    { what: "nothing", olds: OLD, news: OLD, differences: [] },
    { what: "dates and a key id that the program leaves out", olds: OLD, news: withoutDates, differences: [] },
    {
      what: "another value",
      olds: OLD,
      news: { ...withoutDates, value: "other" },
      differences: [["value", "UPDATE_REPLACE"]],
    },
    {
      what: "a value that is not known yet",
      olds: OLD,
      news: { ...withoutDates, value: UNKNOWN },
      differences: [["value", "UPDATE_REPLACE"]],
    },
    {
      what: "a date that Graph writes with milliseconds",
      olds: { ...OLD, endDate: "2031-11-23T00:49:00.000Z" },
      news: { ...withoutDates, endDate: "2031-11-23T00:49:00Z" },
      differences: [["endDate", "UPDATE_REPLACE"]],
    },
    {
      what: "a type that is given now",
      olds: { ...OLD, type: undefined },
      news: withoutDates,
      differences: [["type", "ADD_REPLACE"]],
    },
    {
      what: "a type that is given no longer",
      olds: OLD,
      news: { ...withoutDates, type: undefined },
      differences: [["type", "DELETE_REPLACE"]],
    },
    {
      what: "an import, which knows neither value nor encoding",
      olds: { ...OLD, value: undefined, encoding: undefined },
      news: withoutDates,
      differences: [
        ["encoding", "ADD_REPLACE"],
        ["value", "ADD_REPLACE"],
      ],
    },
  ];
  for (const { what, olds, news, differences } of rows) {
    it(`finds ${differences.length === 0 ? "no difference" : "a replacement"} in ${what}`, () => {
      const found = diffCertificate(olds, news);
      expect([...found.differences]).to.deep.equal(differences);
      const all = [
        "encoding",
        "endDate",
        "endDateRelative",
        "keyId",
        "servicePrincipalId",
        "startDate",
        "type",
        "value",
      ];
      const changed = differences.map(([property]) => property);
      expect(found.stables).to.deep.equal(all.filter((property) => !changed.includes(property)));
    });
  }
});

describe("The id of a certificate credential", () => {
  const parts = {
    objectId: "5d1e8f7a-0c1b-4a2d-9e3f-a1b2c3d4e5f6",
    keyId: "9f3b7c1e-2a45-4d68-8b0f-1c2d3e4f5a6b",
  };

  it("is the principal's object id, the word certificate and the key id", () => {
    const id = "5d1e8f7a-0c1b-4a2d-9e3f-a1b2c3d4e5f6/certificate/9f3b7c1e-2a45-4d68-8b0f-1c2d3e4f5a6b";
    expect(formatCertificateId(parts)).to.equal(id);
    expect(parseCertificateId(id)).to.deep.equal(parts);
  });

  for (const id of ["", `${parts.objectId}/password/${parts.keyId}`, `${parts.objectId}/certificate/1`]) {
    it(`cannot be '${id}'`, () => {
      expect(() => parseCertificateId(id)).to.throw(
        `Parsing certificate credential with ID "${id}": it must have the form <object id>/certificate/<key id>`,
      );
    });
  }

  it("names a principal that the resource calls by its path", () => {
    expect(principalOf(PRINCIPAL_ID)).to.equal(parts.objectId);
    expect(principalOf(parts.objectId)).to.equal(undefined);
  });
});
