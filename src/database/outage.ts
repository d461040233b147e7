/** Nothing is wrong with the request nor with us: the database is not there, or has no room left. */
export class Outage extends Error {
  constructor(
    /** `away`: it does not answer, or is starting. `full`: its disk takes nothing more. */
    readonly kind: 'away' | 'full',
    cause: unknown,
  ) {
    super(kind === 'away' ? 'The database does not answer' : 'The disk of the database is full', { cause });
  }
}

/** SQLSTATE classes and codes of PostgreSQL (appendix A of its manual), result codes of SQLite, errno of the socket. */
const FULL = /^(?:53100|SQLITE_FULL|ENOSPC)$/;
const AWAY =
  /^(?:08...|3D000|53300|57P0[1-5]|25006|SQLITE_(?:IOERR|READONLY|CANTOPEN).*|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** What the driver of PostgreSQL says without a code, of a connection that broke or that none became free for. */
const BROKEN =
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query runner already released|Transaction is not started)/;

/** The error as an outage when it is one, itself otherwise: what people are told then is to wait, not to change what they sent. */
export function outageOr(error: unknown): unknown {
  if (error instanceof Outage || !(error instanceof Error)) return error;
  const { driverError = error } = error as { driverError?: Error };
  const { code = '', message } = driverError as { code?: string; message: string };
  if (FULL.test(code)) return new Outage('full', error);
  return AWAY.test(code) || BROKEN.test(message) ? new Outage('away', error) : error;
}
