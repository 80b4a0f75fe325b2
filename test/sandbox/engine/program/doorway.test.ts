import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Doorway } from "../../../../sandbox/engine/program/doorway";

async function through(doorway: Doorway): Promise<Socket> {
  const [host, port] = doorway.address.split(":");
  const socket = connect(Number(port), host);
  await once(socket, "connect");
  return socket;
}

async function received(doorway: Doorway): Promise<Socket> {
  return new Promise((resolve) => doorway.leadTo(resolve));
}

async function firstText(socket: Socket): Promise<string> {
  socket.resume();
  const [data] = (await once(socket, "data")) as [Buffer];
  return data.toString();
}

describe("A doorway", () => {
  let doorway: Doorway;

  beforeEach(async () => {
    doorway = await Doorway.open();
  });

  afterEach(() => doorway.close());

  it("keeps who comes early, and loses nothing of what was said", async () => {
    const early = await through(doorway);
    await new Promise((resolve) => early.write("early", resolve));

    const socket = await received(doorway);

    assert.equal(await firstText(socket), "early");
    early.destroy();
  });

  it("leads those who come later to the same place", async () => {
    const next = received(doorway);

    const late = await through(doorway);
    late.write("late");

    assert.equal(await firstText(await next), "late");
    late.destroy();
  });

  it("drops those who still wait when it is closed, and lets nobody in", async () => {
    const waiting = await through(doorway);
    // Whether it was taken in yet, and dropped, or not, and reset.
    waiting.on("error", () => undefined).resume();
    const { address } = doorway;
    const dropped = once(waiting, "close");

    doorway.close();

    await dropped;
    const [host, port] = address.split(":");
    const [error] = (await once(connect(Number(port), host), "error")) as [NodeJS.ErrnoException];
    assert.equal(error.code, "ECONNREFUSED");
  });
});
