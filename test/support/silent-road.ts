import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A road to a mail server that goes silent: from the first byte on, or from the moment the client says something for the
 * n-th time. The line stays open, and nothing more is heard on it.
 */
export class SilentRoad {
  private readonly sockets = new Set<Socket>();
  private constructor(
    readonly port: number,
    private readonly server: Server,
    /** Settles when the road has gone silent for somebody. */
    readonly silent: Promise<void>,
    readonly lines: { open: number },
  ) {}

  static async start(target?: {
    port: number;
    silentAt: { said: RegExp; time: number };
  }): Promise<SilentRoad> {
    let fallSilent!: () => void;
    const silent = new Promise<void>((resolve) => (fallSilent = resolve));
    const lines = { open: 0 };
    const server = createServer((client) => {
      road.sockets.add(client);
      lines.open += 1;
      client.on('error', () => undefined).on('close', () => (lines.open -= 1));
      if (!target) {
        client.resume();
        fallSilent();
        return;
      }
      const far = connect(target.port, '127.0.0.1').on('error', () => undefined);
      road.sockets.add(far);
      let left = target.silentAt.time;
      client.on('data', (said: Buffer) => {
        if (target.silentAt.said.test(said.toString('latin1'))) left -= 1;
        if (left > 0) far.write(said);
        else fallSilent();
      });
      far.on('data', (heard: Buffer) => left > 0 && client.write(heard));
      client.on('close', () => far.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const road = new SilentRoad(port, server, silent, lines);
    return road;
  }

  /** The lines the client still holds. */
  get open(): number {
    return this.lines.open;
  }

  stop(): void {
    this.sockets.forEach((socket) => socket.destroy());
    this.server.close();
  }
}
