/** Enough for the first lines of any header. */
const LOOKED_AT = 4000;

/** What one line at least of a mail's header is called, however it was kept. */
const KNOWN =
  /^(?:return-path|received|delivered-to|from|to|cc|subject|date|message-id|mime-version|content-[a-z-]+|x-[a-z0-9-]+|reply-to|auto-submitted)[ \t]*:/im;

/**
 * A mail as it is; the text of one that was kept without its header, as a mail with none. Else the text's first lines
 * would be taken for a header and lost.
 */
export function withHeader(content: Buffer): Buffer {
  const [head = ''] = content
    .subarray(0, LOOKED_AT)
    .toString('latin1')
    .trimStart()
    .split(/\r?\n\r?\n/, 1);
  const isHeader = /^(?:From |[!-9;-~]+[ \t]*:)/.test(head) && KNOWN.test(head);
  return isHeader ? content : Buffer.concat([Buffer.from('\r\n'), content]);
}
