/** What the person said themselves: by the link or button of a mail, in words, or as a complaint to their provider. */
const OWN_WORD: ReadonlySet<string> = new Set(['unsubscribe', 'reply', 'complaint']);

/** Entries that an act of ours left, and that go with it when it is taken back. */
const TAKEN_BACK: readonly string[] = ['status', 'merge'];

/** What somebody entered on a list. */
const ENTERED: readonly string[] = ['manual', 'import'];

/**
 * The sources whose entries give way to a new one of this source: what can be taken back to what cannot, and both to the
 * person's own word. So nobody's later word hangs on an act that is undone.
 */
export function givingWayTo(source: string): readonly string[] {
  if (OWN_WORD.has(source)) return [...TAKEN_BACK, ...ENTERED];
  return ENTERED.includes(source) ? TAKEN_BACK : [];
}
