import { expect } from "chai";
import { readTenant, startTenant, type Tenant, type TenantSummary } from "../../../../sandbox/entra/index";
import { makeCertificate } from "../certificate";
import { makeHome } from "../home";
import { serveProvider } from "./client";
import { type Placeholders, recording, replay } from "./recordings";

// The recorded Graph described the role with one letter; the sandbox's tenant has Microsoft's words.
const RECORDED_DESCRIPTION = "x";
const ROLE_DESCRIPTION =
  "Allows the app to have full access via Exchange Web Services to all mailboxes without a signed-in user.";

/** What the recordings leave out; the certificates have the dates of the recorded credentials. */
async function placeholdersOf(tenant: Tenant): Promise<Placeholders> {
  const validity = ["2026-11-24T00:49:00Z", "2031-11-23T00:49:00Z"] as const;
  return new Map([
    ["localhost:<port>", tenant.host],
    ["s3cret", tenant.clientSecret],
    ["<certificate a, base64>", (await makeCertificate(...validity)).der],
    ["<certificate b, base64>", (await makeCertificate(...validity)).der],
  ]);
}

/** A key id of the recording stands for the one that this run's create has made. */
function learnKey(recorded: unknown, answered: unknown, placeholders: Placeholders): void {
  const [placeholder] = /<key \d>/.exec(JSON.stringify(recorded)) ?? [];
  const [, keyId] = /\/certificate\/([0-9a-f-]{36})"/.exec(JSON.stringify(answered)) ?? [];
  if (placeholder !== undefined && keyId !== undefined && !placeholders.has(placeholder)) {
    placeholders.set(placeholder, keyId);
  }
}

describe("the sandbox's azuread provider against the recorded plugin 6.9.1", () => {
  let home: { path: string; remove(): Promise<void> };
  let tenant: Tenant;
  let untouched: TenantSummary;
  let placeholders: Placeholders;

  before(async () => {
    home = await makeHome();
    tenant = await startTenant({ home: home.path });
    untouched = await readTenant(home.path);
    placeholders = await placeholdersOf(tenant);
  });

  after(async () => {
    await tenant.close();
    await home.remove();
  });

  // In this order: each goes on where the one before has ended, a provider process each.
  for (const [name, rpcs] of [
    ["1-preview", 8],
    ["2-up", 8],
    ["3-same", 9],
    ["4-refresh", 6],
    ["5-preview-replace", 11],
    ["6-replace", 12],
    ["7-destroy", 5],
  ] as const) {
    it(`answers all ${rpcs} RPCs of ${name} as recorded`, async () => {
      const provider = await serveProvider({ SSL_CERT_FILE: tenant.certificateAuthority });
      try {
        const recorded = recording(name);
        expect(recorded).to.have.length(rpcs);
        for (const one of recorded) {
          const answered = await replay(provider.client, one, placeholders);
          learnKey(one.response, answered.response, placeholders);
          const { response, errors } = one;
          const shown = JSON.stringify(answered).replaceAll(ROLE_DESCRIPTION, RECORDED_DESCRIPTION);
          const keyed = [...placeholders].reduce((text, [short, long]) => text.replaceAll(long, short), shown);
          expect(JSON.parse(keyed), one.rpc).to.deep.equal({ response, ...(errors && { errors }) });
        }
      } finally {
        provider.close();
      }
    });
  }

  it("leaves the tenant as it was before", async () => {
    expect(await readTenant(home.path)).to.deep.equal(untouched);
  });
});
