/** `tls` from the first byte, `starttls` required before anything is said, `none` only where a person chose so. */
export const SECURITIES = ['tls', 'starttls', 'none'] as const;
export type Security = (typeof SECURITIES)[number];

/** A server and who signs in there; never the password. */
export interface ServerLogin {
  host: string;
  port: number;
  security: Security;
  user: string;
}

/** Where mail goes out. `key` tells accounts apart (connections are kept per account). */
export interface SmtpAccount extends ServerLogin {
  key: string;
  password: string;
}

/** Where mail comes in. */
export interface ImapAccount extends ServerLogin {
  key: string;
  password: string;
  /** The folder read for replies, `INBOX` mostly. */
  folder: string;
}
