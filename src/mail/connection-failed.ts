/** How far it came before it failed: name, door, encryption, password, folder. */
export type FailedStep = 'lookup' | 'connect' | 'tls' | 'signIn' | 'folder' | 'talk';

/** A mail server could not be used. Says which step, on which host, and nothing the server said of itself. */
export class ConnectionFailed extends Error {
  constructor(
    readonly step: FailedStep,
    readonly host: string,
    readonly port: number,
  ) {
    super(`${step} failed at ${host}:${port}`);
    this.name = 'ConnectionFailed';
  }
}
