import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect } from "chai";
import { Doorway } from "../../program/doorway";

function knock(address: string): Socket {
  const [host, port] = address.split(":");
  return connect(Number(port), host);
}

async function through({ address }: Doorway): Promise<Socket> {
  const socket = knock(address);
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

    expect(await firstText(socket)).to.equal("early");
    early.destroy();
  });

  it("leads those who come later to the same place", async () => {
    const next = received(doorway);

    const late = await through(doorway);
    late.write("late");

    expect(await firstText(await next)).to.equal("late");
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
    const [error] = (await once(knock(address), "error")) as [NodeJS.ErrnoException];
    expect(error.code).to.equal("ECONNREFUSED");
  });
});
