import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/**
 * A port of 127.0.0.1 that a program can be told of before anything is behind it: whoever connects waits. So a program
 * loads at the same time as the server that it will talk to.
 */
export class Doorway {
  // Nothing is read of a connection before somebody receives it.
  readonly #server = createServer({ pauseOnConnect: true }, (socket) => this.#receive(socket));
  readonly #waiting: Socket[] = [];
  #receive: (socket: Socket) => void = (socket) => this.#waiting.push(socket);

  private constructor() {}

  static async open(): Promise<Doorway> {
    const doorway = new Doorway();
    const listening = once(doorway.#server, "listening");
    doorway.#server.listen(0, "127.0.0.1");
    await listening;
    return doorway;
  }

  /** `127.0.0.1:<port>` */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Gives `receive` the connections that wait, and from now on each new one. */
  leadTo(receive: (socket: Socket) => void): void {
    this.#receive = receive;
    for (const socket of this.#waiting.splice(0)) receive(socket);
  }

  /** Takes no more connections, and drops those that still wait. */
  close(): void {
    this.#server.close();
    for (const socket of this.#waiting.splice(0)) socket.destroy();
  }
}
