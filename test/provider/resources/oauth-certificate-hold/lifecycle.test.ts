import { expect } from "chai";
import { InvalidInput } from "../../../../provider/errors";
import { lifecycle as operations } from "../../../../provider/resources/oauth-certificate-hold/lifecycle";
import { NOW } from "../../exchange/recording-session";
import { opened } from "../../opened";
import { type Beginning, nameOf, ORGANISATION, OURS, organisation, SETUPS } from "../oauth-certificate/organisation";

const lifecycle = opened(operations);
const ALL = { MBX1: [SETUPS, OURS], MBX2: [SETUPS, OURS] };

describe("the hold's delete, with the key credential of a former generation behind it", () => {
  const deleted = async (declared: string[], changes: Partial<Beginning> = {}) => {
    const { exchange } = organisation({ current: OURS, servers: ALL, ...changes });
    const inputs = { generation: 1, thumbprint: nameOf(SETUPS), keyCredentialId: "1" };
    const { outputs } = await lifecycle.create(exchange, inputs);
    expect(outputs.organizationId).to.equal(ORGANISATION);
    await lifecycle.delete(exchange, outputs, new Set(declared));
  };

  it("lets it go", () => deleted(["generation 2"]));

  it("keeps it in an update that adds another one", async () => {
    const error: InvalidInput = await expect(
      deleted(["generation 2", "generation 3", "new generation 3"]),
    ).to.be.rejectedWith(InvalidInput);
    expect(error.message).to.equal(
      `Failed while removing the key credential of generation 1 of the auth certificate, ${nameOf(SETUPS)}: the key ` +
        "credential of another generation is added to the tenant in this update. Run `pulumi up` once more; nothing was " +
        "removed.",
    );
  });

  it("keeps it while servers may sign with its certificate, unless a rollover of the program does not wait", async () => {
    const changes = { previous: SETUPS, changed: NOW };
    await expect(deleted(["generation 2", "rollover"], changes)).to.be.rejectedWith(
      InvalidInput,
      `servers may sign with ${nameOf(SETUPS)} until `,
    );
    await deleted(["generation 2", "rollover", "rollover at once"], changes);
  });

  it("lets it go in such an update where another hold keeps it", () =>
    deleted(["generation 2", "generation 3", "new generation 3", `hold of ${nameOf(SETUPS)}`]));

  it("lets it go in a destroy", () => deleted([]));
});

describe("the hold's update, with a key credential behind it that was replaced in the same update", () => {
  const held = { generation: 1, thumbprint: nameOf(SETUPS), keyCredentialId: "1" };
  const updated = async (changes: Partial<Beginning>, declared: string[] = []) => {
    const { exchange } = organisation({ current: OURS, servers: ALL, previous: SETUPS, changed: NOW, ...changes });
    const { outputs } = await lifecycle.create(exchange, held);
    const inputs = { ...held, thumbprint: nameOf(OURS), keyCredentialId: "2" };
    return lifecycle.update(exchange, outputs, inputs, new Set(declared));
  };
  const doing = `Failed while replacing the key credential of generation 1 of the auth certificate, ${nameOf(SETUPS)}: `;

  it("keeps the former one for a day, since its deletion comes after", async () => {
    const error: InvalidInput = await expect(updated({})).to.be.rejectedWith(InvalidInput);
    expect(error.message).to.equal(
      `${doing}servers may sign with ${nameOf(SETUPS)} until 2026-11-25T12:00:00Z by Exchange's clock: each takes up a ` +
        "change of AuthConfig within a day. Run `pulumi up` again after that; if its key has leaked, declare `rollover: { " +
        "effectiveInDays: 0 }`, which does not wait. Nothing was removed.",
    );
  });

  it("keeps it where it is not known how long, and says how to go on", async () => {
    const error: InvalidInput = await expect(updated({ changed: null })).to.be.rejectedWith(InvalidInput);
    expect(error.message).to.equal(
      `${doing}servers may sign with ${nameOf(SETUPS)}: AuthConfig does not show when it was changed (WhenChangedUTC). A ` +
        "day after the change, or if its key has leaked, declare `rollover: { effectiveInDays: 0 }`, which does not wait; " +
        "nothing was removed.",
    );
  });

  it("lets it go once the day is over, or where the program does not wait", async () => {
    const dayAgo = new Date(NOW.getTime() - 24 * 60 * 60 * 1000);
    expect((await updated({ changed: dayAgo })).thumbprint).to.equal(nameOf(OURS));
    expect((await updated({}, ["rollover at once"])).thumbprint).to.equal(nameOf(OURS));
  });
});
