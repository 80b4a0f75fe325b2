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

  const failures: [string, Properties, string[]][] = [
    [
      "no arguments",
      { servicePrincipalId: undefined, value: undefined },
      [
        `Missing required argument. The argument "service_principal_id" is required, but no definition was found.. Examine values at 'auth.servicePrincipalId'.`,
        `Missing required argument. The argument "value" is required, but no definition was found.. Examine values at 'auth.value'.`,
      ],
    ],
    [
      "an encoding that there is not",
      { encoding: "der" },
      [`expected encoding to be one of ["base64" "hex" "pem"], got der. Examine values at 'auth.encoding'.`],
    ],
    [
      "a type that there is not",
      { type: "Symmetric" },
      [
        `expected type to be one of ["AsymmetricX509Cert" "X509CertAndPassword"], got Symmetric. Examine values at 'auth.type'.`,
      ],
    ],
    [
      "a key id that is no UUID",
      { keyId: "1" },
      [`expected "key_id" to be a valid UUID, got 1. Examine values at 'auth.keyId'.`],
    ],
    [
      "a date that is none",
      { endDate: "2031-11-23" },
      [`expected "end_date" to be a valid RFC3339 date, got "2031-11-23". Examine values at 'auth.endDate'.`],
    ],
    [
      "the bare object id of a principal",
      { servicePrincipalId: "5d1e8f7a-0c1b-4a2d-9e3f-a1b2c3d4e5f6" },
      [
        `parsing "5d1e8f7a-0c1b-4a2d-9e3f-a1b2c3d4e5f6": it must have the form /servicePrincipals/<object id>. Examine values at 'auth.servicePrincipalId'.`,
      ],
    ],
    ["a number", { value: 1 }, [`expected type of "value" to be string. Examine values at 'auth.value'.`]],
    [
      "endDateRelative",
      { endDateRelative: "240h" },
      [
        `The sandbox's azuread provider does not offer endDateRelative; give endDate, or leave both out. Examine values at 'auth.endDateRelative'.`,
      ],
    ],
    ["an argument that there is not", { usage: "Sign" }, ["Invalid or unknown key. Examine values at 'auth.usage'."]],
  ];
  for (const [what, given, expected] of failures) {
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
  const rows: [string, Properties, Properties, [string, Difference][]][] = [
    ["nothing", OLD, OLD, []],
    ["dates and a key id that the program leaves out", OLD, withoutDates, []],
    ["another value", OLD, { ...withoutDates, value: "other" }, [["value", "UPDATE_REPLACE"]]],
    ["a value that is not known yet", OLD, { ...withoutDates, value: UNKNOWN }, [["value", "UPDATE_REPLACE"]]],
    [
      "a date that Graph writes with milliseconds",
      { ...OLD, endDate: "2031-11-23T00:49:00.000Z" },
      { ...withoutDates, endDate: "2031-11-23T00:49:00Z" },
      [["endDate", "UPDATE_REPLACE"]],
    ],
    ["a type that is given now", { ...OLD, type: undefined }, withoutDates, [["type", "ADD_REPLACE"]]],
    ["a type that is given no longer", OLD, { ...withoutDates, type: undefined }, [["type", "DELETE_REPLACE"]]],
    [
      "an import, which knows neither value nor encoding",
      { ...OLD, value: undefined, encoding: undefined },
      withoutDates,
      [
        ["encoding", "ADD_REPLACE"],
        ["value", "ADD_REPLACE"],
      ],
    ],
  ];
  for (const [what, olds, news, differences] of rows) {
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
